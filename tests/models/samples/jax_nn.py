"""Sample calls of jax.nn."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.arange(1.0, 5.0).reshape(2, 2)
N = jnp.arange(3)
Q = jnp.ones((1, 4, 2, 8))
L = jnp.array([3])

SAMPLES: Samples = {
    **{
        name: call(X)
        for name in names(
            "hard_sigmoid hard_silu hard_swish hard_tanh identity log_sigmoid mish relu relu6 selu sigmoid silu "
            "soft_sign softplus sparse_plus sparse_sigmoid swish tanh log1mexp"
        )
    },
    **{name: [call(X), call(X, 0.5)] for name in names("celu elu leaky_relu squareplus")},
    "gelu": [call(X), call(X, True)],
    "glu": [call(X), call(X, 0)],
    **{name: [call(X), call(X, 0), call(X, axis=0, where=X > 1)] for name in names("softmax log_softmax")},
    "logsumexp": [call(X), call(X, 0, X, True), call(X, axis=0, where=X > 1)],
    "logmeanexp": [call(X), call(X, axis=0, keepdims=True), call(X, where=X > 1)],
    "standardize": [call(X, 0), call(X, -1, X[:, :1], X[:, :1], 1e-3), call(X, where=X > 1)],
    "one_hot": [call(N, 3), call(N, num_classes=3, axis=0)],
    "dot_product_attention": [
        call(Q, Q, Q),
        call(Q, Q, Q, jnp.ones((1, 2, 4, 4)), jnp.ones((1, 2, 4, 4), bool), scale=0.5, is_causal=True),
        call(Q, Q, Q, query_seq_lengths=L, key_value_seq_lengths=L, local_window_size=2),
    ],
}
FLOOR = 0.9
