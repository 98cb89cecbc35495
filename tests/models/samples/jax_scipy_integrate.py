"""Sample calls of jax.scipy.integrate."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(6.0).reshape(2, 3)

SAMPLES: Samples = {"trapezoid": [call(X), call(X, X, axis=0), call(X, dx=0.5)]}
FLOOR = 0.98
