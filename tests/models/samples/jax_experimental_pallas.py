"""Sample calls of jax.experimental.pallas: in interpreted kernels, and where there is none, traced only."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import pallas as pl
from jax.experimental.pallas import tpu
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from tests.models.claims import Samples, call, call_for_needs
from tests.models.samples import names
from tests.models.samples.inside import in_kernel, module_with

X = jnp.arange(8.0)
SQUARE = jnp.ones((4, 4))
OUT = jax.ShapeDtypeStruct((8,), jnp.float32)
INT = jnp.arange(8)


def add_one(x_ref: Any, o_ref: Any, *_: Any) -> None:
    """A kernel."""
    o_ref[...] = x_ref[...] + 1


def add(x: Any, y: Any = 1) -> Any:
    """What is lowered."""
    return x + y


def block(i: Any) -> Any:
    """Where a block begins, counted in blocks."""
    return (i,)


def ignore(*_: Any, **__: Any) -> None:
    """A body without effect."""


def on_x(function: Any) -> Any:
    """Call the kernel."""
    return function(X)


def spec(shape: Any = (4,), **options: Any) -> Any:
    """The blocks of a vector of 8."""
    return pl.BlockSpec(block_shape=shape, index_map=block, **options)


def as_input(given: Any) -> Any:
    """Use a block specification."""
    return pl.pallas_call(add_one, OUT, grid=(2,), in_specs=[given], out_specs=spec(), interpret=True)(X)


def as_grid(given: Any) -> Any:
    """Use a grid specification."""
    return pl.pallas_call(add_one, OUT, grid_spec=given, interpret=True)(X)


def as_size(given: Any) -> Any:
    """Use the size of a block."""
    return as_input(spec((given,)))


def as_pipeline(given: Any) -> Any:
    """Use a way to buffer."""
    return as_input(spec(pipeline_mode=given))


def as_slice(given: Any) -> Any:
    """Use the size of a slice."""
    sliced = pl.BlockSpec(block_shape=(given,), index_map=lambda i: (pl.ds(i * 4, 4),))
    return as_input(sliced)


def as_scratch(given: Any) -> Any:
    """Use memory of a kind and size."""
    return pl.pallas_call(add_one, OUT, scratch_shapes=[given], interpret=True)(X)


def last(*given: Any) -> Any:
    """The body of a loop that gives back what it carries."""
    return given[0] + given[-1] if len(given) > 1 else None


def in_kernel_with_semaphore(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call a function of a semaphore; the sample gives something else in its place."""

    @functools.wraps(function)
    def inside(_: Any, *args: Any, **kwargs: Any) -> Any:
        return pl.run_scoped(lambda semaphore: function(semaphore, *args, **kwargs), tpu.SemaphoreType.REGULAR)

    return in_kernel(inside)


SCRATCH = tpu.VMEM((8,), jnp.float32)
EVERYWHERE = NamedSharding(Mesh(np.array(jax.devices()[:1]), ("i",)), PartitionSpec())
LOGICAL = pl.DeviceIdType.LOGICAL if hasattr(pl, "DeviceIdType") else None
CORE = tpu.create_tensorcore_mesh("core", num_cores=1) if hasattr(tpu, "create_tensorcore_mesh") else None
ATOMICS = names("atomic_add atomic_and atomic_max atomic_min atomic_or atomic_xchg atomic_xor")
OWNER = pl
for wrap, functions in {
    in_kernel: "program_id num_programs multiple_of max_contiguous cdiv align_to broadcast_to dot reciprocal "
    "debug_print "
    "debug_check delay empty_like empty_ref_like get_global run_scoped",
    functools.partial(in_kernel, references=(0,)): f"load store swap atomic_cas {' '.join(ATOMICS)}",
    functools.partial(in_kernel, references=(1, 2), use=lambda ref: ref.at[0:2]): "select_ref",
    functools.partial(in_kernel, use=lambda decorate: decorate(last)): "when loop",
    functools.partial(in_kernel, use=lambda decorate: decorate(ignore)()): "with_scoped",
    in_kernel_with_semaphore: "semaphore_read semaphore_signal semaphore_wait",
}.items():
    OWNER = module_with(OWNER, wrap, names(functions))

