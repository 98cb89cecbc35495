"""Sample calls of jax.ad_checkpoint."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples.jax import SAMPLES as FUNCTIONS
from tests.models.samples.jax import square

X = jnp.arange(3.0)

SAMPLES: Samples = {
    "checkpoint_name": call(X, "name"),
    "checkpoint_name_fwd": call(X, "name"),
    "print_saved_residuals": [call(square, X), call(square, x=X)],
    "checkpoint": FUNCTIONS["checkpoint"],
    "remat": FUNCTIONS["remat"],
}
