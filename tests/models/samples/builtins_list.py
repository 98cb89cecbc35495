"""Sample calls of the methods of list. They change self: it has more elements than the calls use up."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call

X = np.ones(2)

OWNER = list
SELF = [1, 2]

SAMPLES: Samples = {
    "count": call([1, 2], 1),
    "index": call([2, 1, 2], 2, 0, 3),
    "remove": call([2, 2, 2, 2], 2),
    "sort": [call([2, 1], reverse=True), call([2, 1], key=lambda x: -x)],
    "append": call([1, 2], X),
    "extend": call([1, 2], (X, X)),
    "insert": call([1, 2], 1, X),
    "pop": call([1, 2, 3, 4], 0),
    "clear": call([1]),
    "reverse": call([1, 2]),
}
