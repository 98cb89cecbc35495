"""What Python can't hash, as far as it is certain."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.pytrees import is_plainly_made
from jitlint.dataflow.records import class_fields, is_named_tuple
from jitlint.dataflow.values import Class, Constant, Display, Instance, Library, Mapping, Partial, Shapeless, Value

_KINDS = {"list": "a list", "set": "a set"}


def unhashable(value: Value) -> str:
    """Say what the value is that Python can't hash, or what it holds; "" where it may be hashable."""
    form = value.form
    if value.unknown or value.mixed or value.traced:
        return ""
    if isinstance(form, Display):
        if form.certain and form.kind in _KINDS:
            return _KINDS[form.kind]
        inner = _held(form.items) if form.kind == "tuple" else ""
        return f"a tuple with {inner}" if inner else ""
    if isinstance(form, Mapping):
        return "a dict" if form.certain else ""
    if form in (Shapeless.ARRAY, Shapeless.MASK):
        return "an array"
    if form is Shapeless.NUMPY:
        return "a NumPy array"
    return _instance(form) if isinstance(form, Instance) and form.exact else ""


def _held(items: tuple[Value, ...]) -> str:
    return next(filter(None, map(unhashable, items)), "")


def _instance(form: Instance) -> str:
    """Instances of classes with `__eq__` and without `__hash__`, and records that are hashed by what they hold."""
    cls = form.cls
    if is_named_tuple(cls) and len(cls.bases) == 1 and not _defines(cls, "__hash__"):
        inner = _held(tuple(value for _, value in form.fields))
        return f"a {cls.name} with {inner}" if inner else ""
    if not cls.is_closed or not all(map(is_plainly_made, cls.lineage())):
        return ""
    for one in cls.lineage():
        hashed = one.namespace.bindings.get("__hash__")
        if hashed is not None:
            return f"an instance of {cls.name}" if hashed.form == Constant(None) else ""
        options = _dataclass_options(one)
        if options is None:
            if _has_dataclass(one):
                return ""
            if _defines(one, "__eq__"):
                return f"an instance of {cls.name}, which has __eq__ but no __hash__"
            continue
        if options.get("unsafe_hash", False) or options.get("frozen", False) and options.get("eq", True):
            inner = _held(tuple(value for name, value in form.fields if _counts(one, name)))
            return f"a {cls.name} with {inner}" if inner else ""
        if options.get("eq", True):
            return f"an instance of {cls.name}, a dataclass that is not frozen"
        if _defines(one, "__eq__"):
            return f"an instance of {cls.name}, which has __eq__ but no __hash__"
    return ""


def _dataclass_options(cls: Class) -> dict[str, object] | None:
    """Return the options of the standard library's dataclass; None for any other class."""
    for value in cls.decorators:
        form = value.form
        keywords: tuple[tuple[str, Value], ...] = ()
        if isinstance(form, Partial):
            keywords, form = form.keywords, form.callee.form
        if form != Library("dataclasses.dataclass"):
            continue
        options = {name: given.form.value if isinstance(given.form, Constant) else None for name, given in keywords}
        return None if None in options.values() else options
    return None


def _has_dataclass(cls: Class) -> bool:
    """Whether a dataclass has options that can't be read."""
    return any(_library(value) == "dataclasses.dataclass" for value in cls.decorators)


def _library(value: Value) -> str:
    form = value.form.callee.form if isinstance(value.form, Partial) else value.form
    return form.name if isinstance(form, Library) else ""


def _counts(cls: Class, name: str) -> bool:
    """Whether a field is hashed for sure: `field(...)` may leave it out."""
    defaults = {parameter.name: parameter.default for parameter in class_fields(cls.node)}
    return name in defaults and not isinstance(defaults[name], cst.Call)


def _defines(cls: Class, name: str) -> bool:
    return name in cls.namespace.bindings
