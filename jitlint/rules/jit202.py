"""A declaration counts past the parameters.

## What it does
Finds a number in `static_argnums` (or `donate_argnums`) that is no position of a parameter: too high, too far below
zero, or one that points at a keyword-only parameter. A bound method does not count `self`, a function in a class body
does; what `functools.partial` has bound is not counted.

## Why is this bad
JAX counts the positional parameters when jit is applied, and refuses a number that it can't place. A parameter that was
removed, or a method that became a function, stops the import of the module.

## Example

    import jax
    import jax.numpy as jnp

    class Padding:
        def apply(self, x, width):
            return jnp.pad(x, width)

    apply = jax.jit(Padding().apply, static_argnums=(2,))
    apply(jnp.ones(3), 1)

## JAX says

    ValueError: Jitted function has static_argnums=(2,), but only accepts 2 positional arguments.

## Use instead

    import jax
    import jax.numpy as jnp

    class Padding:
        def apply(self, x, width):
            return jnp.pad(x, width)

    apply = jax.jit(Padding().apply, static_argnames=("width",))
    apply(jnp.ones(3), 1)

A name does not shift when parameters come and go.

## What it does not report
- Any number, where the function takes `*args`.
- Negative numbers that stay within the parameters: they count from the end.
- A function that is not in sight, or one under a decorator of unknown effect, which may show another signature.
- What may be another function, or is expected to fail, as for JIT201.
"""

from __future__ import annotations

from jitlint.faults.declarations import DeclarationFault, DeclarationFaultKind

CODE = "JIT202"
NAME = "bad number"
RAISES = ("ValueError",)
FAULT = DeclarationFaultKind.NUMBER


def problem(fault: DeclarationFault) -> str:
    """Say which number is no position."""
    count = len(fault.parameters)
    takes = f"{count} positional argument{'' if count == 1 else 's'}"
    hidden = f" ({fault.hidden} is not counted)" if fault.hidden else ""
    return f"{fault.keyword} has {fault.given}, but {fault.function} takes {takes}{hidden}"


def advice(fault: DeclarationFault) -> str:
    """Return the names to declare instead."""
    names = fault.keyword.replace("nums", "names")
    if fault.nearest:
        return f'declare {names}=("{fault.nearest}",)'
    if not fault.parameters:
        return f"declare {names}"
    return f"declare {names}, out of {', '.join(map(repr, fault.parameters))}"
