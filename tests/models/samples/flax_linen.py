"""Sample calls of flax.linen: a layer needs its fields when it is applied."""

from __future__ import annotations

import flax.linen as nn
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

KEY = jax.random.key(0)
X, IMAGE, TOKENS = jnp.ones((2, 4)), jnp.ones((1, 4, 4, 2)), jnp.array([0, 1])
QUERY = jnp.ones((2, 3, 2, 4))


def applied(x):
    """What applies a layer to x."""
    return lambda layer: layer.init_with_output({"params": KEY, "dropout": KEY}, x)[0]


def run(layer):
    return layer.init_with_output(KEY, layer.initialize_carry(KEY, (2, 4)), X)


ATTENTION = [
    call(2, qkv_features=4, out_features=3, deterministic=True).then(applied(X)),
    call(2, param_dtype=jnp.float32).then(applied(X)),
]

INSTANCES = {"Module": nn.Dense(2)}

SAMPLES: Samples = {
    "Dense": call(3, True, jnp.float32, jnp.float32, "highest").then(applied(X)),
    "Conv": call(3, (2, 2), 1, "SAME", 1, 1, 1, True).then(applied(IMAGE)),
    "ConvTranspose": call(3, (2, 2), (1, 1), "SAME", (1, 1), True).then(applied(IMAGE)),
    "DenseGeneral": [call(3, -1, (0,), True).then(applied(X)), call((3, 2), (0, 1)).then(applied(X))],
    "Embed": call(5, 3, jnp.float32, jnp.float32).then(applied(TOKENS)),
    "LayerNorm": call(1e-6, jnp.float32, jnp.float32, True, True).then(applied(X)),
    "RMSNorm": call(1e-6, jnp.float32, jnp.float32, True).then(applied(X)),
    "GroupNorm": call(2, epsilon=1e-6, param_dtype=jnp.float32).then(applied(X)),
    "BatchNorm": call(False, -1, 0.9, 1e-5, jnp.float32, jnp.float32, True, True).then(applied(X)),
    "Dropout": call(0.5, (), False).then(applied(X)),
    "MultiHeadDotProductAttention": ATTENTION,
    "SelfAttention": ATTENTION,
    "LSTMCell": call(4).then(run),
    "GRUCell": call(4).then(run),
    "one_hot": call(TOKENS, 3, dtype=jnp.float32, axis=-1),
    "avg_pool": call(IMAGE, (2, 2), (1, 1), "VALID", True),
    "max_pool": call(IMAGE, (2, 2), (1, 1), "VALID"),
    "pool": call(IMAGE, 0.0, jax.lax.add, (2, 2), (1, 1), "VALID"),
    "make_causal_mask": call(X, 1, jnp.float32),
    "make_attention_mask": call(X, X, extra_batch_dims=1, dtype=jnp.float32),
    "combine_masks": call(X, X, dtype=jnp.float32),
    "dot_product_attention": [
        call(QUERY, QUERY, QUERY, jnp.zeros((3, 3)), jnp.ones((3, 3)), dropout_rng=KEY, dropout_rate=0.5),
        call(QUERY, QUERY, QUERY, dropout_rng=KEY, dropout_rate=0.5, deterministic=False, precision="highest"),
    ],
    "dot_product_attention_weights": [
        call(QUERY, QUERY, jnp.zeros((3, 3)), jnp.ones((3, 3)), dropout_rng=KEY, dropout_rate=0.5),
        call(QUERY, QUERY, dropout_rng=KEY, dropout_rate=0.5, deterministic=False, precision="highest"),
    ],
    "jit": call(lambda module, x: x),
    "remat": call(lambda module, x: x),
}
NO_SIGNATURE = dict.fromkeys(
    names("""Dense Conv ConvTranspose DenseGeneral Embed LayerNorm RMSNorm GroupNorm BatchNorm Dropout
    MultiHeadDotProductAttention SelfAttention LSTMCell GRUCell"""),
    "the stub has the fields that matter",
)
