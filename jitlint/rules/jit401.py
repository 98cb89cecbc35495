"""A size is computed by a JAX operation inside jit.

## What it does
Finds a shape, a count, a slice bound, the length of a loop or another value that Python needs, where the value was
made by a JAX operation inside a jitted function: `x.reshape(jnp.prod(jnp.array(x.shape)))`, `range(jnp.max(ids))`,
`x[: jnp.minimum(n, 3)]`, `num_segments=jnp.max(ids) + 1`.

## Why is this bad
Inside `jax.jit` the result of every JAX operation is traced, even if its inputs are plain numbers: `jnp.maximum(1, 2)`
has no value while JAX traces the function. The same holds for the result of an inner jitted function. Static arguments
cannot help: the number must be computed by Python.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def flatten(x):
        width = jnp.prod(jnp.array(x.shape[1:]))
        return x.reshape(x.shape[0], width)

    flatten(jnp.ones((2, 3, 4)))

## JAX says

    TypeError: Shapes must be 1D sequences of concrete values of integer type, got (2, JitTracer(int32[])).

That is JAX 0.10.2; JAX 0.4.30 raises a `TypeError` too. Other uses raise other classes: `jnp.arange` and
`num_segments=` a `ConcretizationTypeError`, `range` a `TracerIntegerConversionError`, a slice an `IndexError`,
`lax.top_k` a `TracerBoolConversionError`.

## Use instead

    import math

    import jax
    import jax.numpy as jnp

    @jax.jit
    def flatten(x):
        width = math.prod(x.shape[1:])
        return x.reshape(x.shape[0], width)

    flatten(jnp.ones((2, 3, 4)))

Compute sizes with Python, `math` or NumPy: `max`, `min`, `//`, `math.ceil`, `np.prod`. A size that depends on the
values of an array must come from outside: pass it as a static argument, or give an upper bound, as
`total_repeat_length=`.

## What it does not report
- Sizes that Python, `math` or NumPy computed from `x.shape` or static arguments.
- `jnp.shape(x)`, `jnp.ndim(x)`, `jnp.size(x)`: they return Python numbers.
- Values that were computed inside `jax.ensure_compile_time_eval()`.
- Arrays from outside that no JAX operation has touched: `jnp.zeros(SIZE)` with a global `SIZE = jnp.array(3)`.
- Places where a traced value is fine: the starts of `lax.dynamic_slice`, the bounds of `lax.fori_loop`, `x[i]`.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind

CODE = "JIT401"
NAME = "staged size"
RAISES = (
    "ConcretizationTypeError",
    "IndexError",
    "TracerBoolConversionError",
    "TracerIntegerConversionError",
    "TypeError",
)

KINDS = (SinkKind.SHAPE, SinkKind.LOOP, SinkKind.SLICE, SinkKind.CONCRETE)


def matches(flow: Flow) -> bool:
    """Whether a value that no declaration can make static reaches such a sink."""
    return flow.blame is Blame.ARRAY and flow.sink.kind in KINDS


def advice(flow: Flow) -> str:
    """Return what to write instead."""
    return "make the size with numpy, math or plain Python from shapes and static arguments"
