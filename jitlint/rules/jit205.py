"""An argument is declared static by name only, or by number only, and passed the other way.

## What it does
Finds a jit site that has both `static_argnames` and `static_argnums`, with a call in the file that passes an argument
by position where only its name is declared, or by keyword where only its number is. The argument is traced there, and
its value is needed.

## Why is this bad
Where only one of the two is given, JAX finds the other by the signature of the function. Where both are given, even
as an empty tuple, it takes them literally: a name is static when it is passed by keyword, a number when it is passed
by position.

## Example

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnums=(1,), static_argnames=("axis",))
    def pad_rows(x, n_rows, axis):
        shape = list(x.shape)
        shape[axis] = n_rows
        return jnp.concatenate([x, jnp.zeros(shape)], axis)

    pad_rows(jnp.ones((2, 3)), 1, 0)

## JAX says

    TracerIntegerConversionError: The __index__() method was called on traced array with shape int32[]

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    @partial(jax.jit, static_argnames=("n_rows", "axis"))
    def pad_rows(x, n_rows, axis):
        shape = list(x.shape)
        shape[axis] = n_rows
        return jnp.concatenate([x, jnp.zeros(shape)], axis)

    pad_rows(jnp.ones((2, 3)), 1, 0)

## What it does not report
- A declaration that is only half, where no call in the file passes the argument the other way, or where nothing needs
  its value: it is traced then, and works.
- `None` for one of the two: that is as if it were not given.
- A call whose error the program handles or wants.
- Declarations of functions that apply jit in their own way (`jit-wrappers`).
"""

from __future__ import annotations

from jitlint.faults.half_declared import HalfDeclared, HalfDeclaredKind

CODE = "JIT205"
NAME = "half declared"
RAISES = ("TypeError", "ConcretizationTypeError", "IndexError", "ValueError")
FAULT = HalfDeclaredKind.TRACED


def problem(fault: HalfDeclared) -> str:
    """Say how the argument is declared, how it is passed, and what needs it."""
    declared, passed = ("name", "position") if fault.by_position else ("number", "keyword")
    return (
        f"{fault.parameter!r} is declared static by {declared} only: passed by {passed} it is traced by "
        f"{fault.site.wrapper} but {fault.phrase}"
    )


def advice(fault: HalfDeclared) -> str:
    """Return the declaration that holds for both ways."""
    if not fault.together:
        return "declare it by name and by number"
    names = ", ".join(f'"{name}"' for name in fault.together)
    return f"declare static_argnames=({names}{',' if len(fault.together) == 1 else ''}) alone"
