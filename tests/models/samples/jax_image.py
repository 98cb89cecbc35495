"""Sample calls of jax.image."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.ones((4, 4))

SAMPLES: Samples = {
    "resize": [call(X, (2, 2), "linear"), call(X, (2, 2), "linear", antialias=True)],
    "scale_and_translate": call(X, (2, 2), (0, 1), X[0, :2], X[0, :2], "linear", True),
}
FLOOR = 0.7
