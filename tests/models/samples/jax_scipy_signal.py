"""Sample calls of jax.scipy.signal."""

from __future__ import annotations

import jax.numpy as jnp
from jax.lax import Precision

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.arange(1.0, 4.0)
M = jnp.eye(3)
WAVE = jnp.arange(32.0)
WINDOW = jnp.ones(8)
SPECTRUM = jnp.ones((5, 9), complex)

SAMPLES: Samples = {
    **{name: [call(X, X), call(X, X, "same", "direct", Precision.HIGH)] for name in names("convolve correlate")},
    "fftconvolve": [call(X, X, "same"), call(M, M, axes=(0, 1))],
    **{name: call(M, M, "full", "fill", 0.0, Precision.HIGH) for name in names("convolve2d correlate2d")},
    "stft": [call(WAVE, 1.0, WINDOW, 8, 4, 8), call(WAVE, nperseg=8, axis=0, detrend="constant", boundary="even")],
    "istft": [
        *[call(SPECTRUM, 1.0, WINDOW, 8, 4, 8), call(SPECTRUM, nperseg=8, input_onesided=True, boundary=True)],
        call(SPECTRUM, nperseg=8, time_axis=-1, freq_axis=-2),
    ],
    "csd": [call(WAVE, WAVE, 1.0, WINDOW, 8, 4, 8), call(WAVE, WAVE, nperseg=8, axis=0)],
    "welch": [call(WAVE, 1.0, WINDOW, 8, 4, 8), call(WAVE, nperseg=8, axis=0)],
    "detrend": [call(WAVE, 0, "constant"), call(WAVE, bp=8), call(WAVE, bp=jnp.array([4, 8]))],
}
FLOOR = 0.98
