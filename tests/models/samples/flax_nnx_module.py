"""Sample calls of a layer of flax.nnx; the first value is the layer."""

from __future__ import annotations

import jax.numpy as jnp
from flax import nnx

from tests.models.claims import Samples, call

OWNER = nnx.Linear
LAYER = nnx.Linear(3, 2, rngs=nnx.Rngs(0))

SAMPLES: Samples = {"__call__": call(LAYER, jnp.ones(3))}
