"""Sample calls of the methods of list. They change self: it has more elements than the calls use up."""

from __future__ import annotations

from tests.models.claims import Samples, call

OWNER = list
SELF = [1, 2]

SAMPLES: Samples = {
    "count": call([1, 2], 1),
    "index": call([2, 1, 2], 2, 0, 3),
    "remove": call([2, 2, 2, 2], 2),
    "sort": call([2, 1], reverse=True),
    "append": call([1, 2], 3),
    "extend": call([1, 2], (3, 4)),
    "insert": call([1, 2], 1, 3),
    "pop": call([1, 2, 3, 4], 0),
}
FLOOR = 0.85
