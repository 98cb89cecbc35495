"""Comprehensions: item by item where the items are in sight, else over what may be any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import libcst as cst

from jitlint.dataflow.assignment import Evaluate, assign
from jitlint.dataflow.containers import elements, items_in_order, mixes_places
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.guards import narrow, truth
from jitlint.dataflow.lattice import display, folded, join_all
from jitlint.dataflow.sinks import reach, reach_truth
from jitlint.dataflow.state import MAX_UNROLLED, Scope
from jitlint.dataflow.values import Display, Mapping, SinkKind, Value

Made = TypeVar("Made")


def run_comprehension(scope: Scope, node: cst.ListComp | cst.SetComp | cst.GeneratorExp, evaluate: Evaluate) -> Value:
    """Return what a list or a set comprehension makes, or a generator expression gives."""
    kind = "set" if isinstance(node, cst.SetComp) else "list"
    certain = not isinstance(node, cst.GeneratorExp)
    inner = scope.child(Frame(scope.frame, transparent=True))
    made = _item_by_item(inner, node.for_in, lambda: evaluate(inner, node.elt), MAX_UNROLLED, evaluate)
    if made is not None:
        result = display(kind, made, certain=certain)
    else:
        iterated = _loop_over(inner, node.for_in, evaluate)
        alone = node.for_in.inner_for_in is None and not node.for_in.ifs
        shuffled = not alone or mixes_places(iterated)
        result = Value(form=Display(kind, (), evaluate(inner, node.elt), certain, shuffled))
    if kind == "set":
        reach(scope, SinkKind.OBJECT, elements(result), node, "is a member of a set")
    return result


def run_dict_comprehension(scope: Scope, node: cst.DictComp, evaluate: Evaluate) -> Value:
    """Return what a dict comprehension makes."""
    inner = scope.child(Frame(scope.frame, transparent=True))

    def pair() -> tuple[Value, Value]:
        key = evaluate(inner, node.key)
        reach(inner, SinkKind.OBJECT, key, node, "is a dict key")
        return key, evaluate(inner, node.value)

    made = _item_by_item(inner, node.for_in, pair, MAX_UNROLLED, evaluate)
    if made is None:
        _loop_over(inner, node.for_in, evaluate)
        made = [pair()]
    keys = [folded(key.form) for key, _ in made]
    items = {key.value: value for key, (_, value) in zip(keys, made) if key is not None}
    others = [value for key, (_, value) in zip(keys, made) if key is None]
    return Value(form=Mapping(tuple(items.items()), join_all(others) if others else None, certain=True))


def _item_by_item(
    scope: Scope, loop: cst.CompFor | None, make: Callable[[], Made], most: int, evaluate: Evaluate
) -> list[Made] | None:
    """Return the items that are made; None if what is run over is not in sight, or makes more than `most`."""
    if loop is None:
        return [make()]
    items = items_in_order(evaluate(scope, loop.iter))
    if items is None or len(items) > most:
        return None
    made: list[Made] = []
    for item in items:
        assign(scope, loop.target, item, evaluate)
        kept = _keeps(scope, loop, evaluate)
        if kept is None:
            return None
        if not kept:
            continue
        inside = _item_by_item(scope, loop.inner_for_in, make, most // len(items), evaluate)
        if inside is None:
            return None
        made.extend(inside)
    return made


def _keeps(scope: Scope, loop: cst.CompFor, evaluate: Evaluate) -> bool | None:
    """Whether the clauses of a comprehension let an item through, None if that is not known."""
    for clause in loop.ifs:
        known = truth(evaluate(scope, clause.test))
        if known is not True:
            return known
    return True


def _loop_over(scope: Scope, loop: cst.CompFor, evaluate: Evaluate) -> Value:
    """Give the targets of a comprehension any of the items; return what the outermost loop runs over."""
    iterated = evaluate(scope, loop.iter)
    assign(scope, loop.target, elements(iterated), evaluate)
    for clause in loop.ifs:
        reach_truth(scope, evaluate(scope, clause.test), clause.test, "decides a condition of a comprehension")
        narrow(scope, clause.test, True, evaluate)
    if loop.inner_for_in is not None:
        _loop_over(scope, loop.inner_for_in, evaluate)
    return iterated
