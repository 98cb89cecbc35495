"""A static argument is given what Python can't hash: a list, a dict, a set.

## What it does
Finds a call of a jitted function that gives a static argument a list, dict or set, a comprehension, a tuple with one of
these in it, or an instance of a class of the file that is not hashable: a dataclass that is not frozen, a class with
`__eq__` and without `__hash__`.

## Why is this bad
JAX keeps the compiled function under the values of its static arguments, so it hashes them. It refuses the call.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("widths",))
    def pad(x, widths):
        return jnp.pad(x, widths)

    pad(jnp.ones(3), widths=[1, 2])

## JAX says

    ValueError: Non-hashable static arguments are not supported. An error occurred while trying to hash an object of
        type <class 'list'>, [1, 2]. The error was:
    TypeError: unhashable type: 'list'

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("widths",))
    def pad(x, widths):
        return jnp.pad(x, widths)

    pad(jnp.ones(3), widths=(1, 2))

A class becomes hashable by `@dataclass(frozen=True)`, or by a `__hash__` that agrees with its `__eq__`.

## What it does not report
- A default that no call passes: JAX does not hash it.
- Values that are something else on another path, and what other files make.
- Iterators and generator expressions, `frozenset`, `range`, partials, functions: they are hashable.
- A call whose failure is handled or wanted, as under `pytest.raises`.
- Arrays: that is JIT204.
"""

from __future__ import annotations

from jitlint.faults.arguments import ArgumentFault, ArgumentFaultKind

CODE = "JIT203"
NAME = "unhashable"
RAISES = ("ValueError",)
FAULT = ArgumentFaultKind.UNHASHABLE

_INSTEAD = {"a list": "pass a tuple", "a set": "pass a frozenset", "a dict": "pass a tuple of pairs"}


def problem(fault: ArgumentFault) -> str:
    """Say which argument gets what."""
    return f"{fault.parameter!r} of {fault.function} is static, but gets {fault.given}, which can't be hashed"


def advice(fault: ArgumentFault) -> str:
    """Return what can be hashed."""
    if "instance" in fault.given:
        return "make the class hashable, as by @dataclass(frozen=True)"
    return _INSTEAD.get(fault.given, "pass tuples only")
