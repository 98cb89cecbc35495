"""Sample calls of numpy.polynomial.chebyshev."""

from __future__ import annotations

import numpy.polynomial.chebyshev as module

from tests.models.claims import Samples
from tests.models.samples.numpy_polynomial import functions

SAMPLES: Samples = {name: sample for name, sample in functions("cheb", "Chebyshev").items() if name in module.__all__}
