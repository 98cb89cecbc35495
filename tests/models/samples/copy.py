"""Sample calls of copy."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "copy": [call(2), call([1, 2])],
    "deepcopy": [call(2), call([1, 2])],
}
