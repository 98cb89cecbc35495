"""Calls of library functions: a model says which arguments are sinks and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments, bind_model, is_given
from jitlint.dataflow.containers import elements
from jitlint.dataflow.sinks import reach, reach_truth
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import (
    SHAPE,
    STATIC,
    UNKNOWN,
    Constant,
    Display,
    Function,
    Partial,
    Shapeless,
    SinkKind,
    Transformed,
    Value,
    display,
    is_number,
    leaf,
    operation,
    parts,
)
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ReturnKind, Returns

Call = Callable[[Scope, Value, Arguments, cst.CSTNode], Value]
RunBody = Callable[[Scope, Value, Value, cst.CSTNode], Value]
"""Run a function with every parameter given the same value."""

_SINKS: dict[Need, tuple[SinkKind, str]] = {
    Need.SHAPE: (SinkKind.SHAPE, "sets a shape in {callee}"),
    Need.SIZE: (SinkKind.SHAPE, "sets a shape in {callee}"),
    Need.AXIS: (SinkKind.CONCRETE, "must be concrete as {parameter!r} of {callee}"),
    Need.DTYPE: (SinkKind.CONCRETE, "must be concrete as {parameter!r} of {callee}"),
    Need.STATIC: (SinkKind.CONCRETE, "must be concrete as {parameter!r} of {callee}"),
    Need.INDEX: (SinkKind.SLICE, "bounds a slice in {callee}"),
    Need.LOOP: (SinkKind.LOOP, "sets the length of a Python loop in {callee}"),
    Need.CONVERT: (SinkKind.CONVERSION, "is converted to a Python number by {callee}"),
    Need.NUMPY: (SinkKind.NUMPY, "is needed by NumPy in {callee}"),
    Need.NUMPY_ARRAY: (SinkKind.NUMPY, "is turned into a NumPy array by {callee}"),
    Need.KEY: (SinkKind.OBJECT, "is hashed or used as a name in {callee}"),
    Need.COUNTED: (SinkKind.UNKNOWN_SIZE, "decides the size of the result of {callee}"),
}
_NUMPY_INSTEAD = (Need.DTYPE, Need.AXIS, Need.STATIC, Need.SHAPE, Need.SIZE, Need.INDEX)


def apply_model(
    scope: Scope, model: Model, arguments: Arguments, node: cst.CSTNode, label: str, call: Call, run_body: RunBody
) -> Value:
    """Call a modelled function: record the sinks, run the functions it is given, return what the model says."""
    pairs = bind_model(model.parameters, arguments)
    if pairs is None:
        return UNKNOWN
    for parameter, value in pairs:
        if parameter.need is Need.ARRAY or parameter.need is Need.ANY:
            continue
        if parameter.unless and is_given(pairs, parameter.unless):
            continue
        _meet(scope, model, parameter, value, pairs, node, label)
    inner = STATIC
    if scope.tracing:
        for parameter, value in pairs:
            if parameter.need is Need.BODY:
                run_body(scope, value, replace(UNKNOWN_TREE, staged=True, unknown=False), node)
            elif parameter.need is Need.BODIES:
                for body in _items(value):
                    run_body(scope, body, replace(UNKNOWN_TREE, staged=True, unknown=False), node)
            elif parameter.need in (Need.LEAVES, Need.CALLED):
                inner = _run_on_elements(scope, parameter, value, pairs, node, call)
    return returned(scope, model, pairs, inner)


UNKNOWN_TREE = Value(unknown=True, form=Shapeless.TREE)


def _items(value: Value) -> tuple[Value, ...]:
    form = value.form
    if isinstance(form, Display):
        return form.items if form.rest is None else (*form.items, form.rest)
    return ()


def _meet(
    scope: Scope,
    model: Model,
    parameter: ModelParameter,
    value: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    label: str,
) -> None:
    """Let an argument meet the need of its parameter."""
    need = parameter.need
    if need is Need.TRUTH:
        _meet_truth(scope, model, parameter, value, pairs, node, label)
        return
    if need is Need.NUMBER:
        if is_number(value.form) and value.traced:
            reach(scope, SinkKind.SHAPE, value, node, f"sets a shape in {label}")
        return
    entry = _SINKS.get(need)
    if entry is None or value.form == Constant(None):
        return
    kind, phrase = entry
    if need is Need.KEY and parameter.name == "iterable":
        value = elements(value)
    if need in _NUMPY_INSTEAD and model.name.startswith("numpy."):
        kind = SinkKind.NUMPY
    text = phrase.format(callee=label, parameter=parameter.name)
    reach(scope, kind, value, node, text, array=need is Need.NUMPY_ARRAY or need is Need.COUNTED)


def _meet_truth(
    scope: Scope,
    model: Model,
    parameter: ModelParameter,
    value: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    label: str,
) -> None:
    phrase = f"is compared or tested by {label}"
    if model.name == "builtins.bool" or not (parameter.name in ("args", "iterable")):
        reach_truth(scope, value, node, phrase)
        return
    alone = sum(other.name == parameter.name for other, _ in pairs) == 1
    if not alone:
        for part in parts(value):
            reach_truth(scope, part, node, phrase)
    elif _more_than_one(value) or parameter.name == "iterable" and not model.name.endswith("sorted"):
        for part in parts(elements(value)):
            reach_truth(scope, part, node, phrase)


def _more_than_one(value: Value) -> bool:
    form = value.form
    return not isinstance(form, Display) or form.rest is not None or len(form.items) > 1


def _run_on_elements(
    scope: Scope,
    parameter: ModelParameter,
    function: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    call: Call,
) -> Value:
    """Call a function with the leaves or elements of the other arguments; return what it gives back."""
    if not isinstance(function.form, (Function, Partial, Transformed)):
        return operation(*(value for other, value in pairs if other is not parameter))
    others = [value for other, value in pairs if other is not parameter and other.need is Need.ARRAY]
    if parameter.need is Need.LEAVES:
        given = tuple(tree_leaf(value) for value in others)
    elif parameter.name == "key":
        given = (elements(others[0]) if len(others) == 1 else elements(display("tuple", others)),) if others else ()
    elif parameter.name in ("function", "func") and len(others) > 1 and pairs[0][0].name != "function":
        item = elements(others[0])
        given = (item, item)
    else:
        given = tuple(elements(value) for value in others)
    return call(scope, function, Arguments(given), node)


def tree_leaf(value: Value) -> Value:
    """Return what `jax.tree.map` takes out of a pytree, all leaves in one."""
    found = [leaf(part) if part.traced else part for part in parts(value)]
    return operation(*found) if found else STATIC


def returned(
    scope: Scope, model: Model, pairs: Sequence[tuple[ModelParameter, Value]], inner: Value = STATIC
) -> Value:
    """Return what the model says that a call gives back."""
    given = operation(*(value for _, value in pairs))
    return _build(scope, model.name, model.returns, given, inner)


def _build(scope: Scope, name: str, returns: Returns, given: Value, inner: Value) -> Value:
    kind = returns.kind
    if kind is ReturnKind.ARRAY or kind is ReturnKind.TREE:
        form = Shapeless.ARRAY if kind is ReturnKind.ARRAY else Shapeless.TREE
        if name.startswith("numpy."):
            return Value(form=form)
        if kind is ReturnKind.TREE and name.endswith((".map", ".tree_map")):
            return Value(inner.origins, inner.staged, inner.unknown, inner.mixed, form)
        return made_by_jax(scope, given, form)
    if kind is ReturnKind.MASK:
        return made_by_jax(scope, given, Shapeless.MASK)
    if kind is ReturnKind.CONCRETE:
        return SHAPE if name in ("jax.numpy.shape", "numpy.shape") else STATIC
    if kind is ReturnKind.DERIVED:
        if name.startswith("numpy.") and given.traced:
            return replace(given, staged=scope.tracing, form=Shapeless.ARRAY)
        return given
    if kind in (ReturnKind.TUPLE, ReturnKind.LIST):
        word = "tuple" if kind is ReturnKind.TUPLE else "list"
        items = [_build(scope, name, item, given, inner) for item in returns.items]
        return Value(form=Display(word, (), items[0])) if returns.variadic else display(word, items)
    return UNKNOWN


def made_by_jax(scope: Scope, given: Value, form: Shapeless) -> Value:
    """Return the result of a JAX operation: staged inside jit, whatever it was made of."""
    if not scope.tracing:
        return Value(form=form)
    if scope.eager:
        return Value(given.origins, given.staged, given.unknown and not given.traced, given.mixed, form)
    return Value(given.origins, True, form=form)


def attribute_value(scope: Scope, attribute: Attribute, owner: Value) -> Value:
    """Return a modelled attribute of a value (`x.T`, `x.dtype`) or of a module (`jnp.pi`)."""
    if attribute.name == "jax.Array.shape":
        return SHAPE
    if attribute.returns.kind is ReturnKind.CONCRETE:
        return STATIC
    if attribute.returns.kind is ReturnKind.ARRAY:
        return made_by_jax(scope, operation(owner), Shapeless.ARRAY)
    return UNKNOWN
