"""Sample calls of a layer of equinox; the first value is the layer."""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

OWNER = eqx.nn.Linear
LAYER = eqx.nn.Linear(3, 2, key=jax.random.key(0))

SAMPLES: Samples = {"__call__": call(LAYER, jnp.arange(3.0), key=jax.random.key(1))}