WHOLE = [
    call(add_one, OUT, interpret=True, debug=False).then(on_x),
    call(
        add_one, OUT, grid=(2,), in_specs=[spec()], out_specs=spec(), interpret=True, input_output_aliases={0: 0}
    ).then(on_x),
]
SAMPLES: Samples = {
    # Kernels
    "kernel": call(add_one, OUT, mesh=CORE, metadata={"a": "b"}, name="name", scratch_types=[SCRATCH]).then(on_x),
    "core_map": [
        call(CORE, name="name").then(lambda decorate: decorate(ignore)),
        call(CORE, metadata={"a": "b"}).then(lambda decorate: decorate(ignore)).since("0.8.0"),
        call(CORE, scratch_shapes=[SCRATCH]).then(lambda decorate: decorate(ignore)).since("0.10.0"),
    ],
    "estimate_cost": [call(lambda x: x + 1, X), call(functools.partial(add), X, y=X)],
    "lower_as_mlir": [
        call(lambda x: x + 1, X),
        call(functools.partial(add), X, y=X),
        call(functools.partial(add), X, static_argnames=("y",)).since("0.6.0"),
        call(functools.partial(add), X, platforms=("cpu",)).since("0.7.0"),
    ],
    "pallas_export_experimental": call(True),
    # Blocks and grids
    "Squeezed": call(),
    "Blocked": call(4).then(as_size),
    "BoundedSlice": call(4).then(as_slice),
    "Buffered": call(2).then(as_pipeline),
    "Element": [call(4).then(as_size), call(4, (0, 0)).then(as_size)],
    "Indirect": call(4).then(as_size),
    "CostEstimate": call(1, 2, 3),
    # The place in the grid
    "program_id": call(0),
    "num_programs": call(0),
    # Indices and sizes
    "ds": [call(0, 4), call(0, 4, 2)],
    "Slice": [call(0, 4), call(0, 4, 2)],
    "cdiv": call(8, 3),
    "align_to": call(7, 8),
    "multiple_of": call(8, 8),
    "max_contiguous": call(8, 8),
    "next_power_of_2": call(5),
    "strides_from_shape": call((2, 3)),
    # Control flow
    "when": call(True),
    "loop": [call(0, 3), call(0, 3, init_carry=1, step=1).since("0.10.0")],
    "run_scoped": [call(ignore, SCRATCH), call(ignore, scratch=SCRATCH, collective_axes=("i",)).since("0.6.2")],
    "with_scoped": [call(SCRATCH), call(scratch=SCRATCH, collective_axes=("i",))],
    "run_state": call(ignore),
    # Reading and writing references
    "load": [call(X, (0,)), call(X, (slice(0, 8),), mask=X > 2, other=1.0)],
    "store": [call(X, (0,), 1.0), call(X, (slice(0, 8),), X, mask=X > 2)],
    "swap": [call(X, (0,), 1.0), call(X, (slice(0, 8),), X, mask=X > 2)],
    "select_ref": call(jnp.array(0), X, X),
    "atomic_cas": call(jnp.array(0), 0, 1),
    **{
        name: [call_for_needs(INT, (0,), 1), call_for_needs(INT, (slice(0, 8),), INT, mask=INT > 2)] for name in ATOMICS
    },
    # Arrays
    "broadcast_to": call(X, (2, 8)),
    "dot": call(SQUARE, SQUARE),
    "empty": [call((2, 3), jnp.float32), call((2, 3), jnp.float32, out_sharding=EVERYWHERE).since("0.8.0")],
    "empty_ref_like": call(OUT),
    "get_global": call(SCRATCH),
    "empty_like": [call(X).since("0.8.0"), call(X, interpret=True).until("0.8.0")],
    "reciprocal": call_for_needs(X),
    # Semaphores
    "semaphore_read": call_for_needs(0),
    "semaphore_signal": call_for_needs(0, 1, device_id=0, device_id_type=LOGICAL, core_index=0),
    "semaphore_wait": call_for_needs(0, 1),
    # Debugging
    "debug_check": call(True, "message"),
    "debug_checks_enabled": call(),
    "debug_print": call("{}", X[0]),
    "delay": call_for_needs(10),
    "enable_debug_checks": call(True),
    "enable_poison_buffers": call(True),
}

if hasattr(pl, "GridSpec"):
    SAMPLES["BlockSpec"] = [
        call((4,), block).then(as_input),
        call((4,), block, memory_space=pl.ANY).then(as_input),
    ]
    SAMPLES["GridSpec"] = [
        call((2,), [spec()], spec()).then(as_grid),
        call((2,), [spec()], spec(), [SCRATCH]).then(as_grid),
    ]
    SAMPLES["pallas_call"] = [
        *WHOLE,
        call(add_one, OUT, scratch_shapes=[SCRATCH], interpret=True, name="name").then(on_x),
        call(add_one, OUT, grid_spec=pl.GridSpec((2,), [spec()], spec()), interpret=True).then(on_x),
        call(add_one, OUT, interpret=True, cost_estimate=pl.CostEstimate(1, 2, 3)).then(on_x),
        call(add_one, OUT, interpret=True, metadata={"a": "b"}).then(on_x).since("0.7.0"),
        call(add_one, OUT, interpret=True, backend="mosaic_tpu").then(on_x).until("0.10.0"),
    ]
    SAMPLES["ANY"] = call((8,), jnp.float32).then(as_scratch).since("0.8.0")
    SAMPLES["MemoryRef"] = call((8,), jnp.float32, pl.ANY).then(as_scratch).until("0.8.0")
else:
    SAMPLES["BlockSpec"] = [
        call(block, (4,)).then(as_input),
        call(block, (4,), tpu.ANY, pl.Unblocked()).then(as_input),
    ]
    SAMPLES["pallas_call"] = [
        *WHOLE,
        call(add_one, OUT, interpret=True, name="name").then(on_x),
    ]
if hasattr(pl, "kernel"):
    SAMPLES["MemoryRef"] = call(jax.core.ShapedArray((8,), jnp.float32), pl.ANY).then(as_scratch)
FLOOR = 0.95
NO_SIGNATURE = {"ANY": "as a member of an enumeration it shows another one"}
