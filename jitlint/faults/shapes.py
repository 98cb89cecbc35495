"""Arguments whose shape a loop may change: then each pass compiles, whatever else is done."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import Library
from jitlint.faults.surroundings import Loop, Surroundings, walk
from jitlint.faults.varying import source_of, stores_in
from jitlint.names import dotted

_KEEP_SHAPE = frozenset(
    ["asarray", "array", "float", "int", "abs", "device_put", "key", "PRNGKey", "fold_in", "split", "float32", "int32"]
)
"""Functions whose result has the shape of what they are given, or always the same, by their last word."""
_LIBRARIES = ("jax.", "numpy.")


def shapes_vary(analysis: Analysis, around: Surroundings, call: cst.Call, loop: Loop) -> bool:
    """Whether an argument of a call may have another shape or dtype on each pass of a loop around."""
    seen: set[str] = set()
    waiting: list[tuple[cst.CSTNode, cst.CSTNode]] = [(argument.value, call) for argument in call.args]
    while waiting:
        expression, use = waiting.pop()
        if any(_decides_shape(analysis, around, name, maker, use, loop) for maker, name in _made_of(expression)):
            return True
        for node in walk(expression):
            if isinstance(node, cst.Name) and node.value not in seen:
                seen.add(node.value)
                for store in stores_in(around, node.value, loop, use):
                    # What the call itself makes is carried around the loop: it keeps its shape.
                    if store.value is not None and not around.is_inside(call, store.node):
                        waiting.append((store.value, store.node))
    return False


def _made_of(expression: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, cst.Name]]:
    """Yield the calls and slices in an expression, each with a name that it depends on."""
    for node in walk(expression):
        if isinstance(node, cst.Call):
            for argument in node.args:
                yield from ((node, name) for name in walk(argument.value) if isinstance(name, cst.Name))
        elif isinstance(node, cst.Slice) and (node.lower is None or node.upper is None):
            yield from ((node, name) for name in walk(node) if isinstance(name, cst.Name))


def _decides_shape(
    analysis: Analysis, around: Surroundings, name: cst.Name, maker: cst.CSTNode, use: cst.CSTNode, loop: Loop
) -> bool:
    stores = stores_in(around, name.value, loop, use)
    if not stores or isinstance(maker, cst.Call) and _keeps_shape(maker):
        return False
    if source_of(around, name, use) is not None:
        return isinstance(maker, cst.Slice) or isinstance(maker, cst.Call) and _is_library(analysis, maker)
    return any(isinstance(store.node, (cst.For, cst.CompFor)) for store in stores)


def _keeps_shape(call: cst.Call) -> bool:
    return (dotted(call.func) or "").rpartition(".")[2] in _KEEP_SHAPE


def _is_library(analysis: Analysis, call: cst.Call) -> bool:
    name = dotted(call.func) or ""
    root, _, rest = name.partition(".")
    found = analysis.module.bindings.get(root)
    return found is not None and isinstance(found.form, Library) and f"{found.form.name}.{rest}".startswith(_LIBRARIES)
