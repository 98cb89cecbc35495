"""Calls: what is called, with what, and what comes back."""

from __future__ import annotations

import string
from dataclasses import replace

import libcst as cst

from jitlint.dataflow import operators
from jitlint.dataflow.arguments import Arguments, bind, uniform_arguments
from jitlint.dataflow.builtin_calls import HANDLERS
from jitlint.dataflow.containers import elements
from jitlint.dataflow.lattice import is_number, is_text, leaf
from jitlint.dataflow.library import apply_model
from jitlint.dataflow.sinks import notice, reach
from jitlint.dataflow.state import MAX_DEPTH, Event, Evidence, Scope, Sink
from jitlint.dataflow.transforms import apply_transform, call_jitted, call_transformed, note_call
from jitlint.dataflow.values import (
    STATIC,
    TEXT,
    UNKNOWN,
    BoundModel,
    Choice,
    Class,
    Constant,
    Display,
    Function,
    Instance,
    Jitted,
    Library,
    Mapping,
    Parameter,
    ParameterKind,
    Partial,
    SinkKind,
    Transformed,
    Value,
)
from jitlint.jit_sites import find_method, signature
from jitlint.models.loader import find_model
from jitlint.models.model import Attribute, ReturnKind


def call(scope: Scope, callee: Value, arguments: Arguments, node: cst.CSTNode, label: str = "") -> Value:
    """Call an abstract value and return the result."""
    form = callee.form
    if isinstance(form, Function):
        return call_function(scope, form, arguments, node)
    if isinstance(form, Library):
        return _call_library(scope, form.name, arguments, node, label or form.name)
    if isinstance(form, BoundModel):
        return _call_method(scope, form, arguments, node, label)
    if isinstance(form, Partial):
        return call(scope, form.callee, arguments.after(form.positional, form.keywords), node, label)
    if isinstance(form, Transformed):
        return call_transformed(scope, form, arguments, node, call)
    if isinstance(form, Jitted):
        return call_jitted(scope, form, arguments, node, call)
    if isinstance(form, Class):
        return instantiate(scope, form, arguments, node)
    if isinstance(form, Instance):
        method = find_method(form.cls, "__call__")
        if method is not None:
            return call_function(scope, replace(method, receiver=callee), arguments, node)
    if isinstance(form, Choice):
        for choice in form.callees:
            if isinstance(choice.form, Jitted):
                note_call(scope, choice.form, arguments, node)
    if callee.traced:
        notice(scope, Evidence.CALLED, callee, node)
    escape(scope, arguments, node)
    return UNKNOWN


def call_function(scope: Scope, function: Function, arguments: Arguments, node: cst.CSTNode) -> Value:
    """Run a function of the file on its arguments."""
    definition = function.definition
    if not scope.tracing and function.frame.is_module and definition.name not in scope.analysis.visit:
        return UNKNOWN
    if definition in scope.stack or len(scope.stack) >= MAX_DEPTH:
        return UNKNOWN
    if function.receiver is not None:
        arguments = replace(arguments, positional=(function.receiver, *arguments.positional))
    bound = bind(definition.parameters, arguments)
    if bound is None:
        return UNKNOWN
    return scope.analysis.run(function, bound, scope)


def run_body(scope: Scope, callee: Value, argument: Value, node: cst.CSTNode) -> Value:
    """Run a function whose arguments JAX makes: every parameter without default gets the same value."""
    parameters = signature(callee)
    if parameters is None:
        notice(scope, Evidence.CALLED, callee, node)
        return UNKNOWN
    return call(scope, callee, uniform_arguments(parameters, argument), node)


def escape(scope: Scope, arguments: Arguments, node: cst.CSTNode) -> None:
    """A local function given to an unknown callee counts as run: only its parameters are unknown."""
    if not scope.tracing:
        return
    for value in arguments.all_values():
        form = value.form
        inner = form.callee.form if isinstance(form, (Partial, Transformed)) else form
        if isinstance(inner, Function) and (not inner.frame.is_module or isinstance(form, Partial)):
            before = dict(scope.events)
            run_body(scope, value, UNKNOWN, node)
            # It may be a host function that is only kept: what it makes itself is not held against it.
            found = {event: None for event in scope.events if event in before or not _is_made_inside(event)}
            scope.events.clear()
            scope.events.update(found)


def _is_made_inside(event: Event) -> bool:
    return isinstance(event, Sink) and event.origin is None and not event.names


def instantiate(scope: Scope, cls: Class, arguments: Arguments, node: cst.CSTNode) -> Value:
    """Make an instance: by its fields for a dataclass or NamedTuple, else by running `__init__`."""
    instance = Value(form=Instance(cls))
    init = find_method(cls, "__init__")
    if init is not None:
        if scope.tracing and not scope.stack.count(init.definition):
            made = call_function(scope, replace(init, receiver=instance), arguments, node)
            return made if isinstance(made.form, Instance) else UNKNOWN
        return instance
    fields = field_parameters(cls)
    if fields is None:
        return instance if cls.is_closed else UNKNOWN
    bound = bind(fields, arguments)
    if bound is None:
        return UNKNOWN
    return Value(form=Instance(cls, tuple((f.name, bound.get(f.name, STATIC)) for f in fields)))


