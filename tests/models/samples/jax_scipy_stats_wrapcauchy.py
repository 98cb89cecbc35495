"""Sample calls of jax.scipy.stats.wrapcauchy."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(0.5, 0.5) for name in names("logpdf pdf")}
FLOOR = 1.0
