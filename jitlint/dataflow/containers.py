"""What comes out of a container: by index, by slice, by a loop, by unpacking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.lattice import (
    MAX_ITEMS,
    display,
    flat,
    folded,
    is_number,
    is_text,
    join_all,
    leaf,
    operation,
)
from jitlint.dataflow.records import is_named_tuple
from jitlint.dataflow.sequences import cut, item_at, shuffle, split, whole
from jitlint.dataflow.sinks import BY_INDEX, count, notice, reach
from jitlint.dataflow.state import Evidence, Scope
from jitlint.dataflow.values import (
    NUMBER,
    STATIC,
    TEXT,
    UNKNOWN,
    At,
    Constant,
    Display,
    Instance,
    Library,
    Mapping,
    Shapeless,
    SinkKind,
    Value,
)

_ARRAYS = (Shapeless.ARRAY, Shapeless.MASK)


def elements(value: Value) -> Value:
    """Return what a loop over the value takes out, all joined."""
    form = value.form
    if isinstance(form, Display):
        return join_all(form.every)
    if isinstance(form, Mapping):
        keys = [Value(form=Constant(key)) for key, _ in form.items]
        return join_all(keys) if keys and form.rest is None else STATIC
    if isinstance(form, Instance) and form.fields:
        # Only a NamedTuple is a tuple of its attributes.
        return join_all(item for _, item in form.fields) if is_named_tuple(form.cls) else UNKNOWN
    if is_text(form):
        return TEXT
    if value.traced:
        return leaf(value, loop=True)
    if value.form in _ARRAYS:
        return Value(unknown=value.unknown, mixed=value.mixed, form=value.form)
    return UNKNOWN if value.unknown else STATIC


def items_in_order(value: Value) -> tuple[Value, ...] | None:
    """Return the items of a container of known length, None for any other value."""
    form = value.form
    if isinstance(form, Display) and form.rest is None:
        return form.items
    if isinstance(form, Instance) and form.fields and is_named_tuple(form.cls):
        return tuple(item for _, item in form.fields)
    if isinstance(form, Mapping) and form.rest is None:
        return tuple(Value(form=Constant(key)) for key, _ in form.items)
    if isinstance(form, Constant) and isinstance(form.value, str) and len(form.value) <= MAX_ITEMS:
        return tuple(Value(form=Constant(letter)) for letter in form.value)
    return None


def is_leaf(scope: Scope, value: Value) -> bool:
    """Whether a value is certainly one leaf of a pytree: a number or an array."""
    form = value.form
    if not value.surely_traced:
        return is_number(form) or form in (*_ARRAYS, Shapeless.NUMPY)
    is_part = form is None or form is Shapeless.LEAF
    return form in _ARRAYS or is_part and {origin.name for origin in value.origins} <= scope.analysis.leaves


def leaves_in_order(scope: Scope, value: Value) -> list[Value] | None:
    """Return the leaves of a pytree in the order of JAX, None if they are not all in sight."""
    form = value.form
    if form == Constant(None):
        return []
    if isinstance(form, Mapping) and form.rest is None and all(isinstance(key, str) for key, _ in form.items):
        branches = [item for _, item in sorted(form.items, key=lambda pair: str(pair[0]))]
    elif isinstance(form, Mapping) or (items := items_in_order(value)) is None:
        return [value] if is_leaf(scope, value) else None
    else:
        branches = list(items)
    found = [leaves_in_order(scope, branch) for branch in branches]
    return None if None in found else [leaf for leaves in found for leaf in leaves or ()]


def mixes_places(value: Value) -> bool:
    """Whether items of different places of a container are summed up in one."""
    return isinstance(value.form, Display) and (value.form.shuffled or len(value.form.every) > 1)


def as_list(value: Value) -> Display:
    """Return the list of what a loop over a value gives."""
    if isinstance(value.form, Display):
        return replace(value.form, kind="list", certain=False)
    items = items_in_order(value)
    return Display("list", (), elements(value)) if items is None else Display("list", items)


def unpack(value: Value, count: int, star: int | None = None) -> list[Value]:
    """Split a value over `count` targets; `star` is the index of a starred one."""
    items = items_in_order(value)
    form = Display("tuple", items) if items is not None else value.form
    if isinstance(form, Display):
        return split(form, count, star)
    item = elements(value)
    return [Value(form=Display("list", (), item)) if index == star else item for index in range(count)]


def take(scope: Scope, base: Value, index: Value, node: cst.CSTNode) -> Value:
    """Return `base[index]`, and record what an index that is traced breaks."""
    form = base.form
    if isinstance(index.form, Display):
        if index.form.kind == "slice":
            return take_slice(scope, base, list(index.form.items), node)
        for item in index.form.every:
            if isinstance(item.form, Display) and item.form.kind == "slice":
                take_slice(scope, base, list(item.form.items), node)
    if index.form is Shapeless.MASK and index.traced and not index.unknown and not (base.unknown and not base.traced):
        # What is compared, as in x[x > 0], is an array.
        is_array = base.form in _ARRAYS or base.traced and base.form is None and index.origins == base.origins
        caught_by = BY_INDEX if is_array else None
        phrase = "as a mask decides how many elements are selected"
        reach(scope, SinkKind.UNKNOWN_SIZE, index, node, phrase, caught_by=caught_by)
    if isinstance(form, At):
        return Value(form=At(operation(form.owner, index, form=Shapeless.ARRAY), indexed=True))
    if isinstance(form, Mapping):
        return _take_key(scope, form, index, node)
    if isinstance(form, Display):
        return _take_item(scope, form, index, node)
    if isinstance(form, Instance):
        fields = items_in_order(base)
        if fields is not None:
            return _take_item(scope, Display("tuple", fields), index, node)
        return UNKNOWN
    if is_text(form):
        reach(scope, SinkKind.SLICE, index, node, "indexes a string")
        return TEXT
    if isinstance(form, Library):
        return Value(form=form)
    if form is Shapeless.NUMPY and not base.traced:
        if index.form is not Shapeless.MASK:
            reach(scope, SinkKind.NUMPY, index, node, "indexes a NumPy array")
        return Value(form=form, mixed=True)
    if base.unknown and not base.traced:
        return UNKNOWN
    if not base.traced:
        made = scope.tracing and not scope.eager
        if form in _ARRAYS:
            return Value(index.origins, made or index.staged, index.unknown, base.mixed or index.mixed, form)
        if not index.traced:
            return STATIC
        return Value(index.origins, made or index.staged, index.unknown, index.mixed, Shapeless.ARRAY)
    same = index.form in (Shapeless.LEAF, Shapeless.TREE) and index.origins <= base.origins
    if (same or index.form is Shapeless.ITEM) and base.form is not Shapeless.ARRAY:
        # `for key in tree: tree[key]`
        return leaf(base)
    if any_traced(index):
        merged = flat(operation(base, index), Shapeless.ARRAY)
        return Value(merged.origins, True, merged.unknown, merged.mixed, Shapeless.ARRAY)
    if is_text(index.form):
        notice(scope, Evidence.CONTAINER, base, node)
        return leaf(base, inside=True)
    if isinstance(index.form, Display):
        notice(scope, Evidence.ARRAY, base, node)
    return leaf(base)


def any_traced(value: Value) -> bool:
    """Whether the value or something in it is traced."""
    return flat(value).traced


def _take_key(scope: Scope, form: Mapping, index: Value, node: cst.CSTNode) -> Value:
    reach(scope, SinkKind.OBJECT, index, node, "is a dict key")
    key = folded(index.form)
    if key is not None:
        found = form.get(key.value)
        if found is not None:
            return found
        if form.rest is not None:
            return form.rest
        return UNKNOWN
    values = [value for _, value in form.items]
    return join_all([*values, *([] if form.rest is None else [form.rest])]) if values or form.rest else UNKNOWN


def _take_item(scope: Scope, form: Display, index: Value, node: cst.CSTNode) -> Value:
    reach(scope, SinkKind.SLICE, index, node, f"indexes a Python {form.kind}")
    if isinstance(index.form, Constant) and isinstance(index.form.value, int):
        return item_at(form, index.form.value)
    return join_all(form.every)


def take_slice(scope: Scope, base: Value, bounds: list[Value | None], node: cst.CSTNode) -> Value:
    """Return `base[start:stop:step]`; a traced bound is a sink, whatever is sliced."""
    given = [bound for bound in bounds if bound is not None]
    if not (base.unknown and base.form is None) or scope.analysis.settings.pedantic:
        for bound in given:
            caught_by = BY_INDEX if base.form in _ARRAYS else None
            reach(scope, SinkKind.SLICE, bound, node, "bounds a slice", caught_by=caught_by)
            if base.traced or isinstance(base.form, Display):
                count(scope, bound, node, "bounds a slice")
    form = base.form
    if isinstance(form, At):
        return Value(form=At(form.owner, indexed=True))
    if isinstance(form, Display):
        numbers = whole(bounds)
        return shuffle(form) if numbers is None else cut(form, numbers)
    if is_text(form):
        return TEXT
    if base.traced:
        return Value(base.origins, base.staged, base.unknown, base.mixed, form)
    if form is Shapeless.NUMPY:
        return base
    if form in _ARRAYS:
        # An array from outside: inside of jit, this is an operation as any other.
        return Value(frozenset(), scope.tracing and not scope.eager, base.unknown, base.mixed, form)
    return base if base.unknown else STATIC


def length(value: Value) -> Value:
    """Return `len(value)`: a Python number, known for a display of known length."""
    items = items_in_order(value)
    if items is not None:
        return Value(form=Constant(len(items)))
    if isinstance(value.form, Mapping) and value.form.rest is None:
        return Value(form=Constant(len(value.form.items)))
    return NUMBER


def is_static_number(value: Value) -> bool:
    """Whether a value is certainly a Python number."""
    return not value.traced and is_number(value.form)


def subscript(
    scope: Scope, base: Value, node: cst.Subscript, evaluate: Callable[[Scope, cst.BaseExpression], Value]
) -> Value:
    """Return `base[...]` for any number of indices and slices."""
    indices: list[Value] = []
    result = base
    sliced = False
    for element in node.slice:
        inner = element.slice
        if isinstance(inner, cst.Slice):
            bounds = [
                None if bound is None else evaluate(scope, bound) for bound in (inner.lower, inner.upper, inner.step)
            ]
            result = take_slice(scope, base, bounds, node)
            sliced = True
        elif isinstance(inner, cst.Index):
            value = evaluate(scope, inner.value)
            indices.append(elements(value) if inner.star else value)
    if not indices:
        return result
    if sliced and len(indices) == 1 and isinstance(base.form, Display):
        return elements(base)
    index = indices[0] if len(node.slice) == 1 else display("tuple", indices)
    if len(node.slice) > 1:
        for one in indices:
            if one.form is Shapeless.MASK:
                index = one
    return take(scope, base, index, node)
