"""Sample calls of jax.scipy.stats.poisson."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "cdf": call(2, 1.0, 1),
    "logpmf": call(2, 1.0, 1),
    "pmf": call(2, 1.0, 1),
    "entropy": call(2.0, jnp.array([0, 1])),
}
FLOOR = 1.0
