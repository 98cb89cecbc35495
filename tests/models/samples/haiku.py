"""Sample calls of haiku."""

from __future__ import annotations

import haiku as hk
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

KEY = jax.random.key(0)
X, IMAGE = jnp.ones((2, 3)), jnp.ones((1, 4, 4, 2))


def double(x):
    return 2 * x


def several():
    """What a multi-transformation takes: a function that returns functions."""
    return double, (double, double)


INSTANCES = {
    "Transformed": hk.transform(double),
    "TransformedWithState": hk.transform_with_state(double),
    "MultiTransformed": hk.multi_transform(several),
    "MultiTransformedWithState": hk.multi_transform_with_state(several),
}

SAMPLES: Samples = {
    "one_hot": call(jnp.array([0, 1]), 3, jnp.float32),
    "multinomial": call(KEY, X, 2),
    "dropout": call(KEY, 0.5, X, broadcast_dims=(0,)),
    "avg_pool": call(IMAGE, (2, 2), (1, 1), "VALID", channel_axis=-1),
    "max_pool": call(IMAGE, (2, 2), (1, 1), "VALID", channel_axis=-1),
}
