"""Sample calls of the methods of a ufunc, as np.add.reduce."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call

X = np.arange(1.0, 5.0)
OWNER = np.ufunc
SELF = None

SAMPLES: Samples = {
    "reduce": [call(np.add, X, 0), call(np.add, X, axis=0, out=np.zeros(()), keepdims=False, initial=1.0, where=X > 2)],
    "accumulate": [call(np.add, X, 0), call(np.add, X, axis=0, out=X.copy())],
    "reduceat": [call(np.add, X, [0, 2], 0), call(np.add, X, np.array([0, 2]), axis=0, out=np.zeros(2))],
    "outer": [call(np.add, X, X), call(np.add, 1.0, 2.0, out=np.zeros(()), where=True, casting="unsafe", subok=True)],
    "at": [call(np.add, X.copy(), 0, 1.0), call(np.add, X.copy(), np.array([1]), X[:1])],
}
