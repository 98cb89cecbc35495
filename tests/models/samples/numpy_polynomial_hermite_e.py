"""Sample calls of numpy.polynomial.hermite_e."""

from __future__ import annotations

import numpy.polynomial.hermite_e as module

from tests.models.claims import Samples
from tests.models.samples.numpy_polynomial import functions

SAMPLES: Samples = {name: sample for name, sample in functions("herme", "HermiteE").items() if name in module.__all__}
