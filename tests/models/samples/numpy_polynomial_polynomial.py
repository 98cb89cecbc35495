"""Sample calls of numpy.polynomial.polynomial."""

from __future__ import annotations

import numpy.polynomial.polynomial as module

from tests.models.claims import Samples
from tests.models.samples.numpy_polynomial import functions

SAMPLES: Samples = {name: sample for name, sample in functions("poly", "Polynomial").items() if name in module.__all__}
