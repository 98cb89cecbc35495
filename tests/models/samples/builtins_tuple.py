"""Sample calls of the methods of tuple."""

from __future__ import annotations

from tests.models.claims import Samples, call

OWNER = tuple
SELF = (1, 2)

SAMPLES: Samples = {
    "count": call((1, 2), 1),
    "index": call((2, 1, 2), 2, 0, 3),
}
