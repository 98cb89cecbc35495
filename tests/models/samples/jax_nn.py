"""Sample calls of jax.nn."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs
from tests.models.samples import names

X = jnp.arange(1.0, 5.0).reshape(2, 2)
N = jnp.arange(3)
Q = jnp.ones((1, 4, 2, 8))
L = jnp.array([3])
BATCHED = (((2,), (2,)), ((0,), (0,)))
WIDE = jnp.ones((1, 32, 64), jnp.bfloat16)


def _block_scaled() -> tuple[Any, ...]:
    """Arrays of narrow numbers with their scales; older versions of JAX lack the type of the scales."""
    if not hasattr(jnp, "float8_e8m0fnu"):
        return ()
    values, scales = jnp.ones((1, 32, 64), jnp.float8_e4m3fn), jnp.ones((1, 32, 2), jnp.float8_e8m0fnu)
    return values, values, scales, scales


def _config() -> Any:
    return jax.nn.get_scaled_dot_general_config("mxfp8") if hasattr(jax.nn, "scaled_dot_general") else None


def _sharding() -> Any:
    if not hasattr(jax.sharding, "AxisType"):
        return None
    mesh = jax.make_mesh((1,), ("x",), axis_types=(jax.sharding.AxisType.Explicit,))
    return jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec(None, None))


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
    **{
        name: [call(X), call(X, 0), call(X, axis=0, where=X > 1), call(X, 0, X > 1, -jnp.inf).until("0.4.36")]
        for name in names("softmax log_softmax")
    },
    "logsumexp": [call(X), call(X, 0, X, True), call(X, axis=0, where=X > 1), call_for_needs(X, return_sign=True)],
    "logmeanexp": [call(X), call(X, axis=0, keepdims=True), call(X, where=X > 1)],
    "standardize": [
        *[call(X, 0), call(X, mean=X[:, :1], variance=X[:, :1], epsilon=1e-3), call(X, where=X > 1)],
        call(X, algorithm="stable").since("0.10.1"),
    ],
    "one_hot": [
        *[call(N, 3), call(N, num_classes=3, axis=0), call(N, 3, dtype=jnp.int32)],
        call(N, 3, out_sharding=_sharding()).since("0.11.0"),
    ],
    "dot_product_attention": [
        call(Q, Q, Q),
        call(Q, Q, Q, jnp.ones((1, 2, 4, 4)), jnp.ones((1, 2, 4, 4), bool), scale=0.5, is_causal=True),
        call(Q, Q, Q, query_seq_lengths=L, key_value_seq_lengths=L, local_window_size=2, implementation="xla"),
        call_for_needs(Q, Q, Q, return_residual=True).since("0.8.3"),
    ],
    # Only a GPU lowers these, so their results are not judged.
    "scaled_matmul": [
        call_for_needs(*_block_scaled()),
        call_for_needs(*_block_scaled(), preferred_element_type=jnp.bfloat16),
    ],
    "scaled_dot_general": [
        call(WIDE, WIDE, BATCHED, jnp.bfloat16),
        call_for_needs(WIDE, WIDE, BATCHED, configs=[_config()] * 3),
    ],
    "get_scaled_dot_general_config": [call("mxfp8"), call("nvfp4", jnp.ones(()))],
}
FLOOR = 0.98
