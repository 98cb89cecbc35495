"""Sample calls of the methods of dict."""

from __future__ import annotations

import jax
import numpy as np

from tests.models.claims import Samples, call

X = np.ones(2)

OWNER = dict
SELF = {1: 2}

SAMPLES: Samples = {
    "get": [call({1: 2}, 1), call({1: 2}, 3, 4)],
    "pop": call({1: 2}, 3, 4),
    "setdefault": [call({1: 2}, 1), call({}, 1, 4)],
    "update": [call({}, {"a": X}), call({}, a=X)],
    "clear": call({1: 2}),
    "copy": call({1: 2}),
}
if jax.__version_info__ < (0, 4, 36):  # A tracer could be hashed.
    del SAMPLES["get"], SAMPLES["pop"], SAMPLES["setdefault"]
