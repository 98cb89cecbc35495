"""Sample calls of decimal."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {"Decimal": call(2)}
