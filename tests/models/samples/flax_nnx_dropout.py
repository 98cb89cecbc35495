"""Sample calls of a dropout layer of flax.nnx; the first value is the layer."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from flax import nnx

from tests.models.claims import Samples, call, call_for_needs

LAYER = nnx.Dropout(0.5)
KEY = jax.random.key(0)

SAMPLES: Samples = {
    "__call__": [
        call(LAYER, jnp.ones(3), deterministic=True),
        call_for_needs(LAYER, jnp.ones(3), deterministic=False, rngs=KEY),
    ],
}
