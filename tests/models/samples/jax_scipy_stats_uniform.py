"""Sample calls of jax.scipy.stats.uniform."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(0.5, 0.0, 2.0) for name in names("cdf logpdf pdf ppf")}
FLOOR = 1.0
