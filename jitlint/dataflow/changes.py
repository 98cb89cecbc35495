"""What a list or a dict is after it was changed: an item stored or deleted, or one of its methods called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import as_list
from jitlint.dataflow.lattice import display, folded, join_all, join_present
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
from jitlint.dataflow.values import NONE, UNKNOWN, Constant, Display, Mapping, Value

Bounds = Sequence["Value | None"]


def with_item(form: Display | Mapping, indices: Sequence[Value], bounds: Bounds | None, value: Value) -> Value:
    """Return a container after `form[...] = value`. bounds: of a slice, None if there is none."""
    if isinstance(form, Mapping):
        return Value(form=_with_key(form, indices, value))
    if bounds is None:
        return put(form, _number(indices), value)
    numbers, items = whole(bounds), as_list(value)
    return shuffle(form, *items.every) if numbers is None else put_slice(form, numbers, items)


def without_item(form: Display | Mapping, indices: Sequence[Value], bounds: Bounds | None) -> Value:
    """Return a container after `del form[...]`. bounds: of a slice, None if there is none."""
    if isinstance(form, Mapping):
        return Value(form=_without_key(form, indices))
    if bounds is None:
        return remove(form, _number(indices))
    numbers = whole(bounds)
    return shuffle(form) if numbers is None else remove_slice(form, numbers)


def after_method(form: Display | Mapping, method: str, arguments: Arguments) -> Value | None:
    """Return a container after one of its methods was called, None if that does not change it."""
    if isinstance(form, Display):
        return _changed_list(form, method, arguments.positional) if form.kind in ("list", "set") else None
    changed = _changed_dict(form, method, arguments)
    return None if changed is None else Value(form=changed)


def _number(indices: Sequence[Value]) -> int | None:
    form = indices[0].form if len(indices) == 1 else None
    return form.value if isinstance(form, Constant) and isinstance(form.value, int) else None


def _key(indices: Sequence[Value]) -> Constant | None:
    return folded(display("tuple", indices).form) if len(indices) > 1 else folded(indices[0].form) if indices else None


def _with_key(form: Mapping, indices: Sequence[Value], value: Value) -> Mapping:
    key = _key(indices)
    if key is None:
        return replace(form, rest=join_present(form.rest, value))
    pairs = {**dict(form.items), key.value: value}
    return replace(form, items=tuple(pairs.items()))


def _without_key(form: Mapping, indices: Sequence[Value]) -> Mapping:
    key = _key(indices)
    if key is not None:
        return replace(form, items=tuple(pair for pair in form.items if pair[0] != key.value))
    # Which one is gone is not known.
    return Mapping((), join_all([value for _, value in form.items] + ([] if form.rest is None else [form.rest])))


def _changed_list(form: Display, method: str, given: tuple[Value, ...]) -> Value | None:
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


def _changed_dict(form: Mapping, method: str, arguments: Arguments) -> Mapping | None:
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
