"""Sample calls of jax.scipy.interpolate."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call

GRID = (np.arange(3.0), np.arange(3.0))
VALUES = jnp.arange(9.0).reshape(3, 3)
POINTS = jnp.array([[0.5, 0.5], [1.5, 0.5]])

SAMPLES: Samples = {
    "RegularGridInterpolator": call(GRID, VALUES, "nearest", False, 1.0).then(lambda interpolate: interpolate(POINTS))
}
FLOOR = 0.98
