"""Sample calls of jax.scipy.signal."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.arange(1.0, 4.0)
M = jnp.eye(3)

SAMPLES: Samples = {
    **{name: call(X, X) for name in names("convolve correlate")},
    "fftconvolve": [call(X, X), call(M, M, axes=(0, 1))],
    **{name: call(M, M, "full", "fill", 0.0) for name in names("convolve2d correlate2d")},
}
FLOOR = 0.6
