"""Sample calls of equinox.nn."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

KEY = jax.random.key(0)

SAMPLES: Samples = {
    "Linear": call(3, 2, True, key=KEY),
    "MLP": call(3, 2, 4, 1, use_bias=True, use_final_bias=True, scan=False, key=KEY),
    "Conv1d": call(3, 2, 3, 1, 1, 1, 1, True, key=KEY).then(lambda layer: layer(jnp.ones((3, 8)))),
    "Conv2d": call(3, 2, 3, 1, 1, 1, 1, True, key=KEY).then(lambda layer: layer(jnp.ones((3, 8, 8)))),
    "Embedding": call(3, 2, key=KEY),
    "LayerNorm": [call(3), call((3,), use_weight=True, use_bias=True)],
    "RMSNorm": [call(3), call((3,), use_weight=True, use_bias=True)],
    "GRUCell": call(3, 2, True, key=KEY),
    "LSTMCell": call(3, 2, True, key=KEY),
    "MultiheadAttention": call(2, 4, key=KEY),
    "Dropout": call(0.5, False),
}
