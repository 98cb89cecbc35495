"""Sample calls of jax.scipy.ndimage."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(6.0).reshape(2, 3)
I = jnp.array([0.5, 0.5])

SAMPLES: Samples = {"map_coordinates": [call(X, [I, I], 1), call(X, [I, I], 1, "constant", 1.0)]}
FLOOR = 0.98
