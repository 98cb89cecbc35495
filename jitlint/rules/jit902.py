"""Static arguments are counted where they could be named.

## What it does
Finds `static_argnums` where `static_argnames` says the same. It is off by default: switch it on with
`--extend-select=JIT902`.

## Why is this bad
A number does not say which argument it means, and it means another one as soon as a parameter is added before it.
JAX does not notice that.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnums=(1,))
    def pad_rows(x, n_rows):
        return jnp.concatenate([x, jnp.zeros((n_rows, x.shape[1]))])

    pad_rows(jnp.ones((2, 3)), 1)

## JAX says

Nothing. Where only one of the two is given, JAX finds the other by the signature of the function, so that both hold
for calls by position and by keyword.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n_rows",))
    def pad_rows(x, n_rows):
        return jnp.concatenate([x, jnp.zeros((n_rows, x.shape[1]))])

    pad_rows(jnp.ones((2, 3)), 1)

## What it does not report
- Numbers of parameters that have no name for callers: positional-only ones, and those that `*args` takes.
- Numbers from the end, where a call may leave arguments out or pass them by keyword only: they count what is passed.
- Functions that are not in sight, or under a decorator of unknown effect.
- Declarations that have both `static_argnums` and `static_argnames`, and functions other than `jax.jit`.
"""

from __future__ import annotations

from jitlint.faults.names_preferred import NumberFaultKind, PreferNames

CODE = "JIT902"
NAME = "prefer names"
RAISES = ()
FAULT = NumberFaultKind.PREFER_NAMES


def problem(fault: PreferNames) -> str:
    """Say which parameters are counted."""
    names = ", ".join(map(repr, fault.names))
    return f"{names} {'is' if len(fault.names) == 1 else 'are'} declared static by number"


def advice(fault: PreferNames) -> str:
    """Return the declaration by name."""
    names = ", ".join(f'"{name}"' for name in fault.names)
    return f"static_argnames=({names}{',' if len(fault.names) == 1 else ''}) says the same"
