"""Targets of assignments: names, unpacking, attributes and items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import as_list, unpack
from jitlint.dataflow.lattice import display, folded, join_all, join_present, operation
from jitlint.dataflow.sequences import (
    concatenate,
    insert,
    put,
    put_slice,
    remove,
    remove_slice,
    shuffle,
    turn_around,
    whole,
)
from jitlint.dataflow.sinks import BY_STORE, reach
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import (
    NONE,
    UNKNOWN,
    Constant,
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
        if bounds is None and isinstance(owner.form, Mapping):
            store(scope, place.value, Value(form=_with_key(owner.form, indices, value)), evaluate)
        elif bounds is None and isinstance(owner.form, Display):
            store(scope, place.value, put(owner.form, _number(indices), value), evaluate)


def _assign_item(scope: Scope, target: cst.Subscript, value: Value, evaluate: Evaluate) -> None:
    owner = evaluate(scope, target.value)
    indices, bounds = _read_index(scope, target, owner, evaluate)
    form = owner.form
    if isinstance(form, (Display, Mapping)):
        kind = SinkKind.SLICE if isinstance(form, Display) else SinkKind.OBJECT
        phrase = "indexes a Python list" if isinstance(form, Display) else "is a dict key"
        for index in indices:
            reach(scope, kind, index, target, phrase)
        if isinstance(form, Mapping):
            changed = Value(form=_with_key(form, indices, value))
        elif bounds is None:
            changed = put(form, _number(indices), value)
        else:
            numbers = whole(bounds)
            items = as_list(value)
            changed = shuffle(form, *items.every) if numbers is None else put_slice(form, numbers, items)
        store(scope, target.value, changed, evaluate)
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


def _number(indices: Sequence[Value]) -> int | None:
    form = indices[0].form if len(indices) == 1 else None
    return form.value if isinstance(form, Constant) and isinstance(form.value, int) else None


def _with_key(form: Mapping, indices: Sequence[Value], value: Value) -> Mapping:
    key = folded(display("tuple", indices).form) if len(indices) > 1 else folded(indices[0].form) if indices else None
    if key is not None:
        pairs = {**dict(form.items), key.value: value}
        return replace(form, items=tuple(pairs.items()))
    return replace(form, rest=join_present(form.rest, value))


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
    if isinstance(owner.form, Mapping):
        store(scope, target.value, Value(form=_without_key(owner.form, indices)), evaluate)
    elif isinstance(owner.form, Display):
        numbers = None if bounds is None else whole(bounds)
        if bounds is None:
            changed = remove(owner.form, _number(indices))
        else:
            changed = shuffle(owner.form) if numbers is None else remove_slice(owner.form, numbers)
        store(scope, target.value, changed, evaluate)


def _without_key(form: Mapping, indices: Sequence[Value]) -> Mapping:
    key = indices[0].form if indices else None
    if isinstance(key, Constant):
        return replace(form, items=tuple(pair for pair in form.items if pair[0] != key.value))
    # Which one is gone is not known.
    return Mapping((), join_all([value for _, value in form.items] + ([] if form.rest is None else [form.rest])))


def mutate(
    scope: Scope, owner: cst.BaseExpression, value: Value, method: str, arguments: Arguments, evaluate: Evaluate
) -> None:
    """Follow `items.append(x)` and its like: what `owner` begins with holds what the container is then."""
    made: Value | None = None
    if isinstance(value.form, Display) and value.form.kind in ("list", "set"):
        made = _mutated_list(value.form, method, arguments.positional)
    elif isinstance(value.form, Mapping):
        changed = _mutated_dict(value.form, method, arguments)
        made = None if changed is None else Value(form=changed)
    if made is not None:
        store(scope, owner, made, evaluate)


def _mutated_list(form: Display, method: str, given: tuple[Value, ...]) -> Value | None:
    if method == "clear":
        return Value(form=Display(form.kind, (), certain=form.certain))
    if method == "reverse":
        return turn_around(form)
    if method == "sort":
        return shuffle(form)
    if method == "pop" and form.kind == "list":
        return remove(form, _number(given) if given else -1)
    if not given:
        return None
    if method in ("append", "add"):
        return Value(form=concatenate(form, Display(form.kind, given[:1], certain=form.certain)))
    if method == "insert":
        return insert(form, _number(given[:1]), given[-1])
    if method in ("extend", "update"):
        return Value(form=concatenate(form, replace(as_list(given[0]), kind=form.kind, certain=form.certain)))
    if method in ("remove", "discard"):
        return shuffle(form)
    return None


def _mutated_dict(form: Mapping, method: str, arguments: Arguments) -> Mapping | None:
    given = arguments.positional
    if method == "clear":
        return Mapping(certain=form.certain)
    if method == "update":
        more = given[0].form if given else Mapping()
        if not isinstance(more, Mapping) or arguments.star is not None or arguments.double_star is not None:
            return Mapping((), UNKNOWN, form.certain)
        pairs: dict[object, Value] = {**dict(form.items), **dict(more.items), **dict(arguments.keywords)}
        return Mapping(tuple(pairs.items()), form.rest or more.rest, form.certain)
    if method == "setdefault" and given and isinstance(given[0].form, Constant):
        added = given[1] if len(given) > 1 else NONE
        known = form.get(given[0].form.value) is not None
        return form if known else replace(form, items=(*form.items, (given[0].form.value, added)))
    if method in ("pop", "popitem"):
        return _without_key(form, given[:1])
    return None
