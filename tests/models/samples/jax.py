"""Sample calls of the functions of jax itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names
from tests.models.samples.inside import module_with
from tests.models.samples.jax_sharding import AXIS_TYPES, CPU, EXPLICIT, MESH, SHARDING, SPLIT, enter, under_mesh
from tests.models.samples.jax_sharding import NO_SIGNATURE as SHARDING_SIGNATURES
from tests.models.samples.jax_sharding import SAMPLES as SHARDINGS
from tests.models.samples.jax_tree import SAMPLES as TREES

X = jnp.arange(1.0, 4.0)
ROW = X[:1]
MANUAL = jax.sharding.ManualAxisType() if hasattr(jax.sharding, "ManualAxisType") else None
ACCUMULATOR = None
if jax.__version_info__ >= (0, 12):
    from jax.experimental.hijax import ValAccum as ACCUMULATOR
SAVE = jax.checkpoint_policies.everything_saveable
LIKE_X = jax.ShapeDtypeStruct((3,), jnp.float32)


def square(x: Any) -> Any:
    """A function to transform."""
    return x * x


def power(x: Any, n: Any) -> Any:
    """A function with a parameter that may be static."""
    return x**n


def on_x(function: Any) -> Any:
    """Use a transformed function on an array."""
    return function(X)


def on_two(function: Any) -> Any:
    """Use a transformed function on a number."""
    return function(2.0)


def grad_at_two(function: Any) -> Any:
    """Use the derivative of a function."""
    return jax.grad(function)(2.0)


def with_grad(function: Any) -> Any:
    """Use a function of which argument 1 is static in a derivative."""
    return jax.grad(lambda x: function(x, 2))(3.0)


def with_jvp(function: Any) -> Any:
    """Use a custom_jvp function of which argument 1 is not differentiated."""
    function.defjvp(lambda n, primals, tangents: (power(primals[0], n), tangents[0]))
    return jax.grad(function)(2.0, 3)


def with_vjp(function: Any) -> Any:
    """Use a custom_vjp function of which argument 1 is not differentiated."""
    function.defvjp(lambda x, n: (power(x, n), x), lambda n, x, g: (g,))
    return jax.grad(function)(2.0, 3)


def shape_of(struct: Any) -> Any:
    """Use a ShapeDtypeStruct."""
    return jax.eval_shape(square, struct)


def work_inside(manager: Any) -> Any:
    """Use a context manager, and the functions that flags change inside."""
    with manager:
        key = jax.random.PRNGKey(0)
        function = jax.custom_vjp(square)
        function.defvjp(lambda x: (x, x), lambda x, g: (g,))
        jax.grad(function)(2.0)
        return jax.jit(lambda x: jax.nn.softmax(x) + jax.random.uniform(key, (3,)))(X)


def filled(ref: Any) -> Any:
    """Use an empty reference."""
    ref[...] = X
    return ref[...]


def of_reference(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of a reference, made into one of the array that it is made of."""

    @functools.wraps(function)
    def inside(ref: Any) -> Any:
        return function(jax.new_ref(ref))

    return inside


OWNER = module_with(jax, of_reference, ["freeze", "free_ref"])
FLAGS = names(
    """check_tracer_leaks debug_key_reuse enable_checks enable_custom_prng enable_x64
    enable_custom_vjp_by_custom_transpose log_compiles explain_cache_misses no_tracing no_execution
    threefry_partitionable softmax_custom_jvp jax2tf_associative_scan_reductions remove_size_one_mesh_axis_from_type
    auto_pcast allow_f16_reductions thread_guard"""
)
GUARDS = names("transfer_guard transfer_guard_device_to_device transfer_guard_device_to_host")
OF_INTEGERS = call(lambda n: 1.5 * n, allow_int=True).then(lambda f: f(2))
COUNTS = names(
    "devices process_index process_indices device_count local_device_count process_count host_count host_id host_ids"
)

