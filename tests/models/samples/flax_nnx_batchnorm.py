"""Sample calls of a batch norm layer of flax.nnx; the first value is the layer."""

from __future__ import annotations

import jax.numpy as jnp
from flax import nnx

from tests.models.claims import Samples, call

LAYER = nnx.BatchNorm(3, rngs=nnx.Rngs(0))
X = jnp.ones((2, 3))

SAMPLES: Samples = {"__call__": [call(LAYER, X, True), call(LAYER, X, use_running_average=True, mask=X > 0)]}
