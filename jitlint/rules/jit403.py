"""Python branches on the value of an array.

## What it does
Finds `if`, `while`, `assert`, `and`, `or`, `not`, the ternary, a chained comparison, `max`, `min`, `any` and the like
inside a jitted function, where they ask for the truth of an array or of a value that a JAX operation made.

## Why is this bad
Python has to choose one branch while JAX traces the function, and the array has no values then. Static arguments cannot
help: an array cannot be static. The carry of `lax.scan` and the counter of `lax.fori_loop` are always traced, too.

## Example

    import jax
    import jax.numpy as jnp

    @jax.jit
    def clip_gradient(gradient):
        norm = jnp.linalg.norm(gradient)
        if norm > 1.0:
            gradient = gradient / norm
        return gradient

    clip_gradient(jnp.array([3.0, 4.0]))

## JAX says

    TracerBoolConversionError: Attempted boolean conversion of traced array with shape bool[].

That is JAX 0.10.2; JAX 0.4.30 raises the same class. It is a kind of
`ConcretizationTypeError`, the name that texts about JAX often give.

## Use instead

    import jax
    import jax.numpy as jnp

    @jax.jit
    def clip_gradient(gradient):
        norm = jnp.linalg.norm(gradient)
        return jnp.where(norm > 1.0, gradient / norm, gradient)

    clip_gradient(jnp.array([3.0, 4.0]))

- `jnp.where` computes both sides and picks by element; `jax.lax.cond` runs one side.
- `jax.lax.while_loop` for a loop until convergence.
- `&`, `|`, `~` for `and`, `or`, `not`; `jnp.maximum` for `max`; `jnp.any` for `any`.
- `jax.experimental.checkify` for an `assert`, or check outside of jit.

## What it does not report
- Branches on what is known while tracing: `x.ndim == 2`, `x.shape[0] > 1`, `len(x)`, `x.dtype`, `x is None`,
  `isinstance(x, ...)`.
- Branches on a plain argument that could be static (JIT103).
- `for row in x`: iterating an array is fine under jit, its length is known.
- The truth of a tuple, list or dict of arrays: it is the truth of its length.
- Branches in functions that run later with real values, as those given to `jax.debug.callback`.
- Branches under `jax.grad`, `jax.vjp` and `jax.shard_map` outside of jit: they get arrays with values.
"""

from __future__ import annotations

from jitlint.dataflow.flows import Blame, Flow, SinkKind

CODE = "JIT403"
NAME = "array branch"
RAISES = ("TracerBoolConversionError",)

KINDS = (SinkKind.BRANCH,)


def matches(flow: Flow) -> bool:
    """Whether a value that no declaration can make static reaches such a sink."""
    return flow.blame is Blame.ARRAY and flow.sink.kind in KINDS


def advice(flow: Flow) -> str:
    """Return what to write instead."""
    return "use jnp.where, jax.lax.cond or jax.lax.while_loop"
