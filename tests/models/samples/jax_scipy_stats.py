"""Sample calls of jax.scipy.stats."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.array([[1.0, 2.0], [3.0, 4.0]])
DATA = jnp.array([0.5, 1.0, 2.0, 2.5])

SAMPLES: Samples = {
    "mode": [call(X), call(X, 0, keepdims=True)],
    "rankdata": [call(X), call(X, axis=0)],
    "sem": [call(X), call(X, 0, 1, keepdims=True)],
    "gaussian_kde": [call(DATA), call(DATA, 0.5, DATA), call(DATA, "silverman")],
}
FLOOR = 0.98
