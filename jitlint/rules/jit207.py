"""A static argument that sets a shape is given a float.

## What it does
Finds a call of a jitted function that gives a float to a static argument, where the body uses it as a size, the length
of a loop or the bound of a slice: `f(x, 3.0)`, `f(x, 2 * 1.5)`, `f(x, len(xs) / 2)`, `f(x, math.sqrt(4))`.

## Why is this bad
Python and JAX take whole numbers only for a size, be they as whole as 3.0. The call fails while JAX traces the body.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n",))
    def grid(x, n):
        return x * jnp.ones((n, 2))

    points = [1, 2, 3, 4]
    grid(2.0, len(points) / 2)

## JAX says

    TypeError: Shapes must be 1D sequences of concrete values of integer type, got (2.0, 2).

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n",))
    def grid(x, n):
        return x * jnp.ones((n, 2))

    points = [1, 2, 3, 4]
    grid(2.0, len(points) // 2)

## What it does not report
- A body that makes a whole number of it: `int(n)`, `round(n)`.
- Functions that take floats: `jnp.arange(n)`, `jnp.tile(x, n)`, windows.
- A body that the call, by its other static arguments, does not come to.
- A division of something that is not visibly a number.
"""

from __future__ import annotations

from jitlint.faults.arguments import ArgumentFault, ArgumentFaultKind

CODE = "JIT207"
NAME = "float size"
RAISES = ("TypeError",)
FAULT = ArgumentFaultKind.FLOAT


def problem(fault: ArgumentFault) -> str:
    """Say which argument gets a float, and what becomes of it."""
    return f"{fault.parameter!r} of {fault.function} {fault.use}, but gets {fault.given}"


def advice(fault: ArgumentFault) -> str:
    """Return what a size must be."""
    return "pass an int"
