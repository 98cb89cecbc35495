"""Sample calls of the methods of int."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

OWNER = int
SELF = 1

SAMPLES: Samples = {
    "to_bytes": call(1, 2, "big", signed=True),
    **{name: call(1) for name in names("as_integer_ratio bit_count bit_length conjugate is_integer")},
}
