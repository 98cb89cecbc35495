"""A declaration names no parameter.

## What it does
Finds a name in `static_argnames` (or `donate_argnames`) that is no parameter of the function that jit wraps, or one
that is taken by position only.

## Why is this bad
JAX looks the names up when jit is applied, and refuses one that it does not find. A name that was left behind when the
parameter was renamed stops the import of the module.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("num_rows",))
    def pad_rows(x, n_rows):
        return jnp.concatenate([x, jnp.zeros((n_rows, x.shape[1]))])

    pad_rows(jnp.ones((2, 3)), 1)

## JAX says

    ValueError: Jitted function has invalid argnames {'num_rows'} in static_argnames. Function does not take these args.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n_rows",))
    def pad_rows(x, n_rows):
        return jnp.concatenate([x, jnp.zeros((n_rows, x.shape[1]))])

    pad_rows(jnp.ones((2, 3)), 1)

A parameter before a `/` has no name for callers: count it, `static_argnums=(0,)`.

## What it does not report
- Any name but those taken by position only, where the function takes `**kwargs`: the argument may come that way.
- A parameter that `functools.partial` has bound by keyword: it can still be named.
- A function that is not in sight, or one under a decorator of unknown effect, which may show another signature.
- A method of `self` that is abstract, that a class of the file overrides, or that is assigned somewhere.
- A name that is bound twice, once under a condition; a list of names that something is removed from.
- A refusal that the program expects: inside `try` with a handler for ValueError, or `pytest.raises`.
"""

from __future__ import annotations

from jitlint.faults.declarations import DeclarationFault, DeclarationFaultKind

CODE = "JIT201"
NAME = "bad name"
RAISES = ("ValueError",)
FAULT = DeclarationFaultKind.NAME


def problem(fault: DeclarationFault) -> str:
    """Say which name is none of the parameters."""
    if fault.by_position_only:
        return f"{fault.keyword} names {fault.given!r}, which {fault.function} takes by position only"
    return f"{fault.keyword} names {fault.given!r}, but {fault.function} has no such parameter"


def advice(fault: DeclarationFault) -> str:
    """Return the nearest name, or all of them."""
    if fault.by_position_only:
        return f"use {fault.keyword.replace('names', 'nums')}"
    if fault.nearest:
        return f"did you mean {fault.nearest}?"
    if not fault.parameters:
        return "it has no parameter that can be named"
    return f"it has {', '.join(map(repr, fault.parameters))}"
