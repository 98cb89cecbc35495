"""Sample calls of the methods of dict."""

from __future__ import annotations

from tests.models.claims import Samples, call

OWNER = dict
SELF = {1: 2}

SAMPLES: Samples = {
    "get": [call({1: 2}, 1), call({1: 2}, 3, 4)],
    "pop": call({1: 2}, 3, 4),
    "setdefault": [call({1: 2}, 1), call({1: 2}, 1, 4)],
    "update": [call({}, {"a": 1}), call({}, a=1)],
}
FLOOR = 0.55
