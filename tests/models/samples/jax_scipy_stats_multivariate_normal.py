"""Sample calls of jax.scipy.stats.multivariate_normal."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "logpdf": call(jnp.ones(2), jnp.zeros(2), jnp.eye(2)),
    "pdf": call(jnp.ones(2), jnp.zeros(2), jnp.eye(2)),
}
FLOOR = 0.98