NO_SIGNATURE = SHARDING_SIGNATURES
SAMPLES: Samples = {
    # Configuration. Below 0.10 a traced flag is set without a check, and some stay set when something fails later.
    **{name: call(False).then(enter).since("0.10.0") for name in names("debug_nans debug_infs disable_jit")},
    **{name: call(False).then(work_inside) for name in FLAGS},
    "jax2tf_associative_scan_reductions": call(False).then(enter).since("0.10.0"),
    **{name: call("allow").then(enter) for name in (*GUARDS, "transfer_guard_host_to_device")},
    "checking_leaks": call(),
    "default_device": call(CPU).then(enter),
    "default_matmul_precision": call("float32").then(enter),
    "default_prng_impl": call("threefry2x32").then(enter),
    "legacy_prng_key": call("allow").then(enter),
    "numpy_dtype_promotion": call("strict").then(enter),
    "numpy_rank_promotion": call("raise").then(enter),
    "spmd_mode": call("allow_all").then(enter),
    "array_garbage_collection_guard": call("allow").then(enter),
    # Memory and devices
    "device_put": [
        call(X),
        call(2.0, CPU, src=CPU, donate=False, may_alias=True).since("0.4.35"),
        call(X, CPU, src=CPU),
    ],
    "device_get": call(X),
    "default_backend": call(),
    "named_call": call(square, name="square").then(on_x),
    "named_scope": call("name").then(enter),
    "block_until_ready": call(X),
    "copy_to_host_async": call(X),
    "reshard": call(X, EXPLICIT),
    "make_mesh": [call((1,), ("i",), devices=[CPU]), call((1,), ("i",), axis_types=AXIS_TYPES).since("0.5.3")],
    **{name: SHARDINGS[name] for name in names("use_abstract_mesh get_abstract_mesh NamedSharding")},
    "P": SHARDINGS["PartitionSpec"],
    # Just-in-time compilation
    "jit": [
        call(power, static_argnums=1, donate_argnums=0).then(lambda f: f(X, 2)),
        call(power, static_argnames="n", donate_argnames="x", keep_unused=True).then(lambda f: f(X, n=2)),
        call(square, in_shardings=SHARDING, out_shardings=SHARDING).then(on_x),
        call(square, device=CPU).then(on_x),
        call(square, backend="cpu", inline=True).then(on_x),
        call(square, compiler_options={"xla_embed_ir_in_executable": True}).then(lambda f: f.lower(X)).since("0.4.38"),
    ],
    "make_jaxpr": [
        call(power, 1, axis_env=[("i", 1)]).then(lambda f: f(X, 2)),
        call(square, return_shape=True).then(on_x),
    ],
    "eval_shape": [call(square, X), call(square, x=X)],
    "ShapeDtypeStruct": [
        call((2, 3), X).then(shape_of),
        call((2, 3), jnp.float32, sharding=SHARDING).then(shape_of),
        call((2, 3), jnp.float32, named_shape={"i": 2}).then(shape_of).until("0.4.35"),
        call((2, 3), jnp.float32, vma=frozenset()).then(shape_of).since("0.6.2").until("0.10.0"),
        call((2, 3), jnp.float32, manual_axis_type=MANUAL).then(shape_of).since("0.10.0"),
    ],
    "ensure_compile_time_eval": call(),
    "xla_computation": call(power, 1, [("i", 1)], backend="cpu", donate_argnums=0).then(lambda f: f(X, 2)),
    # Automatic differentiation
    **{name: [call(square, 0, reduce_axes="").then(on_two), OF_INTEGERS] for name in names("grad value_and_grad")},
    **{name: [call(square, 0).then(on_x), OF_INTEGERS] for name in names("jacobian jacrev")},
    **{name: call(square, 0).then(on_x) for name in names("jacfwd hessian")},
    "jvp": call(square, (X,), (X,)),
    "linearize": [call(square, X), call(square, X, in_nzs=(True,)).since("0.12.0.1")],
    "linear_transpose": call(lambda x: 2 * x, X, reduce_axes="").then(on_x),
    "vjp": [call(square, X, reduce_axes=""), call(square, X, in_nzs=(True,)).since("0.12.0.1")],
    "fwd_and_bwd": call(square, 0).then(lambda pair: pair[1](pair[0](X)[1], X)),
    "custom_gradient": [
        call(lambda x: (x, lambda g: g)).then(on_x),
        call(lambda x: (x, lambda g, accumulator: None), with_accums=ACCUMULATOR).then(grad_at_two).since("0.12.0.1"),
    ],
    "closure_convert": call(square, X),
    "checkpoint": call(power, static_argnums=1, policy=SAVE).then(with_grad),
    "remat": call(power, static_argnums=1, policy=SAVE).then(with_grad),
    # Customization
    "custom_jvp": [
        call(power, (1,)).then(with_jvp),
        call(functools.partial(power), nondiff_argnames=("n",)).then(with_jvp).since("0.6.2"),
    ],
    "custom_vjp": [
        call(power, (1,)).then(with_vjp),
        call(functools.partial(power), nondiff_argnames=("n",)).then(with_vjp).since("0.6.2"),
    ],
    # Arrays
    "make_array_from_callback": [
        call((3,), SHARDING, lambda index: np.arange(3.0)[index]),
        call((3,), SHARDING, lambda index: np.arange(3.0)[index], np.float32).since("0.5.3"),
    ],
    "make_array_from_single_device_arrays": [
        call((3,), SHARDING, [X]),
        call((3,), SHARDING, [X], dtype=np.float32).since("0.5.3"),
    ],
    "typeof": call(X),
    # Mutable references
    "new_ref": call(X).then(lambda ref: ref[...]),
    "empty_ref": call(LIKE_X).then(filled),
    "freeze": call(X),
    "free_ref": call(X),
    "ds": call(1, 2, 1),
    # Vectorization
    "vmap": [
        call(square, 0, 0, axis_name="i").then(on_x).until("0.6.0"),
        call(square, 0, 0, axis_name="i", axis_size=3, spmd_axis_name="j").then(on_x).since("0.6.0"),
        call(square, out_axes=None, sum_match=True).then(on_x).since("0.9.0"),
    ],
    # Parallelization
    "shard_map": call(square, mesh=MESH, in_specs=SPLIT, out_specs=SPLIT, axis_names={"i"}).then(on_x),
    "smap": call(square, in_axes=0, out_axes=0, axis_name="i").then(under_mesh),
    "pmap": [
        call(power, "i", static_broadcasted_argnums=1, axis_size=1, donate_argnums=0).then(
            lambda f: jax.jit(f, static_argnums=1)(ROW, 2)
        ),
        call(square, devices=[CPU]).then(lambda f: jax.jit(f)(ROW)),
        call(square, backend="cpu").then(lambda f: jax.jit(f)(ROW)),
    ],
    **{name: call("cpu") for name in COUNTS},
    "local_devices": [call(0, "cpu"), call(host_id=0)],
    # Callbacks
    "pure_callback": [
        call(square, LIKE_X, X, sharding=jax.sharding.SingleDeviceSharding(CPU)),
        call(square, X, x=X),
        call(square, X, X, vmap_method="sequential").since("0.4.35"),
    ],
    "effects_barrier": call(),
    # Miscellaneous
    "print_environment_info": call(True),
    "live_arrays": call("cpu"),
    "clear_caches": call(),
    # Trees
    **{f"tree_{name}": TREES[name] for name in names("map leaves flatten unflatten structure transpose")},
    "treedef_is_leaf": call(jax.tree.structure(X)),
}
