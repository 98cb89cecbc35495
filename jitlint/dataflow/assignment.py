"""Targets of assignments: names, unpacking, attributes and items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.containers import elements, unpack
from jitlint.dataflow.lattice import MAX_ITEMS, join_all, join_present, operation
from jitlint.dataflow.sinks import BY_STORE, reach
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import NONE, UNKNOWN, Constant, Display, Instance, Mapping, Shapeless, SinkKind, Value

Evaluate = Callable[[Scope, cst.BaseExpression], Value]


def assign(scope: Scope, target: cst.BaseExpression, value: Value, evaluate: Evaluate) -> None:
    """Bind a target to a value. A name forgets what it was; an item or attribute may still be the old one."""
    if isinstance(target, cst.Name):
        scope.frame.bind(target.value, value)
    elif isinstance(target, (cst.Tuple, cst.List)):
        star = next((i for i, e in enumerate(target.elements) if isinstance(e, cst.StarredElement)), None)
        for element, item in zip(target.elements, unpack(value, len(target.elements), star)):
            assign(scope, element.value, item, evaluate)
    elif isinstance(target, cst.Attribute):
        _assign_attribute(scope, target, value, evaluate)
    elif isinstance(target, cst.Subscript):
        _assign_item(scope, target, value, evaluate)


def _assign_attribute(scope: Scope, target: cst.Attribute, value: Value, evaluate: Evaluate) -> None:
    owner = evaluate(scope, target.value)
    form = owner.form
    if not isinstance(form, Instance):
        return
    name = target.attr.value
    if not scope.tracing:
        form.cls.instance.bindings[name] = join_present(form.cls.instance.bindings.get(name), value)
    if isinstance(target.value, cst.Name) and (scope.tracing or scope.constructs):
        fields = {**dict(form.fields), name: value}
        scope.frame.bind(target.value.value, replace(owner, form=replace(form, fields=tuple(fields.items()))))


def _assign_item(scope: Scope, target: cst.Subscript, value: Value, evaluate: Evaluate) -> None:
    owner = evaluate(scope, target.value)
    indices = [evaluate(scope, e.slice.value) for e in target.slice if isinstance(e.slice, cst.Index)]
    form = owner.form
    for element in target.slice:
        if isinstance(element.slice, cst.Slice):
            for bound in (element.slice.lower, element.slice.upper, element.slice.step):
                if bound is not None and not owner.unknown:
                    reach(scope, SinkKind.SLICE, evaluate(scope, bound), target, "bounds a slice")
    if isinstance(form, (Display, Mapping)):
        kind = SinkKind.SLICE if isinstance(form, Display) else SinkKind.OBJECT
        phrase = "indexes a Python list" if isinstance(form, Display) else "is a dict key"
        for index in indices:
            reach(scope, kind, index, target, phrase)
        if isinstance(target.value, cst.Name):
            scope.frame.bind(target.value.value, Value(form=_updated(form, indices, value)))
    elif form is Shapeless.NUMPY and not owner.traced and not owner.unknown:
        for index in indices:
            reach(scope, SinkKind.NUMPY, index, target, "indexes a NumPy array")
        phrase = "is stored into a NumPy array"
        reach(scope, SinkKind.NUMPY, operation(value), target, phrase, caught_by=BY_STORE)


def _updated(form: Display | Mapping, indices: list[Value], value: Value) -> Display | Mapping:
    key = indices[0].form if len(indices) == 1 else None
    if isinstance(form, Mapping):
        if isinstance(key, Constant):
            pairs = {**dict(form.items), key.value: value}
            return replace(form, items=tuple(pairs.items()))
        return replace(form, rest=join_present(form.rest, value))
    position = key.value if isinstance(key, Constant) else None
    if isinstance(position, int) and form.rest is None and -len(form.items) <= position < len(form.items):
        items = list(form.items)
        items[position] = value
        return replace(form, items=tuple(items))
    if isinstance(position, int) and position == len(form.items) and form.rest is not None:
        return replace(form, items=(*form.items, value))
    everything = [*form.items, *([] if form.rest is None else [form.rest]), value]
    return replace(form, items=(), rest=join_all(everything))


def mutate(scope: Scope, owner: cst.BaseExpression, value: Value, method: str, arguments: tuple[Value, ...]) -> None:
    """Follow `items.append(x)` and its like on a name: the name is bound to the longer list."""
    form = value.form
    if not isinstance(owner, cst.Name) or not arguments:
        return
    made: Display | Mapping | None = None
    if isinstance(form, Display) and form.kind in ("list", "set"):
        if method in ("append", "add") and form.rest is None and len(form.items) < MAX_ITEMS:
            made = replace(form, items=(*form.items, arguments[0]))
        elif method in ("append", "add", "insert"):
            made = replace(form, items=(), rest=join_all([elements(value), arguments[-1]]))
        elif method in ("extend", "update"):
            made = replace(form, items=(), rest=join_all([elements(value), elements(arguments[0])]))
    elif isinstance(form, Mapping) and method == "update" and isinstance(arguments[0].form, Mapping):
        pairs = {**dict(form.items), **dict(arguments[0].form.items)}
        made = Mapping(tuple(pairs.items()), form.rest or arguments[0].form.rest, form.certain)
    elif isinstance(form, Mapping) and method == "setdefault" and isinstance(arguments[0].form, Constant):
        key = arguments[0].form.value
        added = arguments[1] if len(arguments) > 1 else NONE
        made = replace(form, items=(*form.items, (key, added))) if form.get(key) is None else form
    elif isinstance(form, Mapping) and method == "update":
        made = Mapping((), UNKNOWN, form.certain)
    if made is not None:
        scope.frame.bind(owner.value, Value(form=made))
