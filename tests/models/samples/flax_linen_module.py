"""Sample calls of a layer of flax.linen; the first value is the layer."""

from __future__ import annotations

import flax.linen as nn
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

OWNER = nn.Dense
X = jnp.ones((2, 4))
DENSE = nn.Dense(3)
VARIABLES = DENSE.init(jax.random.key(0), X)

SAMPLES: Samples = {
    "__call__": call(DENSE.bind(VARIABLES), X),
    "apply": call(DENSE, VARIABLES, X, rngs=jax.random.key(0)),
    "init": call(DENSE, jax.random.key(0), X),
}
