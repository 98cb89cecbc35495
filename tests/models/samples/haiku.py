"""Sample calls of haiku."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

KEY = jax.random.key(0)
X, IMAGE = jnp.ones((2, 3)), jnp.ones((1, 4, 4, 2))

SAMPLES: Samples = {
    "one_hot": call(jnp.array([0, 1]), 3, jnp.float32),
    "multinomial": call(KEY, X, 2),
    "dropout": call(KEY, 0.5, X, broadcast_dims=(0,)),
    "avg_pool": call(IMAGE, (2, 2), (1, 1), "VALID", channel_axis=-1),
    "max_pool": call(IMAGE, (2, 2), (1, 1), "VALID", channel_axis=-1),
}
