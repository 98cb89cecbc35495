"""Sample calls of a dropout layer of flax.linen; the first value is the layer."""

from __future__ import annotations

import flax.linen as nn
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs

LAYER = nn.Dropout(0.5).bind({})
KEY = jax.random.key(0)

SAMPLES: Samples = {
    "__call__": [call(LAYER, jnp.ones(3), True), call_for_needs(LAYER, jnp.ones(3), deterministic=False, rng=KEY)],
}
