"""Sample calls of jax.experimental.sparse.linalg."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.ones(3)
MATRIX = jnp.eye(30) * jnp.arange(1.0, 31.0)
GUESS = jnp.arange(60.0).reshape(30, 2) % 7

SAMPLES: Samples = {
    "spsolve": call(X, jnp.arange(3), jnp.arange(4), X, 1e-6, 1),
    "lobpcg_standard": call(MATRIX, GUESS, 5, 1e-3),
}
FLOOR = 0.98
