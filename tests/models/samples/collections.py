"""Sample calls of collections."""

from __future__ import annotations

import jax
import numpy as np

from tests.models.claims import Samples, call

X = np.ones(2)

SAMPLES: Samples = {
    "ChainMap": call({1: 2}),
    "Counter": [call([1, 2]), call(a=X)],
    "OrderedDict": [call({"a": X}), call(a=X)],
    "UserDict": [call({"a": X}), call(a=X)],
    "UserList": call([X, X]),
    "UserString": call(X),
    "defaultdict": [call(lambda: 0, {"a": X}), call(lambda: 0, a=X)],
    "deque": [call([X, X]), call([X, X], 3)],
    "namedtuple": [call("Pair", "x y", rename=True), call("Pair", ["x", "y"], defaults=[X, X])],
}
if jax.__version_info__ < (0, 4, 36):  # A tracer could be hashed.
    del SAMPLES["Counter"]
