"""Sample calls of numpy.lib.stride_tricks."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call

X = np.arange(1.0, 5.0)

SAMPLES: Samples = {
    "as_strided": [call(X, (2,), (8,)), call(X, shape=(2,), strides=(8,), subok=False, writeable=True)],
    "sliding_window_view": [call(X, 2), call(X, (2,), 0)],
}
