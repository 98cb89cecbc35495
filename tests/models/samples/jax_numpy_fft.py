"""Sample calls of jax.numpy.fft."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(8.0).reshape(2, 4)

SAMPLES: Samples = {
    **{name: [call(X), call(X, 4, 0, "ortho")] for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")},
    **{name: [call(X), call(X, (2, 2), (0, 1), "ortho")] for name in ("fft2", "ifft2", "rfft2", "irfft2")},
    **{name: [call(X), call(X, (2, 2), (0, 1), "ortho")] for name in ("fftn", "ifftn", "rfftn", "irfftn")},
    **{name: [call(4), call(4, 0.5)] for name in ("fftfreq", "rfftfreq")},
    **{name: [call(X), call(X, 0), call(X, (0, 1))] for name in ("fftshift", "ifftshift")},
}
