"""Sample calls of the methods of float."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

OWNER = float
SELF = 1.0

SAMPLES: Samples = {name: call(1.0) for name in names("as_integer_ratio conjugate hex is_integer")}
