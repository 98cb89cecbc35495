"""The size of a result depends on the values of an array.

## What it does
Finds calls inside a jitted function whose result has a size that only the values tell: `jnp.nonzero`, `jnp.unique`,
`jnp.where` with one argument, `jnp.argwhere`, `jnp.flatnonzero`, `jnp.bincount`, `jnp.setdiff1d`, `jnp.intersect1d`,
without `size=` or `length=`, and an index that is a boolean mask: `x[x > 0]`, `x.at[x > 0].set(0.0)`.

## Why is this bad
`jax.jit` compiles a function for fixed shapes. How many elements are positive is not known while JAX traces the
function. Static arguments cannot help: an array cannot be static.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def mean_of_positive(x):
        return x[x > 0].mean()

    mean_of_positive(jnp.array([1.0, -2.0, 3.0]))

## JAX says

    NonConcreteBooleanIndexError: Array boolean indices must be concrete; got bool[3]

That is JAX 0.10.2; JAX 0.4.30 raises the same class. The functions raise `ConcretizationTypeError`, but
`jnp.compress` and `jnp.extract` raise `TracerBoolConversionError`.

## Use instead

    import jax
    import jax.numpy as jnp

    @jax.jit
    def mean_of_positive(x):
        return jnp.mean(x, where=x > 0)

    mean_of_positive(jnp.array([1.0, -2.0, 3.0]))

- Reduce with `where=`, or keep the shape: `jnp.where(mask, x, 0.0)`.
- Give an upper bound: `jnp.nonzero(x, size=8, fill_value=-1)`, `jnp.unique(x, size=8)`, `jnp.bincount(x, length=8)`.
- Update by `x = jnp.where(mask, new, x)` instead of `x.at[mask].set(new)`.

## What it does not report
- Calls with `size=` (`jnp.bincount` with `length=`), and `jnp.where` with three arguments.
- `jnp.isin`, `jnp.digitize`, `jnp.select`: their results have known sizes.
- An index that is an array of integers: `x[indices]`.
- A mask from outside jit that no JAX operation has touched: it has its values.
- NumPy functions on static values: `np.nonzero(MASK)`.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind

CODE = "JIT402"
NAME = "unknown size"
RAISES = ("ConcretizationTypeError", "NonConcreteBooleanIndexError", "TracerBoolConversionError")

KINDS = (SinkKind.UNKNOWN_SIZE,)


def matches(flow: Flow) -> bool:
    """Whether a value that no declaration can make static reaches such a sink."""
    return flow.blame is Blame.ARRAY and flow.sink.kind in KINDS


def advice(flow: Flow) -> str:
    """Return what to write instead."""
    return "give size=, or keep the shape with jnp.where"
