"""A method under jit traces `self`, and its class is no pytree.

## What it does
Finds a method under `jax.jit` whose `self` (or `cls`) is not declared static, in a class that is visibly no pytree.

## Why is this bad
`self` is an argument as any other. JAX takes arrays, numbers and pytrees, and refuses an instance of any other class:
the first call fails, whatever the method does.

## Example

    import jax
    import jax.numpy as jnp

    class Scaler:
        def __init__(self, factor):
            self.factor = factor

        @jax.jit
        def apply(self, x):
            return self.factor * x

    Scaler(2.0).apply(jnp.ones(3))

## JAX says

    TypeError: Error interpreting argument to <function Scaler.apply at 0x> as an abstract array.

## Use instead

    from functools import partial

    import jax
    import jax.numpy as jnp

    class Scaler:
        def __init__(self, factor):
            self.factor = factor

        @partial(jax.jit, static_argnames=("self",))
        def apply(self, x):
            return self.factor * x

    Scaler(2.0).apply(jnp.ones(3))

A static `self` is compared by its hash: what is compiled keeps the attributes that it saw first. Where they change,
register the class as a pytree (`jax.tree_util.register_dataclass`), or keep a function of the attributes under jit.

## What it does not report
- A class that the file registers, in whatever way, or that it hands to a function which might.
- A class with a base, decorator or metaclass that is not in sight or not of Python itself, or with a method like
  `tree_flatten`.
- A class that is made to be derived from, or one with a derived class in the file that may be a pytree; unless the
  file calls the method of an instance that it has made itself.
- A function that the class only holds: one without `self`, which no call takes from an instance.
- `jax.jit(model.method)`: a bound method does not pass `self`.
"""

from __future__ import annotations

from jitlint.faults.receivers import ReceiverFaultKind, TracedReceiver

CODE = "JIT303"
NAME = "traced self"
RAISES = ("TypeError",)
FAULT = ReceiverFaultKind.TRACED


def problem(fault: TracedReceiver) -> str:
    """Say what is traced, and why JAX refuses it."""
    if fault.cls is None:
        return f"{fault.parameter!r} is traced by {fault.site.wrapper} but is a class, {fault.owner.name}"
    return (
        f"{fault.parameter!r} is traced by {fault.site.wrapper} but is an instance of {fault.owner.name}, "
        "which is no pytree"
    )


def advice(fault: TracedReceiver) -> str:
    """Return the declaration that makes it static, where its instances can be, and the other way out."""
    register = f"register {fault.owner.name} as a pytree"
    if not fault.hashable:
        return register
    names = ", ".join(f'"{name}"' for name in (fault.parameter, *fault.static))
    declare = "declare static_argnums=(0,)"
    if not fault.by_position_only:
        declare = f"declare static_argnames=({names}{'' if fault.static else ','})"
    return declare if fault.cls is None else f"{declare} or {register}"
