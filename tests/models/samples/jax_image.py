"""Sample calls of jax.image."""

from __future__ import annotations

import jax.numpy as jnp
from jax.lax import Precision

from tests.models.claims import Samples, call

X = jnp.ones((4, 4))

SAMPLES: Samples = {
    "resize": [call(X, (2, 2), "linear"), call(X, (2, 2), "linear", True, Precision.HIGH)],
    "scale_and_translate": call(X, (2, 2), (0, 1), X[0, :2], X[0, :2], "linear", True, Precision.HIGH),
}
FLOOR = 0.98
