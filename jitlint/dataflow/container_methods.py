"""Methods of Python's containers and strings, and of NumPy arrays: what they need, and what they give back."""

from __future__ import annotations

import string
from dataclasses import replace

import libcst as cst

from jitlint.dataflow import operators
from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import elements, take
from jitlint.dataflow.lattice import display, is_number, is_text, join_all, leaf, literal
from jitlint.dataflow.sinks import reach
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import (
    NONE,
    STATIC,
    TEXT,
    UNKNOWN,
    BoundModel,
    Constant,
    Display,
    Form,
    Mapping,
    SinkKind,
    Value,
)


def call_container_method(scope: Scope, form: BoundModel, arguments: Arguments, node: cst.CSTNode) -> Value | None:
    """Methods of displays and dicts that give back what they contain."""
    owner, method = form.owner.form, form.name.rpartition(".")[2]
    if form.name.startswith("numpy.ndarray."):
        for value in arguments.all_values():
            reach(scope, SinkKind.NUMPY, value, node, f"is needed by NumPy in .{method}()")
        return form.owner if method in _SAME_ARRAY else STATIC
    if form.owner.traced and form.name.startswith("builtins.dict."):
        return _open_traced(form.owner, method)
    if isinstance(owner, Mapping):
        values = [value for _, value in owner.items] + ([] if owner.rest is None else [owner.rest])
        if method == "items":
            rows = [_pair(Value(form=Constant(key)), value) for key, value in owner.items]
            if owner.rest is not None:
                return Value(form=Display("list", tuple(rows), _pair(STATIC, owner.rest)))
            return Value(form=Display("list", tuple(rows)))
        if method == "values":
            return Value(form=Display("list", tuple(values) if owner.rest is None else (), owner.rest))
        if method == "keys":
            return Value(form=Display("list", tuple(Value(form=Constant(key)) for key, _ in owner.items)))
        if method in ("get", "pop") and arguments.positional:
            key = arguments.positional[0]
            if key.traced:
                reach(scope, SinkKind.OBJECT, key, node, "is a dict key")
            default = arguments.positional[1] if len(arguments.positional) > 1 else NONE
            return _looked_up(owner, key, default if method == "get" else None)
        if method == "copy":
            return replace(form.owner)
    if isinstance(owner, Constant) and isinstance(owner.value, str) and method == "format":
        for value in _formatted(owner.value, arguments):
            reach(scope, SinkKind.CONVERSION, value, node, "is formatted as a number")
        return TEXT
    if is_text(owner) and method in ("split", "rsplit", "splitlines"):
        return _split(owner, method, arguments)
    if isinstance(owner, Display):
        if method in ("index", "count") and arguments.positional:
            every = method == "count"
            operators.search(scope, arguments.positional[0], owner, node, f"is compared by .{method}()", every)
            return STATIC
        if method == "sort" and arguments.keyword("key") is None and len(owner.items) > 1:
            reach(scope, SinkKind.BRANCH, form.owner, node, "is compared by .sort()")
        if method == "pop":
            index = arguments.positional[0] if arguments.positional else literal(-1)
            return elements(form.owner) if owner.kind == "set" else take(scope, form.owner, index, node)
        if method == "copy":
            return replace(form.owner)
    return None


_SAME_ARRAY = ("copy", "astype", "reshape", "ravel", "flatten", "transpose", "squeeze", "round", "clip")


def _open_traced(owner: Value, method: str) -> Value:
    """Return what the methods of a dict give for a traced parameter."""
    item, key = leaf(owner, inside=True), STATIC
    if method in ("get", "pop", "setdefault"):
        return item
    row = {"items": _pair(key, item), "values": item, "keys": key}.get(method)
    return UNKNOWN if row is None else Value(form=Display("list", (), row))


def _looked_up(owner: Mapping, key: Value, default: Value | None) -> Value:
    """Return what stands under a key, or the default."""
    if isinstance(key.form, Constant):
        found = owner.get(key.form.value)
        if found is None and owner.certain and owner.rest is None and default is not None:
            return default
        return UNKNOWN if found is None else found
    if not owner.items or owner.rest is not None:
        return UNKNOWN
    values = [value for _, value in owner.items]
    return join_all(values if default is None else [*values, default])


def _split(owner: Form | None, method: str, arguments: Arguments) -> Value | None:
    """Return the words of a string, known for a literal that is split at literals."""
    given = [value.form for value in arguments.positional]
    plain = [form.value for form in given if isinstance(form, Constant)]
    if (
        isinstance(owner, Constant)
        and isinstance(owner.value, str)
        and len(plain) == len(given)
        and len(arguments.all_values()) == len(given)
    ):
        try:
            return display("list", map(literal, getattr(owner.value, method)(*plain)), certain=True)
        except (TypeError, ValueError):
            return None
    if any(value.traced for value in arguments.all_values()):
        return None
    return Value(form=Display("list", (), TEXT, certain=True))


def _formatted(text: str, arguments: Arguments) -> list[Value]:
    """Return the arguments of str.format that have a format specification and no conversion."""
    found: list[Value] = []
    automatic = iter(range(len(arguments.positional)))
    try:
        for _, field, spec, conversion in string.Formatter().parse(text):
            if field is None:
                continue
            name = field.partition(".")[0].partition("[")[0]
            index = next(automatic, None) if name == "" else int(name) if name.isdigit() else None
            in_range = index is not None and index < len(arguments.positional)
            value = arguments.positional[index] if index is not None and in_range else arguments.keyword(name)
            if spec and not conversion and value is not None:
                found.append(value)
    except ValueError:
        return []
    return found


def _pair(first: Value, second: Value) -> Value:
    return Value(form=Display("tuple", (first, second)))


def method_of(value: Value, name: str) -> Value | None:
    """Return a method of a Python container, number or string as a value; None if the form has none."""
    form = value.form
    if isinstance(form, Display):
        return Value(form=BoundModel(f"builtins.{form.kind}.{name}", value))
    if isinstance(form, Mapping):
        return Value(form=BoundModel(f"builtins.dict.{name}", value))
    if is_text(form):
        return Value(form=BoundModel(f"builtins.str.{name}", value))
    if is_number(form) and not value.traced:
        return STATIC
    return None
