"""An argument is static and donated at once.

## What it does
Finds an argument that `static_argnames` or `static_argnums` declares static and that `donate_argnames` or
`donate_argnums` donates.

## Why is this bad
A donated argument gives its memory to the result, so it is an array. A static argument is a Python value that the
compiled function is made for. JAX refuses both at once when jit is applied.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("axis",), donate_argnums=(0, 1))
    def normalize(x, axis):
        return x / x.sum(axis, keepdims=True)

    normalize(jnp.ones((2, 3)), 0)

## JAX says

    ValueError: static_argnames and donate_argnames cannot intersect.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("axis",), donate_argnums=(0,))
    def normalize(x, axis):
        return x / x.sum(axis, keepdims=True)

    normalize(jnp.ones((2, 3)), 0)

## What it does not report
- A number that counts from the end and meets one that counts from the start: JAX lets it pass.
- Numbers beside names (`static_argnums` with `static_argnames`), and parameters that are taken by position only: JAX
  compares the names alone.
- Declarations that are computed at runtime.
"""

from __future__ import annotations

from jitlint.faults.declarations import DeclarationFault, DeclarationFaultKind

CODE = "JIT208"
NAME = "static and donated"
RAISES = ("ValueError",)
FAULT = DeclarationFaultKind.DONATED


def problem(fault: DeclarationFault) -> str:
    """Say which argument is both."""
    return f"{fault.given!r} of {fault.function} is static, but {fault.keyword} donates it"


def advice(fault: DeclarationFault) -> str:
    """Return which of the two to keep."""
    return "donate arrays only"
