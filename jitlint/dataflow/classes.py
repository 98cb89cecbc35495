"""`def` and `class` statements: the values they bind, and the decorators between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.assignment import Evaluate
from jitlint.dataflow.definitions import definition_of
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.parameters import Definition
from jitlint.dataflow.records import class_fields
from jitlint.dataflow.state import Scope, is_unknown
from jitlint.dataflow.values import Callee, Class, Function, Library, Partial, Transformed, Value
from jitlint.models import Model
from jitlint.names import dotted

CallWith = Callable[[Scope, Value, Arguments, cst.CSTNode, str], Value]
Execute = Callable[[Scope, cst.BaseSuite], None]

_CACHES = ("functools.lru_cache", "functools.cache")
_ROLES = ("property", "staticmethod", "classmethod")
_ACCESSORS = ("setter", "deleter")
_PROPERTIES = ("builtins.property", "functools.cached_property", "abc.abstractproperty")


def define_function(scope: Scope, node: cst.FunctionDef, evaluate: Evaluate, call: CallWith) -> None:
    """Bind the name of a `def` to its function under its decorators."""
    frame = scope.frame
    if scope.owner is not None and frame.parent is not None:
        # A method does not see the names of its class.
        frame = frame.parent
    definition = definition_of(scope.analysis, node)
    role = _declared_role(node) if scope.owner is not None else ""
    form = Function(definition, frame, scope.owner, role=role, defaults=read_defaults(scope, definition, evaluate))
    value = Value(form=form)
    for decorator in reversed(node.decorators):
        value = _decorate(scope, value, decorator, evaluate, call)
    scope.frame.bind(node.name.value, value)
    if not scope.tracing and node.name.value in scope.analysis.visit:
        scope.analysis.pending.append((form, scope))


def read_defaults(scope: Scope, definition: Definition, evaluate: Evaluate) -> tuple[tuple[str, Value], ...]:
    """Evaluate the defaults of a function, as its `def` does."""
    return tuple((p.name, evaluate(scope, p.default)) for p in definition.parameters if p.default is not None)


def _declared_role(node: cst.FunctionDef) -> str:
    """Return staticmethod or classmethod, wherever among the decorators it stands."""
    names = {dotted(decorator.decorator) for decorator in node.decorators}
    return next((role for role in ("staticmethod", "classmethod") if role in names), "")


def _decorate(scope: Scope, value: Value, decorator: cst.Decorator, evaluate: Evaluate, call: CallWith) -> Value:
    if isinstance(decorator.decorator, cst.Attribute) and decorator.decorator.attr.value in _ACCESSORS:
        extended = evaluate(scope, decorator.decorator.value)
        if isinstance(extended.form, Function) and extended.form.role == "property":
            # `@size.setter`: the name still gives what the getter returns.
            return extended
    applied = evaluate(scope, decorator.decorator)
    form = applied.form
    name = form.name if isinstance(form, Library) else ""
    if isinstance(value.form, Function):
        if name in _PROPERTIES:
            return Value(form=replace(value.form, role="property"))
        if name.startswith("builtins.") and name[9:] in _ROLES:
            return Value(form=replace(value.form, role=name[9:]))
        if isinstance(form, Partial) and form.callee.form == Library("functools.wraps") and form.positional:
            return Value(form=replace(value.form, wrapped=form.positional[0]))
    if name in _CACHES or isinstance(decorator.decorator, cst.Call) and _is_cache(scope, decorator.decorator, evaluate):
        return Value(form=Transformed("cache", value))
    if is_unknown(applied):
        return _disguised(value)
    label = dotted(decorator.decorator) or _callee_label(decorator.decorator)
    result = call(scope, applied, Arguments((value,)), decorator, label)
    if isinstance(result.form, Callee) or isinstance(scope.analysis.models.find(name), Model):
        return result
    return _disguised(value)


def _disguised(value: Value) -> Value:
    """A decorator of unknown effect is looked through, but the function may show another signature."""
    return Value(form=replace(value.form, disguised=True)) if isinstance(value.form, Function) else value


def _is_cache(scope: Scope, node: cst.Call, evaluate: Evaluate) -> bool:
    form = evaluate(scope, node.func).form
    return isinstance(form, Library) and form.name in _CACHES


def _callee_label(node: cst.BaseExpression) -> str:
    """Return the name that a decorator is written with: `jax.jit` of `jax.jit(...)` and of `partial(jax.jit, ...)`."""
    if not isinstance(node, cst.Call):
        return ""
    name = dotted(node.func) or ""
    if name.rpartition(".")[2] == "partial" and node.args:
        return dotted(node.args[0].value) or name
    return name


def define_class(scope: Scope, node: cst.ClassDef, evaluate: Evaluate, execute: Execute) -> None:
    """Bind the name of a class; its body runs in a scope of its own."""
    cls = scope.analysis.classes.get(node)
    if cls is None or scope.tracing or cls.namespace.parent is not scope.frame:
        bases = tuple(_base(scope, base.value, evaluate) for base in node.bases if base.star == "")
        namespace = Frame(scope.frame)
        decorators = tuple(evaluate(scope, decorator.decorator) for decorator in node.decorators)
        cls = Class(
            node.name.value,
            node,
            bases,
            namespace,
            Frame(scope.frame),
            decorators,
            frozenset(field.name for field in class_fields(node)),
        )
        scope.analysis.classes[node] = cls
    inner = scope.child(cls.namespace)
    inner.owner = cls
    execute(inner, node.body)
    scope.frame.bind(node.name.value, Value(form=cls))


def _base(scope: Scope, node: cst.BaseExpression, evaluate: Evaluate) -> Value:
    """Return the value of a base class; `Base[int]` is `Base`."""
    return evaluate(scope, node.value if isinstance(node, cst.Subscript) else node)
