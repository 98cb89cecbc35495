"""A traced argument sets a shape.

## What it does
Finds an argument of a jitted function that JAX would trace, but that sets a shape or a size: in `jnp.zeros`,
`jnp.tile`, `jnp.arange`, `x.reshape`, `jnp.repeat`, `jax.random.normal` and other functions that make or shape an
array.

## Why is this bad
`jax.jit` compiles a function for fixed shapes. A traced argument has no value while JAX traces the function, so no
shape can depend on it. The program fails at the first call.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def repeat(x, n):
        out = jnp.zeros((n * x.shape[0],))
        for i in range(n):
            out = out.at[i * x.shape[0] : (i + 1) * x.shape[0]].set(x)
        return out

    repeat(jnp.array([7.0, 8.0]), 2)

## JAX says

    TypeError: Shapes must be 1D sequences of concrete values of integer type, got (JitTracer(~int32[]),).

That is JAX 0.10.2, which raises a plain `TypeError` for `jnp.zeros`, `jnp.tile` and `x.reshape`. Texts about JAX
often name `ConcretizationTypeError`; it is raised for `jnp.arange`, `jnp.linspace` and `jnp.repeat`. Other versions
differ: JAX 0.4.30 raises `TracerArrayConversionError` for `jnp.tile`.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n",))
    def repeat(x, n):
        return jnp.tile(x, n)

    repeat(jnp.array([7.0, 8.0]), 2)

JAX compiles once for each value of a static argument. It must be hashable: a number or a tuple, not an array.

## What it does not report
- Sizes that come from `x.shape`, `x.ndim`, `x.size` or `len(x)`: they are numbers while tracing.
- Traced values where JAX accepts them: the fill value of `jnp.full`, the start of `lax.dynamic_slice`, the `k` of
  `jnp.eye(4, k=k)`.
- Code behind `isinstance(n, int)`: a traced argument is no `int`, so this code does not run.
- A size that a JAX operation made inside jit (JIT401): a static argument cannot help there.
- A default that no call in sight passes (JIT901).
- `jax.grad(f)(x, n)`, `jax.vjp(f, x, n)` and `jax.shard_map(f, ...)(x, n)` outside of jit: `n` keeps its value there.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind
from jitlint.rules.advice import declare_static

CODE = "JIT101"
NAME = "shape"
RAISES = ("TypeError", "ConcretizationTypeError")

advice = declare_static


def matches(flow: Flow) -> bool:
    """Whether a traced parameter reaches such a sink."""
    return flow.blame is Blame.PARAMETER and flow.sink.kind is SinkKind.SHAPE
