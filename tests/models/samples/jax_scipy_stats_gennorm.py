"""Sample calls of jax.scipy.stats.gennorm."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(0.5, 2.0) for name in names("cdf logpdf pdf")}
FLOOR = 1.0