def field_parameters(cls: Class) -> tuple[Parameter, ...] | None:
    """Return the fields of a dataclass or NamedTuple as parameters; None for any other class."""
    dataclass = any(_is_dataclass(value) for value in cls.decorators)
    if not (is_named_tuple(cls) or dataclass) or len(list(cls.lineage())) > 1:
        return None
    return class_fields(cls)


def is_named_tuple(cls: Class) -> bool:
    """Whether the class is a NamedTuple: a pytree whose fields are all leaves."""
    return any(base.form == Library("typing.NamedTuple") for base in cls.bases)


def class_fields(cls: Class) -> tuple[Parameter, ...]:
    """Return the annotated names of a class body, in order."""
    fields: list[Parameter] = []
    for statement in cls.node.body.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                    name = small.target.value
                    fields.append(
                        Parameter(name, ParameterKind.POSITIONAL_OR_KEYWORD, small.value, small.annotation.annotation)
                    )
    return tuple(fields)


def _is_dataclass(decorator: Value) -> bool:
    form = decorator.form
    if isinstance(form, Partial):
        form = form.callee.form
    return isinstance(form, Library) and form.name.rpartition(".")[2] in ("dataclass", "register_dataclass")


def _call_library(scope: Scope, name: str, arguments: Arguments, node: cst.CSTNode, label: str) -> Value:
    handler = HANDLERS.get(name)
    if handler is not None:
        result = handler(scope, arguments, node, label)
        if result is not None:
            return result
    if is_wrapper(scope, name, label):
        return apply_transform(scope, name, "jit", arguments, node, label)
    model = find_model(name)
    if model is None or isinstance(model, Attribute):
        escape(scope, arguments, node)
        return UNKNOWN
    if model.returns.kind is ReturnKind.TRANSFORM:
        return apply_transform(scope, name, model.returns.transform, arguments, node, label)
    if name.startswith("functools.") and name.endswith("wraps"):
        return Value(form=Partial(Value(form=Library(name)), arguments.positional, ()))
    result = apply_model(scope, model, arguments, node, label, call, run_body)
    if model.returns.kind is ReturnKind.UNKNOWN:
        escape(scope, arguments, node)
    return result


def is_wrapper(scope: Scope, name: str, label: str) -> bool:
    """Whether the user named this function as one that applies jit, by its import name or as the file writes it."""
    wrappers = scope.analysis.settings.wrappers
    return bool(wrappers) and any(name == w or label == w or name.endswith(f".{w}") for w in wrappers)


def _call_method(scope: Scope, form: BoundModel, arguments: Arguments, node: cst.CSTNode, label: str) -> Value:
    special = _call_container_method(scope, form, arguments, node)
    if special is not None:
        return special
    model = find_model(form.name)
    if model is None or isinstance(model, Attribute):
        return UNKNOWN
    if form.name.startswith("jax.Array."):
        notice_array(scope, form, node)
    return apply_model(scope, model, arguments.after((form.owner,)), node, label or form.name, call, run_body)


def notice_array(scope: Scope, form: BoundModel, node: cst.CSTNode) -> None:
    """An array's method proves an array; `.item()` is asked of numbers too."""
    if not form.name.endswith(".item"):
        notice(scope, Evidence.ARRAY, form.owner, node)


def _call_container_method(scope: Scope, form: BoundModel, arguments: Arguments, node: cst.CSTNode) -> Value | None:
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
            found = owner.get(key.form.value) if isinstance(key.form, Constant) else None
            return found if found is not None else UNKNOWN
        if method == "copy":
            return form.owner
    if isinstance(owner, Constant) and isinstance(owner.value, str) and method == "format":
        for value in _formatted(owner.value, arguments):
            reach(scope, SinkKind.CONVERSION, value, node, "is formatted as a number")
        return TEXT
    if isinstance(owner, Display):
        if method in ("index", "count") and arguments.positional:
            every = method == "count"
            operators.search(scope, arguments.positional[0], owner, node, f"is compared by .{method}()", every)
            return STATIC
        if method == "sort" and arguments.keyword("key") is None and len(owner.items) > 1:
            reach(scope, SinkKind.BRANCH, form.owner, node, "is compared by .sort()")
        if method == "pop":
            for index in arguments.positional:
                reach(scope, SinkKind.SLICE, index, node, f"indexes a Python {owner.kind}")
        if method == "copy":
            return form.owner
        if method == "pop":
            return elements(form.owner)
    return None


_SAME_ARRAY = ("copy", "astype", "reshape", "ravel", "flatten", "transpose", "squeeze", "round", "clip")


def _open_traced(owner: Value, method: str) -> Value:
    """Return what the methods of a dict give for a traced parameter."""
    item, key = leaf(owner, inside=True), STATIC
    if method in ("get", "pop", "setdefault"):
        return item
    row = {"items": _pair(key, item), "values": item, "keys": key}.get(method)
    return UNKNOWN if row is None else Value(form=Display("list", (), row))


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
