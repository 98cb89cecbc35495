"""The last part of a message: what to do."""

from __future__ import annotations

from jitlint.dataflow.flows import Flow


def for_instances(declare: str, cls: str, hashable: bool) -> str:
    """Return the two ways out where the argument is an instance of a class that is no pytree."""
    if hashable:
        return f"{declare} or register {cls} as a pytree"
    return f"register {cls} as a pytree, or make it hashable and {declare}"


def declare_static(flow: Flow) -> str:
    """Return the declaration that makes the parameter static, beside those that are static already."""
    if flow.inside:
        return f"pass this part of {flow.parameter!r} as an argument of its own and declare that static"
    names = ", ".join(f'"{name}"' for name in (*flow.declared, flow.parameter))
    return f"declare static_argnames=({names}{',' if not flow.declared else ''})"
