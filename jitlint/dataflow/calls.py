"""Calls: what is called, with what, and what comes back."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments, bind, uniform_arguments
from jitlint.dataflow.builtin_calls import HANDLERS
from jitlint.dataflow.choices import call_each
from jitlint.dataflow.container_methods import call_container_method
from jitlint.dataflow.library import apply_model
from jitlint.dataflow.makers import made_object, makes_instance
from jitlint.dataflow.pytrees import is_enum, is_plain
from jitlint.dataflow.records import PARTIAL, constructor_fields, default_of, is_partial, unset_fields
from jitlint.dataflow.sinks import notice
from jitlint.dataflow.state import MAX_DEPTH, Event, Evidence, Scope, Sink
from jitlint.dataflow.stores import CONSTRUCTORS
from jitlint.dataflow.transforms import apply_transform, call_jitted, call_transformed
from jitlint.dataflow.values import (
    NONE,
    UNKNOWN,
    BoundModel,
    Choice,
    Class,
    Function,
    Instance,
    Jitted,
    Library,
    Made,
    Partial,
    Transformed,
    Value,
)
from jitlint.jit_sites import find_method, signature
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
        if callee.traced:
            notice(scope, Evidence.CALLED, callee, node)
        method = find_method(form.cls, "__call__")
        if method is not None:
            return call_function(scope, replace(method, receiver=callee), arguments, node)
    if isinstance(form, Made) and scope.analysis.models.find(f"{form.cls}.__call__") is not None:
        return _call_method(scope, BoundModel(f"{form.cls}.__call__", callee), arguments, node, label)
    if isinstance(form, Choice):
        return call_each(scope, form, lambda alone, one: call(alone, one, arguments, node, label))
    if callee.traced:
        notice(scope, Evidence.CALLED, callee, node)
    escape(scope, arguments, node)
    return UNKNOWN


def call_function(scope: Scope, function: Function, arguments: Arguments, node: cst.CSTNode) -> Value:
    """Run a function of the file on its arguments."""
    if function.definition.name not in CONSTRUCTORS:
        return _run(scope, function, arguments)
    if function.receiver is None and arguments.positional:
        # `Base.__init__(self, n)`
        function = replace(function, receiver=arguments.positional[0])
        arguments = replace(arguments, positional=arguments.positional[1:])
    made = _run(scope, function, arguments)
    caller = scope.function
    if scope.constructs and caller is not None and caller.definition.parameters and isinstance(made.form, Instance):
        # One constructor calls that of a base: `self` goes on with the attributes that it got there.
        name = caller.definition.parameters[0].name
        if scope.frame.lookup(name) == function.receiver:
            scope.frame.bind(name, made)
    return NONE


def _run(scope: Scope, function: Function, arguments: Arguments) -> Value:
    definition = function.definition
    if not scope.tracing and not _is_visited(function) and not makes_instance(function):
        return made_object(function, scope.analysis.models) or UNKNOWN
    if definition in scope.stack or len(scope.stack) >= MAX_DEPTH:
        return UNKNOWN
    if function.receiver is not None:
        arguments = replace(arguments, positional=(function.receiver, *arguments.positional))
    bound = bind(definition.parameters, arguments)
    if bound is None:
        return UNKNOWN
    return scope.analysis.run(function, bound, scope)


def _is_visited(function: Function) -> bool:
    """Whether a function is run outside of a trace too: it has to do with jit, or is a lambda, which is soon done."""
    name, file = function.definition.name, function.frame.file
    return file is None or name in file.visit or name == "<lambda>"


def run_body(scope: Scope, callee: Value, argument: Value, node: cst.CSTNode) -> Value:
    """Run a function whose arguments JAX makes: every parameter without default gets the same value."""
    parameters = signature(callee, scope.analysis.models)
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
    instance = Value(form=Instance(cls, exact=True))
    if is_enum(cls):
        return instance
    if is_partial(cls):
        return apply_transform(scope, PARTIAL, "partial", arguments, node, cls.name)
    fields = constructor_fields(cls)
    if fields is None:
        init = find_method(cls, "__init__")
        if init is None:
            return instance if cls.is_closed or is_plain(cls, scope.analysis.models) else UNKNOWN
        return _initialised(scope, instance, init, arguments)
    bound = bind(tuple(f for f in fields if f.name not in unset_fields(fields)), arguments)
    if bound is None:
        return UNKNOWN
    given = tuple((f.name, bound[f.name] if f.name in bound else default_of(cls, f.name)) for f in fields)
    made = Value(form=Instance(cls, given, exact=True))
    post = find_method(cls, "__post_init__")
    return made if post is None else _initialised(scope, made, post, Arguments())


def _initialised(scope: Scope, instance: Value, method: Function, arguments: Arguments) -> Value:
    """Return an instance as its constructor leaves it; outside of any trace, what is known of it may be its class."""
    if scope.tracing or _is_visited(method) and method.definition not in scope.stack:
        made = _run(scope, replace(method, receiver=instance), arguments)
        if isinstance(made.form, Instance):
            return made
    return UNKNOWN if scope.tracing else instance


def _call_library(scope: Scope, name: str, arguments: Arguments, node: cst.CSTNode, label: str) -> Value:
    handler = HANDLERS.get(name)
    if handler is not None:
        result = handler(scope, arguments, node, label)
        if result is not None:
            return result
    if is_wrapper(scope, name, label):
        return apply_transform(scope, name, "jit", arguments, node, label)
    model = scope.analysis.models.find(name)
    if model is None or isinstance(model, Attribute):
        escape(scope, arguments, node)
        return UNKNOWN
    if model.returns.kind is ReturnKind.TRANSFORM:
        return apply_transform(scope, name, model.returns.transform, arguments, node, label)
    if model.returns.kind is ReturnKind.PYTREE:
        # A decorator of classes, with its options first or at once with the class.
        waiting = Value(form=Partial(Value(form=Library(name)), (), arguments.keywords))
        return arguments.positional[0] if arguments.positional else waiting
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
    special = call_container_method(scope, form, arguments, node)
    if special is not None:
        return special
    model = scope.analysis.models.find(form.name)
    if model is None or isinstance(model, Attribute):
        return UNKNOWN
    if form.name.startswith("jax.Array."):
        notice_array(scope, form, node)
    return apply_model(scope, model, arguments.after((form.owner,)), node, label or form.name, call, run_body)


def notice_array(scope: Scope, form: BoundModel, node: cst.CSTNode) -> None:
    """An array's method proves an array; `.item()` is asked of numbers too."""
    if not form.name.endswith(".item"):
        notice(scope, Evidence.ARRAY, form.owner, node)
