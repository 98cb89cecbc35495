"""Sample calls of jax.lax."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.sharding import Mesh, NamedSharding, PartitionSpec, SingleDeviceSharding

from tests.models.claims import Call, Samples, call, call_for_needs
from tests.models.samples import names
from tests.models.samples.inside import AXIS, in_mapped_axis, module_with

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
HERE = SingleDeviceSharding(jax.devices()[0])
EVERYWHERE = NamedSharding(Mesh(np.array(jax.devices()[:1]), (AXIS,)), PartitionSpec())
CONV = ("NCHW", "OIHW", "NCHW")
ONES, PADS = (1, 1), ((1, 1), (1, 1))
VECTOR = jnp.ones(4)
MATRIX = jnp.array([[2.0, 1.0], [1.0, 3.0]])
COUNTS = jnp.zeros(1, jnp.int32)
CUBE = jnp.ones((1, 1, 2))
# Its functions take an AccuracyMode since 0.6.0, jax.lax has it since 0.8.0.
ACCURACY = getattr(importlib.import_module("jax._src.lax.lax"), "AccuracyMode", None)
HIGHEST = getattr(ACCURACY, "HIGHEST", None)
TOKEN = lax.create_token()
FLOAT = jax.ShapeDtypeStruct((2,), jnp.float32)
BATCHED = (((2,), (1,)), ((0,), (0,)))
RAGGED = (((1,), (1,)), ((), ()))
COLLECTIVES = names(
    "all_gather all_gather_invariant all_to_all axis_index axis_size pbroadcast pcast pdot pmax pmean pmin ppermute "
    "precv psend pshuffle psum psum_scatter pswapaxes pvary ragged_all_to_all"
)
OWNER = module_with(lax, in_mapped_axis, COLLECTIVES)
FLAGS = {"indices_are_sorted": True, "unique_indices": True}


def step(carry: Any, x: Any) -> Any:
    """The body of a scan."""
    return carry + x, carry


def add(x: Any, y: Any) -> Any:
    """The operation of a reduction."""
    return x + y


INSTANCES = {"Precision": lax.Precision.HIGHEST, "GatherScatterMode": lax.GatherScatterMode.CLIP}

SAMPLES: Samples = {
    # Control flow
    "scan": [call(step, 0.0, V), call(step, 0.0, V, length=6, reverse=True, unroll=2), call(step, 0.0, V, 6, True)],
    "fori_loop": [call(0, 3, lambda i, x: x + i, 0), call(0, 4, lambda i, x: x + 1.0, 0.0)],
    "while_loop": call(lambda x: x < 3, lambda x: x + 1, 0),
    "cond": [
        call(True, lambda x: x, lambda x: -x, 1.0),
        call(True, lambda x: x, lambda x: -x, V),
        call(True, lambda x: x, lambda x: -x, operand=1.0),
        call(True, lambda x: x, lambda x: -x, 1.0, linear=(False,)).until("0.5.0"),
    ],
    "switch": [call(1, [lambda x: x, lambda x: -x], 1.0), call(1, [lambda x: x, lambda x: -x], operand=1.0)],
    "map": [call(lambda x: x + 1, V), call(lambda x: x + 1, V, batch_size=2).since("0.5.0")],
    "associative_scan": [call(add, V), call(add, X, axis=1), call(add, V, reverse=True)],
    "select": call(X > 2, X, -X),
    "select_n": call(X > 2, X, -X),
    "platform_dependent": call(1.0, default=lambda x: x, cpu=lambda x: -x),
    "custom_root": [
        call(lambda x: x**2 - 2.0, 1.0, lambda f, x: x - f(x), lambda g, y: y / g(1.0)),
        call(lambda x: x**2 - 2.0, 1.0, lambda f, x: (x - f(x), 3.0), lambda g, y: y / g(1.0), has_aux=True),
    ],
    "custom_linear_solve": [
        call(lambda x: MATRIX @ x, VECTOR[:2], lambda f, b: b, lambda f, b: b, symmetric=True),
        call(lambda x: MATRIX @ x, VECTOR[:2], lambda f, b: (b, b), lambda f, b: (b, b), has_aux=True),
    ],
    "composite": call(lambda x: x + 1, "my.composite", version=1).then(lambda f: f(X)),
    # Slicing and updating
    "slice": [call(X, (0, 1), (2, 3)), call(X, (0, 1), (2, 3), (1, 1))],
    "slice_in_dim": [call(V, 1, 4), call(X, 0, 2, 1, 1), call(X, 0, 2, stride=1, axis=1)],
    "index_in_dim": [call(X, 1, 1, True), call(X, 1, axis=0, keepdims=False)],
    "index_take": call(X, (N[:1],), (0,)),
    "dynamic_slice": [call(X, (0, 1), (1, 2)), call(X, (0, 1), slice_sizes=(1, 2))],
    "dynamic_slice_in_dim": [
        call(V, 1, 2),
        call(X, 1, 2, 1),
        call(X, 1, slice_size=2, axis=1),
    ],
    "dynamic_index_in_dim": [call(X, 1, 1, True), call(X, 1, axis=0, keepdims=False)],
    "dynamic_update_slice": call(X, X[:1, :1], (1, 1)),
    "dynamic_update_slice_in_dim": call(X, X[:, :1], 1, 1),
    "dynamic_update_index_in_dim": call(X, X[:, 0], 1, 1),
    "gather": call(X, AT, SAME_ROWS, (1, 3), mode="clip", **FLAGS),
    **{
        name: call(X, AT, X, ROWS, **FLAGS, mode="clip")
        for name in names("scatter scatter_add scatter_sub scatter_mul")
    },
    **{name: call(X, AT, X, ROWS, **FLAGS, mode="clip") for name in names("scatter_min scatter_max")},
    "scatter_apply": call(X, AT, lambda x: x + 1, ROWS, update_shape=(2, 3), **FLAGS, mode="clip"),
    # Making and shaping arrays
    "full": [call((2, 3), 1.0), call((3,), 1.0, I32, sharding=HERE)],
    "full_like": [call(X, 1.0), call(X, 1.0, I32, (2,), HERE)],
    "empty": call((2, 3), I32),
    "iota": call(I32, 3),
    "broadcasted_iota": call(I32, (2, 3), 1),
    "broadcast": call(X, (2,)),
    "broadcast_in_dim": call(V, (2, 6), (1,)),
    "broadcast_to_rank": call(V, 2),
    "broadcast_like": call(V[0], X),
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
    "top_k": [call(V, 2), call(X, 2, axis=0).since("0.9.0")],
    "approx_max_k": [call(V, 2), call(X, 2, 1, 0.9, 6, True)],
    "approx_min_k": [call(V, 2), call(X, 2, 1, 0.9, 6, True)],
    "rng_bit_generator": call(jnp.zeros(4, jnp.uint32), (2, 3), np.uint32, lax.RandomAlgorithm.RNG_DEFAULT),
    "rng_uniform": call(0.0, 1.0, (2, 3)),
    "convert_element_type": call(X, I32),
    "bitcast_convert_type": call(X, I32),
    "stage": [call(X), call(1.0)],
    "zeros_like_array": [call(X), call(1.0)],
    "reduce_precision": call(X, 5, 10),
    "dtype": call(X),
    "shape_as_value": call((2, 3)),
    # Reductions
    **{name: call(X, 1, I32) for name in names("argmax argmin")},
    **{name: call(X, 1, True) for name in names("cumlogsumexp cummax cummin cumprod cumsum")},
    **{name: call(X, (0, 1)) for name in names("reduce_max reduce_min reduce_prod reduce_sum")},
    **{name: call(X > 2, (0, 1)) for name in names("reduce_and reduce_or reduce_xor")},
    "reduce": [call(X, 0.0, add, (0,)), call(X, 0.0, lambda x, y: x * y + 1, (0,))],
    "reduce_window": call(X, 0.0, lax.add, (1, 2), (1, 1), ((0, 0), (0, 0)), (1, 1), (1, 1)),
    # Products and convolutions
    "batch_matmul": call(X[None], X.T[None], "highest"),
    "dot": [
        call(X, X.T, precision="highest", preferred_element_type=np.float32),
        call(X, X, dimension_numbers=RAGGED).since("0.8.0"),
    ],
    "dot_general": call(X, X, RAGGED, "highest", np.float32),
    "ragged_dot": call(X, jnp.ones((2, 3, 4)), jnp.array([1, 1]), "highest", np.float32),
    "scaled_dot": call(
        *(jnp.ones(shape, jnp.bfloat16) for shape in ((1, 4, 64), (1, 64, 4))),
        lhs_scale=jnp.ones((1, 4, 2), jnp.bfloat16),
        rhs_scale=jnp.ones((1, 2, 4), jnp.bfloat16),
        dimension_numbers=BATCHED,
        preferred_element_type=np.float32,
    ),
    "conv": call(IMAGE, KERNEL, ONES, "SAME", "highest", np.float32),
    "conv_general_dilated": [
        call(IMAGE, KERNEL, ONES, "SAME", ONES, ONES, CONV, 1, 1, "highest", np.float32),
        call(IMAGE, KERNEL, ONES, [(1, 1), (1, 1)]),
    ],
    "conv_general_dilated_patches": [
        call(IMAGE, (3, 3), ONES, PADS, ONES, ONES, CONV, lax.Precision.HIGHEST, np.float32),
        call(IMAGE, (3, 3), ONES, "SAME"),
    ],
    "conv_general_dilated_local": [
        call(IMAGE, jnp.ones((2, 27, 6, 6)), ONES, "VALID", (3, 3), ONES, ONES, CONV, "highest"),
        call(IMAGE, jnp.ones((2, 27, 8, 8)), ONES, PADS, (3, 3)),
    ],
    "conv_with_general_padding": [
        call(IMAGE, KERNEL, ONES, PADS, ONES, ONES, "highest", np.float32),
        call(IMAGE, KERNEL, ONES, "SAME", None, None),
    ],
    "conv_transpose": [
        call(IMAGE, KERNEL, ONES, PADS, ONES, CONV, False, "highest", np.float32),
        call(IMAGE, KERNEL, ONES, "SAME", None, CONV),
    ],
    "conv_general_permutations": call(CONV),
    "conv_general_shape_tuple": call(IMAGE.shape, KERNEL.shape, ONES, PADS, CONV),
    "conv_shape_tuple": call(IMAGE.shape, KERNEL.shape, ONES, PADS, 1),
    "conv_transpose_shape_tuple": call(IMAGE.shape, KERNEL.shape, ONES, PADS, CONV),
    "padtype_to_pads": call((8, 8), (3, 3), ONES, "SAME"),
    "reduce_window_shape_tuple": call((8, 8), (3, 3), ONES, PADS, ONES, ONES),
    "conv_dimension_numbers": [
        call((1, 3, 8, 8), (2, 3, 3, 3), None),
        call(np.array(IMAGE.shape), np.array(KERNEL.shape), CONV),
    ],
    "fft": call(V, "fft", (6,)),
    # Elementwise functions
    **{
        name: call(X)
        for name in names(
            "abs acos acosh asin asinh atan atanh bessel_i0e bessel_i1e ceil cosh digamma erf erf_inv "
            "erfc floor is_finite lgamma log2 neg one_minus_square reciprocal sign sinh square"
        )
    },
    **{name: call(X + 1j) for name in names("conj imag real")},
    **{name: call(N) for name in names("bitwise_not clz population_count")},
    "round": [call(X), call(X, 1)],
    "integer_pow": call(X, 2),
    **{
        name: call(X, X)
        for name in names(
            "add atan2 complex div eq ge gt igamma igammac igamma_grad_a random_gamma_grad le lt max min ne pow rem "
            "sub zeta nextafter"
        )
    },
    **{name: call(N, N) for name in names("bitwise_and bitwise_or bitwise_xor mulhi")},
    **{name: call(N, N) for name in names("shift_left shift_right_arithmetic shift_right_logical")},
    **{
        name: [call(X), call(X, accuracy=HIGHEST).since("0.6.0")]
        for name in names("cbrt cos exp exp2 expm1 log log1p logistic rsqrt sin sqrt tan tanh")
    },
    "polynomial": call(X, V[:3], unroll=2),
    "mul": [call(X, X), call(N, N, out_dtype=np.float32).since("0.10.0")],
    "polygamma": call(X, X),
    "clamp": [call(0.0, X, 1.0), call(0.0, 0.5, 1.0)],
    "betainc": call(X, X, X / 10),
    # Derivatives, placement and tracing
    "stop_gradient": call(X),
    "optimization_barrier": call(X),
    "with_sharding_constraint": call(X, HERE),
    "dce_sink": call(X),
    # Collective operations
    "all_gather": call(CUBE, AXIS, axis_index_groups=[[0]], axis=0, tiled=False),
    "all_gather_invariant": call(CUBE, AXIS, axis=0, tiled=False),
    "all_to_all": [call(CUBE, AXIS, 0, 1), call(CUBE, AXIS, 0, 1, axis_index_groups=[[0]], tiled=True)],
    **{
        name: [call(CUBE, AXIS), call(CUBE, AXIS, axis_index_groups=[[0]])]
        for name in names("pmax pmean pmin psum psum_scatter")
    },
    "ppermute": call(CUBE, AXIS, [(0, 0)]),
    "pshuffle": call(CUBE, AXIS, [0]),
    "pswapaxes": call(CUBE, AXIS, 0, axis_index_groups=[[0]]),
    "axis_index": call(AXIS),
    "axis_size": call(AXIS),
    "pbroadcast": call_for_needs(CUBE, AXIS, 0),
    "pcast": call(CUBE, AXIS, to="varying"),
    "pvary": call(CUBE, AXIS),
    "psend": call_for_needs(CUBE, AXIS, [(0, 0)]),
    "precv": call_for_needs(TOKEN, FLOAT, AXIS, [(0, 0)]),
    "ragged_all_to_all": call(VECTOR, VECTOR, COUNTS, COUNTS, COUNTS, COUNTS, axis_name=AXIS, axis_index_groups=[[0]]),
    "pdot": call(X, X, AXIS, ((1,), (1,)), ((0,), (0,)), "highest"),
    "xeinsum": call("ij,jk->ik", X, X.T),
    # Tokens and transfers
    "create_token": call(X),
    "after_all": call_for_needs(TOKEN, TOKEN),
    "infeed": call_for_needs(TOKEN, getattr(jax.core, "ShapedArray", jax.ShapeDtypeStruct)((2,), np.float32)),
    "outfeed": call_for_needs(TOKEN, X),
}
if hasattr(lax, "RaggedDotDimensionNumbers"):
    SAMPLES["ragged_dot_general"] = call(
        X,
        jnp.ones((2, 3, 4)),
        jnp.array([1, 1]),
        lax.RaggedDotDimensionNumbers(RAGGED, [0], [0]),
        "highest",
        np.float32,
    )
# Another call of each, with the result's place given.
for release, function in {
    "0.6.0": "broadcast broadcast_in_dim broadcasted_iota dot_general reshape rng_bit_generator",
    "0.8.0": "conv_general_dilated dot empty reduce_sum",
    "0.10.2": "ragged_dot ragged_dot_general",
    "0.12.0": "reduce_max reduce_min",
}.items():
    for name in names(function):
        found = SAMPLES.get(name, [])
        calls = [found] if isinstance(found, Call) else found
        placed = [replace(call, kwargs={**call.kwargs, "out_sharding": EVERYWHERE}).since(release) for call in calls]
        SAMPLES[name] = [*calls, *placed]
FLOOR = 0.98
