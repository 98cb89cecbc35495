"""Sample calls of numpy.polynomial.legendre."""

from __future__ import annotations

import numpy.polynomial.legendre as module

from tests.models.claims import Samples
from tests.models.samples.numpy_polynomial import functions

SAMPLES: Samples = {name: sample for name, sample in functions("leg", "Legendre").items() if name in module.__all__}
