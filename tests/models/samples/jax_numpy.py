"""Sample calls of jax.numpy."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(6.0).reshape(2, 3)

SAMPLES: Samples = {
    "zeros": [call(3), call((2, 3), dtype=jnp.int32)],
    "shape": call(X),
}
FLOOR = 0.0
