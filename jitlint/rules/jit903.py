"""A static argument that nothing needs to be static.

## What it does
Finds a number that is declared static, where each use of it would take a traced number as well. It is off by default:
switch it on with `--extend-select=JIT903`.

## Why is this bad
`jax.jit` compiles once for each value of a static argument. For a learning rate or a temperature that changes, this is
a compilation each time, which costs much more than what is saved.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("rate",))
    def step(params, grads, rate):
        return params - rate * grads

    for epoch in range(3):
        step(jnp.ones(3), jnp.ones(3), 0.1 / (epoch + 1))

## JAX says

Nothing. It compiles `step` three times; `JAX_LOG_COMPILES=1` shows it.

## Use instead

    import jax
    import jax.numpy as jnp

    @jax.jit
    def step(params, grads, rate):
        return params - rate * grads

    for epoch in range(3):
        step(jnp.ones(3), jnp.ones(3), 0.1 / (epoch + 1))

## What it does not report
- An argument that goes where jitlint can not follow: into an unknown function, an attribute, a container, a string, an
  inner function other than the body of a `scan`, `vmap` and the like.
- What no annotation, default or call in sight shows to be a number, and what is not used at all.
- Exponents, indices, shifts and what chooses a branch of `lax.cond`: JAX makes faster code where it knows them.
- A site with `in_shardings`, which counts the arguments that are traced.

Arithmetic of Python numbers alone (`1 - rate`) is done in 64 bits while the argument is static, and in 32 bits once it
is traced.
"""

from __future__ import annotations

from jitlint.faults.needless import NeedlessFaultKind, NeedlessStatic

CODE = "JIT903"
NAME = "needless static"
RAISES = ()
FAULT = NeedlessFaultKind.NEEDLESS


def problem(fault: NeedlessStatic) -> str:
    """Say which parameter is static in vain."""
    return f"{fault.parameter!r} of {fault.function} is static, but nothing needs its value"


def advice(fault: NeedlessStatic) -> str:
    """Return what to leave out, and why."""
    return "trace it, so that its values share one compilation"
