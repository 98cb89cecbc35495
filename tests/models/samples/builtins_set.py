"""Sample calls of the methods of set."""

from __future__ import annotations

from tests.models.claims import Samples, call

OWNER = set
SELF = {1}

SAMPLES: Samples = {
    "add": call({1}, 2),
    "discard": call({1}, 2),
    "update": call({1}, (2, 3)),
    "difference": call({1}, (2, 3)),
    "intersection": call({1}, (2, 3)),
    "isdisjoint": call({1}, (2, 3)),
    "issubset": call({1}, (2, 3)),
    "issuperset": call({2, 3}, (2, 3)),
    "symmetric_difference": call({1}, (2, 3)),
    "union": call({1}, (2, 3)),
}
FLOOR = 0.45
