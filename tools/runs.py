"""Runs of one call under jit: what kind of thing it returns, in the words of the stubs, and whether it compiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import jax

from tests.models.claims import Call
from tests.models.trial import error_of

FUNCTION = "a function"
"""What stands for the kind of a result that is called later."""

_ARGUMENT = "an argument"


def result_under_jit(function: Callable[..., Any], call: Call, traced: Iterable[int | str]) -> str:
    """The kind of the result: with all arguments static, and where that is no news with these traced."""
    static = _kind_under_jit(function, call, ())
    if static != "Concrete":
        return static
    kind = _kind_under_jit(function, call, traced)
    return kind if kind in ("Concrete", "") else "Derived"


def returns_of(kinds: list[str]) -> str:
    """The return annotation of a function whose calls gave results of these kinds."""
    found = set(kinds) - {_ARGUMENT}
    if len(found) == 1 and "" not in found:
        return found.pop()
    if not found or found & {"", "Concrete", "Derived", "Unknown", FUNCTION}:
        return "Unknown"
    if found == {"Array", "Mask"}:
        return "Array"
    if all(kind.startswith("tuple[") and set(_items(kind)) == {"Array"} for kind in found):
        return "tuple[Array, ...]"
    return "Tree"


def _items(kind: str) -> list[str]:
    return kind.removeprefix("tuple[").removesuffix("]").split(", ")


def lowers(function: Callable[..., Any], call: Call) -> bool:
    """Whether a call with static arguments can be compiled, not only traced."""

    def body() -> list[Any]:
        result = function(*call.args, **call.kwargs)
        return [leaf for leaf in jax.tree.leaves(result) if isinstance(leaf, jax.core.Tracer)]

    return not error_of(lambda: jax.jit(body).lower())


def _kind_under_jit(function: Callable[..., Any], call: Call, traced: Iterable[int | str]) -> str:
    """The kind of the result; empty where the call raises."""
    values = dict(enumerate(call.args)) | dict(call.kwargs)
    slots = list(traced)
    kinds = [""]

    def body(inputs: list[Any]) -> tuple[()]:
        given = values | dict(zip(slots, inputs, strict=True))
        args = [given[place] for place in range(len(call.args))]
        result = function(*args, **{name: given[name] for name in call.kwargs})
        same = isinstance(result, jax.Array) and any(result is value for value in values.values())
        kinds.append(_ARGUMENT if same else _kind_of(result))
        return ()

    error = error_of(lambda: jax.make_jaxpr(body)([values[slot] for slot in slots]))
    return "" if error else kinds[-1]


def _kind_of(result: Any) -> str:
    if callable(result) and not isinstance(result, type):
        return FUNCTION
    if isinstance(result, jax.core.Tracer):
        return "Mask" if getattr(result, "dtype", None) == bool else "Array"
    leaves = jax.tree.leaves(result)
    traced = [isinstance(leaf, jax.core.Tracer) for leaf in leaves]
    if not any(traced):
        return "Concrete"
    if not all(traced):
        return "Unknown"
    if isinstance(result, tuple) and len(result) <= 5:
        return f"tuple[{', '.join(map(_kind_of, result))}]"
    if isinstance(result, list) and all(isinstance(item, jax.core.Tracer) for item in result):
        return "list[Array]"
    return "Tree"
