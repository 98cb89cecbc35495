"""Sample calls of a dropout layer of equinox; the first value is the layer."""

from __future__ import annotations

import equinox as eqx
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs

LAYER = eqx.nn.Dropout(0.5)

SAMPLES: Samples = {
    "__call__": [
        call_for_needs(LAYER, jnp.arange(3.0), key=jax.random.key(1), inference=False),
        call(LAYER, jnp.arange(3.0), inference=True),
    ]
}
