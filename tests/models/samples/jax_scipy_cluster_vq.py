"""Sample calls of jax.scipy.cluster.vq."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(6.0).reshape(3, 2)

SAMPLES: Samples = {"vq": call(X, X[:2])}
FLOOR = 0.98
