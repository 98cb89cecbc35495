"""Sample calls of jax.scipy.stats.multinomial."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(jnp.array([1, 2]), 3, jnp.array([0.4, 0.6])) for name in names("logpmf pmf")}
FLOOR = 1.0
