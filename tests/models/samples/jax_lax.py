"""Sample calls of jax.lax. The collective operations need an axis name around them: no sample."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.arange(1.0, 7.0).reshape(2, 3)
V = jnp.arange(1.0, 7.0)
N = jnp.arange(1, 4)
I32 = np.int32
KERNEL = jnp.ones((2, 3, 3, 3))
IMAGE = jnp.ones((1, 3, 8, 8))
SAME_ROWS = lax.GatherDimensionNumbers(offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(0,))
ROWS = lax.ScatterDimensionNumbers(
    update_window_dims=(1,), inserted_window_dims=(0,), scatter_dims_to_operand_dims=(0,)
)
AT = jnp.array([[0], [1]])
FLAGS = {"indices_are_sorted": True, "unique_indices": True}


def step(carry: Any, x: Any) -> Any:
    """The body of a scan."""
    return carry + x, carry


def add(x: Any, y: Any) -> Any:
    """The operation of a reduction."""
    return x + y


SAMPLES: Samples = {
    # Control flow
    "scan": [call(step, 0.0, V), call(step, 0.0, V, length=6, reverse=True, unroll=2), call(step, 0.0, V, 6, True)],
    "fori_loop": [call(0, 3, lambda i, x: x + i, 0), call(0, 4, lambda i, x: x + 1.0, 0.0)],
    "while_loop": call(lambda x: x < 3, lambda x: x + 1, 0),
    "cond": [call(True, lambda x: x, lambda x: -x, 1.0), call(True, lambda x: x, lambda x: -x, V)],
    "switch": call(1, [lambda x: x, lambda x: -x], 1.0),
    "map": [call(lambda x: x + 1, V), call(lambda x: x + 1, V, batch_size=2)],
    "associative_scan": [call(add, V), call(add, X, axis=1), call(add, V, reverse=True)],
    "select": call(X > 2, X, -X),
    "select_n": call(X > 2, X, -X),
    "platform_dependent": call(1.0, default=lambda x: x),
    # Slicing and updating
    "slice": [call(X, (0, 1), (2, 3)), call(X, (0, 1), (2, 3), (1, 1))],
    "slice_in_dim": [call(V, 1, 4), call(X, 0, 2, 1, 1), call(X, 0, 2, stride=1, axis=1)],
    "index_in_dim": [call(X, 1, 1, True), call(X, 1, axis=0, keepdims=False)],
    "index_take": call(X, (N[:1],), (0,)),
    "dynamic_slice": [call(X, (0, 1), (1, 2), allow_negative_indices=True), call(X, (0, 1), slice_sizes=(1, 2))],
    "dynamic_slice_in_dim": [
        call(V, 1, 2, allow_negative_indices=True),
        call(X, 1, 2, 1),
        call(X, 1, slice_size=2, axis=1),
    ],
    "dynamic_index_in_dim": [call(X, 1, 1, True, allow_negative_indices=True), call(X, 1, axis=0, keepdims=False)],
    "dynamic_update_slice": call(X, X[:1, :1], (1, 1), allow_negative_indices=True),
    "dynamic_update_slice_in_dim": call(X, X[:, :1], 1, 1, allow_negative_indices=True),
    "dynamic_update_index_in_dim": call(X, X[:, 0], 1, 1, allow_negative_indices=True),
    "gather": call(X, AT, SAME_ROWS, (1, 3), **FLAGS),
    **{name: call(X, AT, X, ROWS, **FLAGS) for name in names("scatter scatter_add scatter_sub scatter_mul")},
    **{name: call(X, AT, X, ROWS, **FLAGS) for name in names("scatter_min scatter_max")},
    "scatter_apply": call(X, AT, lambda x: x + 1, ROWS, update_shape=(2, 3), **FLAGS),
    # Making and shaping arrays
    "full": [call((2, 3), 1.0), call(3, 1.0)],
    "full_like": [call(X, 1.0), call(X, 1.0, shape=(2,))],
    "empty": call((2, 3), I32),
    "iota": call(I32, 3),
    "broadcasted_iota": call(I32, (2, 3), 1),
    "broadcast": call(X, (2,)),
    "broadcast_in_dim": call(V, (2, 6), (1,)),
    "broadcast_to_rank": call(V, 2),
    "broadcast_shapes": call((2, 3), (1, 3)),
    "collapse": call(X, 0, 2),
    "concatenate": call([X, X], 0),
    "expand_dims": [call(X, (0,)), call(X, [1])],
    "squeeze": call(X[None], (0,)),
    "pad": call(X, 0.0, [(1, 1, 0), (0, 0, 0)]),
    "reshape": [call(X, (3, 2)), call(X, (3, 2), (0, 1))],
    "rev": call(X, (0,)),
    "split": [call(X, (1, 2), 1), call(V, (2, 4))],
    "stack": call([X, X], 0),
    "tile": call(X, (2, 1)),
    "transpose": call(X, (1, 0)),
    "unstack": call(X, 0),
    "sort": [call(X, 0), call((X, X), dimension=1, is_stable=True, num_keys=1)],
    "sort_key_val": call(X, X, 0, True),
    "top_k": [call(V, 2), call(X, 2, axis=0)],
    "approx_max_k": [call(V, 2), call(X, 2, 1, 0.9, aggregate_to_topk=True)],
    "approx_min_k": [call(V, 2), call(X, 2, 1, 0.9, aggregate_to_topk=True)],
    "rng_bit_generator": call(jnp.zeros(4, jnp.uint32), (2, 3)),
    "rng_uniform": call(0.0, 1.0, (2, 3)),
    "convert_element_type": call(X, I32),
    "bitcast_convert_type": call(X, I32),
    "reduce_precision": call(X, 5, 10),
    "dtype": call(X),
    # Reductions
    **{name: call(X, 1, I32) for name in names("argmax argmin")},
    **{name: call(X, 1, True) for name in names("cumlogsumexp cummax cummin cumprod cumsum")},
    **{name: call(X, (0, 1)) for name in names("reduce_max reduce_min reduce_prod reduce_sum")},
    **{name: call(X > 2, (0, 1)) for name in names("reduce_and reduce_or reduce_xor")},
    "reduce": call(X, 0.0, add, (0,)),
    "reduce_window": call(X, 0.0, lax.add, (1, 2), (1, 1), ((0, 0), (0, 0)), (1, 1), (1, 1)),
    # Products and convolutions
    "batch_matmul": call(X[None], X.T[None]),
    "dot": call(X, X.T),
    "dot_general": call(X, X, (((1,), (1,)), ((), ()))),
    "ragged_dot": call(X, jnp.ones((2, 3, 4)), jnp.array([1, 1])),
    "conv": call(IMAGE, KERNEL, (1, 1), ((1, 1), (1, 1))),
    "conv_general_dilated": [
        call(IMAGE, KERNEL, (1, 1), "SAME", (1, 1), (1, 1)),
        call(IMAGE, KERNEL, (1, 1), [(1, 1), (1, 1)], feature_group_count=1, batch_group_count=1),
    ],
    "conv_general_dilated_patches": call(IMAGE, (3, 3), (1, 1), ((1, 1), (1, 1)), (1, 1), (1, 1)),
    "conv_with_general_padding": call(IMAGE, KERNEL, (1, 1), ((1, 1), (1, 1)), (1, 1), (1, 1)),
    "conv_transpose": call(
        jnp.ones((1, 8, 8, 3)), jnp.ones((3, 3, 3, 2)), (1, 1), ((1, 1), (1, 1)), (1, 1), transpose_kernel=False
    ),
    "conv_dimension_numbers": call((1, 3, 8, 8), (2, 3, 3, 3), None),
    "fft": call(V, "fft", (6,)),
    # Elementwise functions
    **{
        name: call(X)
        for name in names(
            "abs acos acosh asin asinh atan atanh bessel_i0e bessel_i1e cbrt ceil cos cosh digamma erf erf_inv "
            "erfc exp exp2 expm1 floor is_finite lgamma log log1p logistic neg reciprocal rsqrt sign sin sinh "
            "sqrt square tan tanh"
        )
    },
    **{name: call(X + 1j) for name in names("conj imag real")},
    **{name: call(N) for name in names("bitwise_not clz population_count")},
    "round": [call(X), call(X, 1)],
    "integer_pow": call(X, 2),
    **{
        name: call(X, X)
        for name in names(
            "add atan2 complex div eq ge gt igamma igammac le lt max min mul ne pow rem sub zeta nextafter"
        )
    },
    **{name: call(N, N) for name in names("bitwise_and bitwise_or bitwise_xor mulhi")},
    **{name: call(N, N) for name in names("shift_left shift_right_arithmetic shift_right_logical")},
    "polygamma": call(X, X),
    "clamp": [call(0.0, X, 1.0), call(0.0, 0.5, 1.0)],
    "betainc": call(X, X, X / 10),
    # Derivatives, placement and tracing
    "stop_gradient": call(X),
    "optimization_barrier": call(X),
    "with_sharding_constraint": call(X, jax.sharding.SingleDeviceSharding(jax.devices()[0])),
}
FLOOR = 0.85
