"""Sample calls of jax.scipy.fft."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.arange(6.0).reshape(2, 3)

SAMPLES: Samples = {
    **{name: [call(X, 2, 3, 0, "ortho"), call(X, type=2, norm="ortho")] for name in names("dct idct")},
    **{name: [call(X, 2, (2, 3), (0, 1), "ortho"), call(X, axes=(0, 1))] for name in names("dctn idctn")},
}
FLOOR = 0.98
