"""Sample calls of a batch norm layer of flax.linen; the first value is the layer."""

from __future__ import annotations

import flax.linen as nn
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.ones((2, 4))
VARIABLES = nn.BatchNorm(use_running_average=True).init(jax.random.key(0), X)
LAYER = nn.BatchNorm().bind(VARIABLES, mutable=True)

SAMPLES: Samples = {
    "__call__": [call(LAYER, X, True), call(LAYER, X, use_running_average=False, mask=jnp.ones((2, 4), bool))],
}
