"""Sample calls of numpy.polynomial.laguerre."""

from __future__ import annotations

import numpy.polynomial.laguerre as module

from tests.models.claims import Samples
from tests.models.samples.numpy_polynomial import functions

SAMPLES: Samples = {name: sample for name, sample in functions("lag", "Laguerre").items() if name in module.__all__}
