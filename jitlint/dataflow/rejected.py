"""What jit rejects as an argument to trace."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.lattice import is_text
from jitlint.dataflow.pytrees import is_opaque, is_plain
from jitlint.dataflow.records import is_named_tuple
from jitlint.dataflow.values import (
    Class,
    Display,
    Function,
    Instance,
    Jitted,
    Library,
    Made,
    Mapping,
    Module,
    Partial,
    Transformed,
    Value,
)
from jitlint.models import Model, Models


def rejected(value: Value, models: Models, written: cst.BaseExpression | None = None) -> str:
    """Say what a value is that jit takes for no array, "" if it may be one.

    written: the expression that gives it. What a list or a dict holds that was made before, somebody may have changed.
    """
    form = value.form
    cls = rejected_class(value, models)
    if cls is not None:
        return f"an instance of {cls.name}, which is no pytree"
    if is_text(form):
        return "a string"
    if isinstance(form, Module) or isinstance(form, Library) and models.has_module(form.name):
        return "a module"
    if isinstance(form, Class):
        return "a class"
    if isinstance(form, Partial) and form.pytree:
        return ""
    if isinstance(form, (Function, Partial, Jitted, Transformed)):
        return "a function"
    if isinstance(form, Made) and is_opaque(models, form.cls):
        return f"an object of {form.cls.rpartition('.')[2]}"
    if isinstance(form, Library) and is_opaque(models, form.name.rpartition(".")[0]):
        return f"a member of {form.name.split('.')[-2]}"
    if isinstance(form, Library) and isinstance(models.find(form.name), Model):
        return "a function, class or dtype"
    if isinstance(form, Display) and form.kind == "range":
        return "a range"
    if isinstance(form, Instance) and is_named_tuple(form.cls):
        return _held(form, models)
    if isinstance(form, (Display, Mapping)) and form.certain:
        lasting = isinstance(form, Display) and form.kind == "tuple" or _is_made_here(written)
        return _held(form, models) if lasting else ""
    return ""


def _is_made_here(written: cst.BaseExpression | None) -> bool:
    """Whether an expression makes a list or a dict."""
    if isinstance(written, cst.Call):
        return isinstance(written.func, cst.Name) and written.func.value in ("dict", "list")
    return isinstance(written, (cst.Dict, cst.DictComp, cst.List, cst.ListComp))


_TREES = ("tuple", "list")
"""The displays that jit looks into for arrays and numbers, as into a dict."""


def _held(form: Display | Mapping | Instance, models: Models) -> str:
    """Say what a container holds that jit takes for no array. What a class is, is asked of arguments only."""
    if isinstance(form, Display) and form.kind not in _TREES:
        return ""
    if isinstance(form, Display):
        items = form.items
    else:
        items = tuple(item for _, item in (form.items if isinstance(form, Mapping) else form.fields))
    found = (rejected(item, models) for item in items if rejected_class(item, models) is None)
    inside = next(filter(None, found), "")
    kind = form.kind if isinstance(form, Display) else "dict" if isinstance(form, Mapping) else form.cls.name
    return f"a {kind} with {inside}" if inside else ""


def rejected_class(value: Value, models: Models) -> Class | None:
    """Return the class of an instance that is visibly no pytree: made in sight, of exactly this class."""
    form = value.form
    if not isinstance(form, Instance) or not form.exact or value.traced or value.unknown or value.mixed:
        return None
    return form.cls if is_plain(form.cls, models) else None
