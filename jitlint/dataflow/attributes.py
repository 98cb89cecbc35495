"""Attributes: of modules, arrays, instances, classes and functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.calls import call_function
from jitlint.dataflow.container_methods import method_of
from jitlint.dataflow.derivations import is_derived
from jitlint.dataflow.lattice import literal, operation
from jitlint.dataflow.pytrees import is_enum, is_opaque
from jitlint.dataflow.records import class_fields, is_named_tuple
from jitlint.dataflow.results import attribute_value
from jitlint.dataflow.sinks import notice
from jitlint.dataflow.state import Evidence, Scope
from jitlint.dataflow.stores import may_be_filled, may_change
from jitlint.dataflow.values import (
    SHAPE,
    STATIC,
    UNKNOWN,
    At,
    BoundModel,
    Callee,
    Class,
    Constant,
    Display,
    Function,
    Imported,
    Instance,
    Jitted,
    Library,
    Made,
    Mapping,
    Module,
    Partial,
    Shapeless,
    Super,
    Transformed,
    Value,
)
from jitlint.import_statements import canonical
from jitlint.models.model import Attribute

_JIT_CALLS = ("lower", "trace", "eval_shape", "__call__")
_COPIES = {"_replace": "dataclasses.replace", "_asdict": "dataclasses.asdict"}
"""Methods of a NamedTuple, and the functions that do the same for a dataclass."""
_CONTAINER_METHODS = (
    "items",
    "keys",
    "values",
    "get",
    "pop",
    "append",
    "extend",
    "index",
    "count",
    "setdefault",
    "update",
)


def resolved(scope: Scope, value: Value) -> Value:
    """Return what an imported name stands for."""
    if not isinstance(value.form, Imported):
        return value
    found = None if scope.analysis.imports is None else scope.analysis.imports.resolve(value.form.name)
    return UNKNOWN if found is None else found


def attribute(scope: Scope, base: Value, name: str, node: cst.CSTNode) -> Value:
    """Return `base.name`."""
    form = base.form
    if isinstance(form, Library):
        qualified = canonical(f"{form.name}.{name}")
        return Value(form=Library(qualified))
    if isinstance(form, Module):
        return resolved(scope, Value(form=Imported(f"{form.name}.{name}")))
    if isinstance(form, Instance):
        if name == "__class__" and form.exact:
            return Value(form=form.cls)
        return instance_attribute(scope, base, form, name, node)
    if isinstance(form, Class):
        return class_attribute(base, form, name, form.lineage())
    if isinstance(form, Super):
        return _super_attribute(scope, form, name, node)
    if isinstance(form, Jitted):
        if name == "__wrapped__":
            return form.site.callee
        return base if name in _JIT_CALLS else UNKNOWN
    if isinstance(form, At):
        return Value(form=BoundModel(f"jax.At.{name}", operation(form.owner))) if form.indexed else UNKNOWN
    if isinstance(form, (Function, Partial, Transformed, BoundModel)):
        return UNKNOWN
    if isinstance(form, Made):
        return _made_attribute(scope, base, form, name)
    method = method_of(base, name)
    if method is not None:
        return method
    if form is Shapeless.NUMPY and not base.traced:
        if name in ("T", "real", "imag", "flat"):
            return base
        known = scope.analysis.models.find(f"jax.Array.{name}")
        return SHAPE if name == "shape" else STATIC if isinstance(known, Attribute) else _bound_numpy(base, name)
    if base.traced or form in (Shapeless.ARRAY, Shapeless.MASK):
        return _array_attribute(scope, base, name, node)
    if base.unknown:
        return SHAPE if name == "shape" else UNKNOWN
    return SHAPE if name == "shape" else STATIC


def looked_up(scope: Scope, callee: Value, arguments: Arguments, node: cst.CSTNode) -> Value | None:
    """Return what `getattr(base, "name")` gives; None for any other call."""
    if callee.form != Library("builtins.getattr") or len(arguments.all_values()) != 2 or arguments.keywords:
        return None
    base, *names = arguments.positional
    name = names[0].form.value if names and isinstance(names[0].form, Constant) else None
    return attribute(scope, base, name, node) if isinstance(name, str) else None


def _made_attribute(scope: Scope, base: Value, form: Made, name: str) -> Value:
    """Return an attribute of an object of a modelled class; a method without a line there is unknown."""
    model = scope.analysis.models.find(f"{form.cls}.{name}")
    if isinstance(model, Attribute):
        return attribute_value(scope, model, base)
    if model is None and is_opaque(scope.analysis.models, form.cls):
        # It holds no tracers.
        return STATIC
    return UNKNOWN if model is None else Value(form=BoundModel(model.name, base))


def _bound_numpy(base: Value, name: str) -> Value:
    return Value(form=BoundModel(f"numpy.ndarray.{name}", base))


def _array_attribute(scope: Scope, base: Value, name: str, node: cst.CSTNode) -> Value:
    if base.form is Shapeless.OBJECT:
        return UNKNOWN
    if name == "at":
        notice(scope, Evidence.ARRAY, base, node)
        return Value(form=At(base))
    model = scope.analysis.models.find(f"jax.Array.{name}")
    if isinstance(model, Attribute):
        notice(scope, Evidence.ARRAY, base, node)
        return attribute_value(scope, model, base)
    if model is not None:
        return Value(form=BoundModel(f"jax.Array.{name}", base))
    if name in _CONTAINER_METHODS:
        notice(scope, Evidence.CONTAINER, base, node)
        return Value(form=BoundModel(f"builtins.dict.{name}", base))
    notice(scope, Evidence.OBJECT, base, node)
    return UNKNOWN


def instance_attribute(scope: Scope, base: Value, form: Instance, name: str, node: cst.CSTNode) -> Value:
    """Return an attribute of an instance: a field, something of its class, or what its methods assign to `self`."""
    if name in _COPIES and form.fields and is_named_tuple(form.cls):
        # `state._replace(n=3)`
        return Value(form=Partial(Value(form=Library(_COPIES[name])), (base,), ()))
    for key, value in form.fields:
        if key == name:
            return _settled(scope, form.cls, name, value)
    if base.traced and name != "at" and scope.analysis.models.find(f"jax.Array.{name}") is None:
        notice(scope, Evidence.OBJECT, base, node)
    for cls in form.cls.lineage():
        found = cls.namespace.bindings.get(name)
        if found is not None and name not in cls.annotated:
            if isinstance(found.form, Constant) and _is_unsure(scope, form, name):
                return STATIC
            return _bind(scope, base, found, node)
    for cls in form.cls.lineage():
        found = cls.instance.bindings.get(name)
        if found is not None and not base.traced:
            return _settled(scope, form.cls, name, found)
    for cls in () if base.traced else form.cls.lineage():
        if name in cls.annotated:
            annotation = next(field.annotation for field in class_fields(cls.node) if field.name == name)
            known = scope.analysis.annotated(scope.analysis, cls.namespace.root, annotation)
            if known.form is not None:
                return known
    return UNKNOWN if base.traced or form.fields else STATIC


def _settled(scope: Scope, cls: Class, name: str, value: Value) -> Value:
    """Return what an attribute holds that the constructor gave a value: what may have changed since is not known."""
    form = value.form
    if isinstance(form, Constant):
        return STATIC if _may_change(scope, cls, name) else value
    if isinstance(form, Mapping) or isinstance(form, Display) and form.kind in ("list", "set"):
        files = {scope.analysis.module.file, cls.namespace.root.file}
        if not form.items and form.rest is None or any(may_be_filled(file, name) for file in files):
            return UNKNOWN
    return value


def _is_unsure(scope: Scope, form: Instance, name: str) -> bool:
    """Whether an instance may have another value than its class shows: its own, or that of a derived class."""
    return _may_change(scope, form.cls, name) or not form.exact and is_derived(scope.analysis, form.cls)


def _may_change(scope: Scope, cls: Class, name: str) -> bool:
    """Whether the linted file, or that of the class, stores into an attribute of that name after the constructor."""
    return any(may_change(root.file, name) for root in {scope.analysis.module, cls.namespace.root})


def _bind(scope: Scope, base: Value, found: Value, node: cst.CSTNode) -> Value:
    """Bind something of a class to the instance it is taken from."""
    form = found.form
    if isinstance(form, Function) and form.receiver is None and form.owner is not None:
        if form.role == "property":
            return call_function(scope, replace(form, receiver=base), Arguments(), node)
        if form.role == "staticmethod":
            return found
        receiver = Value(form=form.owner) if form.role == "classmethod" else base
        return Value(form=replace(form, receiver=receiver))
    if isinstance(form, (Jitted, Transformed, Function)) or isinstance(form, Partial) and not form.positional:
        role = _role(found)
        if role == "staticmethod":
            return found
        owner = Value(form=base.form.cls) if role == "classmethod" and isinstance(base.form, Instance) else base
        return Value(form=Partial(found, (owner,), ()))
    return found


def _role(value: Value) -> str:
    """Return the role of the method under jit and other transformations."""
    form = value.form
    if isinstance(form, Jitted):
        return _role(form.site.callee)
    if isinstance(form, (Transformed, Partial)):
        return _role(form.callee)
    return form.role if isinstance(form, Function) else ""


def _super_attribute(scope: Scope, form: Super, name: str, node: cst.CSTNode) -> Value:
    """Return an attribute of what comes after a class in the lineage of the receiver's class."""
    receiver = form.receiver.form
    own = receiver.cls if isinstance(receiver, Instance) else receiver if isinstance(receiver, Class) else None
    lineage = [] if own is None else list(own.lineage())
    if form.after not in lineage:
        return UNKNOWN
    after = lineage[lineage.index(form.after) + 1 :]
    if isinstance(receiver, Class):
        return class_attribute(form.receiver, receiver, name, after)
    for cls in after:
        found = cls.namespace.bindings.get(name)
        if found is not None:
            return _bind(scope, form.receiver, found, node)
    return UNKNOWN


def class_attribute(base: Value, form: Class, name: str, lineage: Iterable[Class]) -> Value:
    """Return an attribute of a class. lineage: the classes that it is looked up in."""
    for cls in lineage:
        found = cls.namespace.bindings.get(name)
        if found is not None:
            inner = found.form
            if is_enum(form) and not name.startswith("_") and not isinstance(inner, Callee):
                return Value(form=Instance(form, (("name", literal(name)), ("value", found)), exact=True))
            if isinstance(inner, Function) and inner.role == "classmethod":
                return Value(form=replace(inner, receiver=base))
            if not isinstance(inner, Function) and _role(found) == "classmethod":
                return Value(form=Partial(found, (base,), ()))
            return found
    return STATIC if form.is_closed else UNKNOWN
