"""A call gives a traced argument what is no array, and the jit site or the function is in another file.

## What it does
Finds a call that passes a string, function, class, module or dtype, or an instance of a class of the file that is
visibly no pytree, to an argument that `jax.jit` traces, where the function is jitted in another file of the project, or
jitted here and defined where jitlint does not look. In a file that holds both the jit site and the function, JIT108
says so at the jit site.

## Why is this bad
`jax.jit` traces numbers and arrays, and containers of them. It rejects anything else at the call.

## Example

    import jax
    import jax.numpy as jnp
    from scipy.special import roots_legendre

    nodes = jax.jit(roots_legendre)
    nodes("three")

## JAX says

    TypeError: Error interpreting argument to <function roots_legendre at 0x7f0c5c1f8a40> as an abstract array. The
        problematic value is of type <class 'str'> and was passed to the function at path n.

## Use instead

    import jax
    import jax.numpy as jnp
    from scipy.special import roots_legendre

    nodes = jax.jit(roots_legendre, static_argnums=0)
    nodes(3)

Where the jit site is in another file, declare the argument there.

## What it does not report
- `None`, `IntEnum` and `NamedTuple` values, and `jax.tree_util.Partial`: jit accepts them.
- Calls of functions of other packages, unless `jit-follow` lists them.
- A call whose failure is handled or wanted, as under `pytest.raises`.
"""

from __future__ import annotations

from jitlint.faults.untraceable import UntraceableFault, UntraceableFaultKind
from jitlint.rules.advice import for_instances

CODE = "JIT206"
NAME = "untraceable value"
RAISES = ("TypeError",)
FAULT = UntraceableFaultKind.UNTRACEABLE


def problem(fault: UntraceableFault) -> str:
    """Say which argument gets what."""
    which = f"{fault.argument!r}" if fault.argument else f"argument {fault.number}"
    return f"{which} of {fault.function} is traced by {fault.site.wrapper}, but gets {fault.given}"


def advice(fault: UntraceableFault) -> str:
    """Return where it has to be declared."""
    name = f"static_argnames=({fault.argument!r},)" if fault.argument else f"static_argnums={fault.number - 1}"
    declare = f"declare {name} where jit is applied".replace("'", '"')
    return (
        declare
        if fault.cls is None or not fault.registrable
        else for_instances(declare, fault.cls.name, not fault.unhashable)
    )
