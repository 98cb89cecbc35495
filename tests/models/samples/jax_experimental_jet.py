"""Sample calls of jax.experimental.jet."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

SAMPLES: Samples = {"jet": call(lambda x: jnp.sin(x), (0.5,), ([1.0, 0.0],))}
FLOOR = 0.7
