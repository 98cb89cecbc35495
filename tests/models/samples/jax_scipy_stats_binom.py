"""Sample calls of jax.scipy.stats.binom."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(1, 3, 0.5, 0) for name in names("logpmf pmf")}
FLOOR = 1.0
