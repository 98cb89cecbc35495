"""Sample calls of numpy.polynomial.hermite."""

from __future__ import annotations

import numpy.polynomial.hermite as module

from tests.models.claims import Samples
from tests.models.samples.numpy_polynomial import functions

SAMPLES: Samples = {name: sample for name, sample in functions("herm", "Hermite").items() if name in module.__all__}
