"""Sample calls of jax.ad_checkpoint."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(3.0)

SAMPLES: Samples = {"checkpoint_name": call(X, "name")}
FLOOR = 0.7
