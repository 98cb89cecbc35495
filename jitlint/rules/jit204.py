"""A static argument is given an array.

## What it does
Finds a call of a jitted function that gives a static argument an array of JAX or NumPy, one without axes included:
`f(x, jnp.array(3))`, `f(x, lengths.max())`, or a tuple with an array in it.

## Why is this bad
JAX hashes static arguments, and arrays can't be hashed. It refuses the call. What an array holds is traced, or
taken out of it before the call.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("length",))
    def mask(x, length):
        return jnp.where(jnp.arange(length) < x, 1, 0)

    lengths = jnp.array([2, 3])
    mask(2, lengths.max())

## JAX says

    ValueError: Non-hashable static arguments are not supported. An error occurred while trying to hash an object of
        type <class 'jaxlib._jax.ArrayImpl'>, 3. The error was:
    TypeError: unhashable type: 'jaxlib._jax.ArrayImpl'

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("length",))
    def mask(x, length):
        return jnp.where(jnp.arange(length) < x, 1, 0)

    lengths = jnp.array([2, 3])
    mask(2, int(lengths.max()))

`int()` waits for the value. JAX compiles once for each value; where none of them sets a shape, trace the argument.

## What it does not report
- Scalars of NumPy (`np.int32(3)`, `np.sum(a)`): they are hashable.
- What may be a scalar or an array of NumPy: `a[0]`, `a + 1`.
- What jit makes inside of jit: a traced value given to a static argument is JIT106.
- What another jitted function gives back: it may be a tree.
"""

from __future__ import annotations

from jitlint.faults.arguments import ArgumentFault, ArgumentFaultKind

CODE = "JIT204"
NAME = "static array"
RAISES = ("ValueError",)
FAULT = ArgumentFaultKind.ARRAY


def problem(fault: ArgumentFault) -> str:
    """Say which argument gets an array."""
    return f"{fault.parameter!r} of {fault.function} is static, but gets {fault.given}"


def advice(fault: ArgumentFault) -> str:
    """Return how the value can be used."""
    return "pass a number, as int(...) gives one, or trace it"
