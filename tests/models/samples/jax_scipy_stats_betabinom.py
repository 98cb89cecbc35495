"""Sample calls of jax.scipy.stats.betabinom."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(1, 3, 1.0, 2.0, 0) for name in names("logpmf pmf")}
FLOOR = 1.0
