"""What a call of a library function gives back, as its model says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jitlint.dataflow.containers import elements, items_in_order
from jitlint.dataflow.floats import MAKING_FLOATS, MAKING_FLOATS_OF_NUMBERS, ROUNDING_FLOATS
from jitlint.dataflow.lattice import display, is_float, is_number, operation, over_leaves, tree_leaf
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import (
    FLOAT,
    SHAPE,
    STATIC,
    UNKNOWN,
    Constant,
    Display,
    Library,
    Made,
    Shapeless,
    Value,
)
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ReturnKind, Returns

_ALWAYS_ARRAYS = frozenset(
    f"numpy.{name}"
    for name in (
        "arange",
        "array",
        "asarray",
        "concatenate",
        "empty",
        "eye",
        "full",
        "identity",
        "linspace",
        "ones",
        "ones_like",
        "stack",
        "zeros",
        "zeros_like",
    )
)


def returned(
    scope: Scope, model: Model, pairs: Sequence[tuple[ModelParameter, Value]], results: dict[str, Value]
) -> Value:
    """Return what the model says that a call gives back. results: what the functions give that it was given."""
    if model.returns.kind is ReturnKind.ELEMENT and pairs:
        container = next((value for parameter, value in pairs if parameter.need is not Need.CALLED), STATIC)
        item = tree_leaf(container) if model.name.endswith("leaves") else elements(container)
        return Value(form=Display("list", (), item, certain=model.name == "builtins.sorted", shuffled=True))
    if model.name in ("builtins.min", "builtins.max") and sum(p.name == "args" for p, _ in pairs) == 1:
        return elements(pairs[0][1])
    if any(p.need is Need.WHOLE and isinstance(v.form, Display) and operation(v).traced for p, v in pairs):
        # NumPy has failed by now.
        return UNKNOWN
    if _makes_float(model.name, [value for _, value in pairs]):
        return FLOAT
    given = operation(*(value for _, value in pairs))
    if model.returns.kind is ReturnKind.ARRAY and any(p.need is Need.DTYPE and _is_bool(v) for p, v in pairs):
        return made_by_jax(scope, given, Shapeless.MASK)
    shapes = {parameter.name: value for parameter, value in pairs} | results
    return _build(scope, model.name, model.returns, given, shapes)


def _makes_float(name: str, given: Sequence[Value]) -> bool:
    """Whether a function of NumPy certainly gives a float for the Python numbers that it is given."""
    if any(value.traced or value.unknown or value.mixed for value in given):
        return False
    if name in ROUNDING_FLOATS:
        return bool(given) and is_float(given[0].form)
    return name in MAKING_FLOATS_OF_NUMBERS and all(is_number(value.form) for value in given)


def _is_bool(value: Value) -> bool:
    return isinstance(value.form, Library) and value.form.name in ("builtins.bool", "jax.numpy.bool_", "numpy.bool_")


def _build(scope: Scope, name: str, returns: Returns, given: Value, shapes: dict[str, Value]) -> Value:
    """Return the value that a return annotation stands for. shapes: what it may have the structure of, by parameter."""
    kind = returns.kind
    if returns.like:
        return _shaped_like(scope, given, _shape(returns.like, shapes))
    if kind is ReturnKind.ARRAY or kind is ReturnKind.TREE:
        form = Shapeless.ARRAY if kind is ReturnKind.ARRAY else Shapeless.TREE
        return made_by_jax(scope, given, form)
    if kind is ReturnKind.NUMPY:
        # Others may give a scalar, which is hashable as no array is.
        return Value(form=Shapeless.NUMPY, mixed=name not in _ALWAYS_ARRAYS)
    if kind is ReturnKind.MASK:
        return made_by_jax(scope, given, Shapeless.MASK)
    if kind is ReturnKind.OBJECT:
        return Value(form=Made(returns.cls))
    if kind is ReturnKind.OPAQUE:
        return Value(form=Made(name))
    if kind is ReturnKind.CONCRETE:
        return FLOAT if name in MAKING_FLOATS else SHAPE if name in ("jax.numpy.shape", "numpy.shape") else STATIC
    if kind is ReturnKind.DERIVED:
        if name.startswith("numpy.") and given.traced:
            return replace(given, staged=scope.tracing, form=Shapeless.ARRAY)
        return given
    if kind in (ReturnKind.TUPLE, ReturnKind.LIST):
        word = "tuple" if kind is ReturnKind.TUPLE else "list"
        items = [_build(scope, name, item, given, shapes) for item in returns.items]
        return Value(form=Display(word, (), items[0])) if returns.variadic else display(word, items)
    return UNKNOWN


def _shape(like: str, shapes: dict[str, Value]) -> Value:
    """Return the value that a result has the structure of: `init`, or `f[1]` of what a function gives."""
    name, _, index = like.removesuffix("]").partition("[")
    value = shapes.get(name, UNKNOWN)
    if not index:
        return value
    items = items_in_order(value)
    return items[int(index)] if items is not None and int(index) < len(items) else UNKNOWN


def _shaped_like(scope: Scope, given: Value, tree: Value) -> Value:
    """Return what JAX makes of `given` in the containers of another value, as far as these are in sight."""

    def leaf(value: Value) -> Value:
        if value.form == Constant(None):
            return value
        is_array = is_number(value.form) or value.form in (Shapeless.ARRAY, Shapeless.MASK, Shapeless.NUMPY)
        return made_by_jax(scope, given, Shapeless.ARRAY if is_array else Shapeless.TREE)

    return over_leaves(tree, leaf)


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
