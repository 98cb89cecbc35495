"""A traced argument bounds a slice, or is an index into a Python list.

## What it does
Finds an argument of a jitted function that JAX would trace, but that bounds a slice, as `x[:n]`, `x[..., n:]`,
`x.at[:n]` and `lax.slice_in_dim(x, 0, n)`, or that is an index into a Python list or tuple, as `steps[n]` and
`x.shape[n]`.

## Why is this bad
A slice sets the shape of its result, and `jax.jit` compiles a function for fixed shapes. A Python list is no array:
it needs the index at once, while JAX traces the function and the argument has no value.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def prefix_mean(x, n):
        return x[:n].mean()

    prefix_mean(jnp.arange(6.0), 4)

## JAX says

    IndexError: Slice entries must be static integers. Got slice(None, JitTracer(~int32[]), None) at position 0

That is JAX 0.10.2. JAX 0.4.30 raises an `IndexError` with another text; older texts name `ConcretizationTypeError`.
An index into a list or tuple, and a slice of one, is a `TracerIntegerConversionError`.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n",))
    def prefix_mean(x, n):
        return x[:n].mean()

    prefix_mean(jnp.arange(6.0), 4)

Where only the start varies, leave it traced and use `lax.dynamic_slice_in_dim`, which takes a traced start and a
static length. Where the length varies, a mask does it: `jnp.mean(x, where=jnp.arange(x.shape[0]) < n)`. Make an
array of the list that a traced index looks into: `jnp.array(steps)[n]`.

## What it does not report
- `x[n]` and `x.at[n]`, for an array x: an index may be traced.
- `jnp.take(x, n)` and the starts of `lax.dynamic_slice`.
- Bounds that come from `x.shape` or `len(x)`.
- An index into a dict (JIT108): it needs the hash.
- A default that no call in sight passes (JIT901).
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT105"
NAME = "slice"
RAISES = ("IndexError", "TracerIntegerConversionError")

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.SLICE
