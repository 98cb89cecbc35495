"""The last part of a message: what to do."""

from __future__ import annotations

from jitlint.dataflow.flows import Flow

_POSITIONS = {
    "jax.pmap": "static_broadcasted_argnums",
    "jax.make_jaxpr": "static_argnums",
    "jax.checkpoint": "static_argnums",
    "jax.remat": "static_argnums",
}
"""Functions that trace, and know static arguments by position only."""
_WITHOUT_STATIC = ("jax.eval_shape",)
"""Functions that trace every argument."""


def for_instances(declare: str, cls: str, hashable: bool) -> str:
    """Return the two ways out where the argument is an instance of a class that is no pytree."""
    if hashable:
        return f"{declare} or register {cls} as a pytree"
    return f"register {cls} as a pytree, or make it hashable and {declare}"


def declare_static(flow: Flow) -> str:
    """Return the declaration that makes the parameter static, beside those that are static already."""
    others = " and ".join(f"{name!r} of {function or 'a function'}" for name, function in flow.through)
    return f"{_declare(flow)}, and {others} too" if others else _declare(flow)


def _declare(flow: Flow) -> str:
    if flow.inside:
        return f"pass this part of {flow.parameter!r} as an argument of its own and declare that static"
    library = flow.site.library
    if library in _WITHOUT_STATIC or library in _POSITIONS and -1 in flow.positions:
        return f"bind {flow.parameter!r} with functools.partial"
    if library in _POSITIONS:
        numbers = ", ".join(str(number) for number in sorted(flow.positions))
        return f"declare {_POSITIONS[library]}=({numbers}{',' if len(flow.positions) == 1 else ''})"
    names = ", ".join(f'"{name}"' for name in (*flow.declared, flow.parameter))
    return f"declare static_argnames=({names}{',' if not flow.declared else ''})"
