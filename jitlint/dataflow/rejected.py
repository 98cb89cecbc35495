"""What jit rejects as an argument to trace."""

from __future__ import annotations

from collections.abc import Iterable

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
    Module,
    Partial,
    Transformed,
    Value,
)
from jitlint.models import Model, Models


def rejected(value: Value, models: Models) -> str:
    """Say what a value is that jit takes for no array, "" if it may be one."""
    form = value.form
    cls = rejected_class(value, models)
    if cls is not None:
        return f"an instance of {cls.name}, which is no pytree"
    if is_text(form):
        return "a string"
    if isinstance(form, Display) and form.kind in ("tuple", "range"):
        # Others may change what they hold.
        return "a range" if form.kind == "range" else _held("a tuple", form.items, models)
    if isinstance(form, Instance) and is_named_tuple(form.cls):
        return _held(f"a {form.cls.name}", [item for _, item in form.fields], models)
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
    return ""


def _held(container: str, items: Iterable[Value], models: Models) -> str:
    inner = next(filter(None, (rejected(item, models) for item in items)), "")
    return inner and f"{container} with {inner}"


def rejected_class(value: Value, models: Models) -> Class | None:
    """Return the class of an instance that is visibly no pytree: made in sight, of exactly this class."""
    form = value.form
    if not isinstance(form, Instance) or not form.exact or value.traced or value.unknown or value.mixed:
        return None
    return form.cls if is_plain(form.cls, models) else None
