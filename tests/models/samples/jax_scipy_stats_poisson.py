"""Sample calls of jax.scipy.stats.poisson."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(2, 1.0, 1) for name in names("cdf logpmf pmf")}
FLOOR = 0.9
