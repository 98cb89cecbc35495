"""Sample calls of fractions."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {"Fraction": [call(2), call(2, 3)]}
