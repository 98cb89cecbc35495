"""Sample calls of jax.flatten_util."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(3.0)

SAMPLES: Samples = {"ravel_pytree": call({"a": X, "b": 1.0})}
