"""Targets of assignments, and what else changes an object: names, unpacking, attributes, items, methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.changes import after_method, with_item, without_item
from jitlint.dataflow.containers import unpack
from jitlint.dataflow.lattice import join_present, operation
from jitlint.dataflow.sinks import BY_STORE, reach
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import (
    Display,
    Function,
    Instance,
    Mapping,
    Shapeless,
    SinkKind,
    Value,
)

Evaluate = Callable[[Scope, cst.BaseExpression], Value]


def assign(scope: Scope, target: cst.BaseExpression, value: Value, evaluate: Evaluate) -> None:
    """Bind a target to a value. A name forgets what it was; an item or attribute may still be the old one."""
    if isinstance(target, cst.Name):
        scope.frame.bind(target.value, value)
        scope.own.add(target.value)
    elif isinstance(target, (cst.Tuple, cst.List)):
        star = next((i for i, e in enumerate(target.elements) if isinstance(e, cst.StarredElement)), None)
        for element, item in zip(target.elements, unpack(value, len(target.elements), star)):
            assign(scope, element.value, item, evaluate)
    elif isinstance(target, cst.Attribute):
        _assign_attribute(scope, target, value, evaluate)
    elif isinstance(target, cst.Subscript):
        _assign_item(scope, target, value, evaluate)


def note_aliases(scope: Scope, names: Iterable[str]) -> None:
    """Keep that names were bound to one object."""
    group = {other for name in names for other in scope.aliases.get(name, {name})}
    scope.aliases.update(dict.fromkeys(group, group))


def _assign_attribute(scope: Scope, target: cst.Attribute, value: Value, evaluate: Evaluate) -> None:
    owner = evaluate(scope, target.value)
    form = owner.form
    if not isinstance(form, Instance):
        return
    name = target.attr.value
    if not scope.tracing:
        form.cls.instance.bindings[name] = join_present(form.cls.instance.bindings.get(name), value)
    if scope.tracing or scope.constructs:
        fields = {**dict(form.fields), name: value}
        store(scope, target.value, replace(owner, form=replace(form, fields=tuple(fields.items()))), evaluate)


def store(scope: Scope, place: cst.BaseExpression, value: Value, evaluate: Evaluate) -> None:
    """Follow a change of what an expression gives, such as `self.sizes` or `table["a"]`, up to its first name."""
    if isinstance(place, cst.Name):
        old = scope.frame.lookup(place.value)
        for name in scope.aliases.get(place.value, {place.value}):
            if name == place.value or scope.frame.bindings.get(name) is old:
                scope.frame.change(name, value)
                if name not in scope.own:
                    scope.changed.add(name)
    elif isinstance(place, cst.Attribute):
        _assign_attribute(scope, place, value, evaluate)
    elif isinstance(place, cst.Subscript):
        owner = evaluate(scope, place.value)
        indices, bounds = _read_index(scope, place, owner, evaluate)
        if bounds is None and isinstance(owner.form, (Display, Mapping)):
            store(scope, place.value, with_item(owner.form, indices, None, value), evaluate)


def _assign_item(scope: Scope, target: cst.Subscript, value: Value, evaluate: Evaluate) -> None:
    owner = evaluate(scope, target.value)
    indices, bounds = _read_index(scope, target, owner, evaluate)
    form = owner.form
    if isinstance(form, (Display, Mapping)):
        kind = SinkKind.SLICE if isinstance(form, Display) else SinkKind.OBJECT
        phrase = "indexes a Python list" if isinstance(form, Display) else "is a dict key"
        for index in indices:
            reach(scope, kind, index, target, phrase)
        store(scope, target.value, with_item(form, indices, bounds, value), evaluate)
    elif form is Shapeless.NUMPY and not owner.traced and not owner.unknown:
        for index in indices:
            reach(scope, SinkKind.NUMPY, index, target, "indexes a NumPy array")
        phrase = "is stored into a NumPy array"
        reach(scope, SinkKind.NUMPY, operation(value), target, phrase, caught_by=BY_STORE)


def _read_index(
    scope: Scope, target: cst.Subscript, owner: Value, evaluate: Evaluate
) -> tuple[list[Value], list[Value | None] | None]:
    """Return the indices of a subscript, and the bounds of its only slice."""
    indices: list[Value] = []
    bounds: list[Value | None] | None = None
    for element in target.slice:
        inner = element.slice
        if isinstance(inner, cst.Index):
            indices.append(evaluate(scope, inner.value))
        elif isinstance(inner, cst.Slice):
            written = [inner.lower, inner.upper, *([] if inner.step is None else [inner.step])]
            bounds = [None if bound is None else evaluate(scope, bound) for bound in written]
            for bound in bounds:
                if bound is not None and not owner.unknown:
                    reach(scope, SinkKind.SLICE, bound, target, "bounds a slice")
    return indices, bounds


def written_arguments(function: Function, node: cst.Call) -> Iterator[tuple[str, cst.BaseExpression]]:
    """Yield the parameters of a function of the file with what a call gives them, as it is written."""
    names = [parameter.name for parameter in function.definition.parameters if parameter.by_position]
    if function.receiver is not None and isinstance(node.func, cst.Attribute) and names:
        yield names.pop(0), node.func.value
    for argument in node.args:
        if argument.star:
            return
        if argument.keyword is not None:
            yield argument.keyword.value, argument.value
        elif names:
            yield names.pop(0), argument.value


def delete_item(scope: Scope, target: cst.Subscript, evaluate: Evaluate) -> None:
    """Follow `del items[0]`."""
    evaluate(scope, target)
    owner = evaluate(scope, target.value)
    indices, bounds = _read_index(scope, target, owner, evaluate)
    if isinstance(owner.form, (Display, Mapping)):
        store(scope, target.value, without_item(owner.form, indices, bounds), evaluate)


def mutate(
    scope: Scope, owner: cst.BaseExpression, value: Value, method: str, arguments: Arguments, evaluate: Evaluate
) -> None:
    """Follow `items.append(x)` and its like: what `owner` begins with holds what the container is then."""
    changed = after_method(value.form, method, arguments) if isinstance(value.form, (Display, Mapping)) else None
    if changed is not None:
        store(scope, owner, changed, evaluate)
