"""What an annotation of a parameter proves about its arguments."""

from __future__ import annotations

import enum

import libcst as cst

from jitlint.dataflow.expressions import evaluate
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import Class, Library
from jitlint.names import dotted


class Annotated(enum.Enum):
    """What kind of object an annotation names."""

    ARRAY = "array"
    NUMBER = "number"
    TEXT = "string"
    CALLABLE = "function"
    DTYPE = "dtype"
    CONTAINER = "container"
    OBJECT = "object of some class"


_BY_NAME = {
    "builtins.str": Annotated.TEXT,
    "builtins.int": Annotated.NUMBER,
    "builtins.float": Annotated.NUMBER,
    "builtins.complex": Annotated.NUMBER,
    "builtins.bool": Annotated.NUMBER,
    "numpy.ndarray": Annotated.ARRAY,
    "jax.Array": Annotated.ARRAY,
    "jax.numpy.dtype": Annotated.DTYPE,
    "numpy.dtype": Annotated.DTYPE,
    "jax.typing.DTypeLike": Annotated.DTYPE,
    "numpy.typing.DTypeLike": Annotated.DTYPE,
    "collections.abc.Callable": Annotated.CALLABLE,
}
_ARRAY_WORDS = frozenset({"Array", "ndarray", "ArrayLike", "ArrayTree", "PRNGKey", "PRNGKeyArray", "Numeric"})
_JAXTYPING = frozenset({"Float", "Int", "Integer", "Bool", "Complex", "Shaped", "Num", "Inexact", "Key", "Float32"})
_CONTAINERS = frozenset(
    {"tuple", "list", "dict", "set", "Tuple", "List", "Dict", "Sequence", "Mapping", "Iterable", "Set", "NamedTuple"}
)
_WRAPPERS = frozenset({"Optional", "Annotated", "Final"})


def read_annotation(scope: Scope, node: cst.BaseExpression | None) -> Annotated | None:
    """Return what an annotation proves; None if it proves nothing."""
    if node is None:
        return None
    if isinstance(node, cst.SimpleString):
        try:
            return read_annotation(scope, cst.parse_expression(str(node.evaluated_value)))
        except cst.ParserSyntaxError:
            return None
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        sides = {read_annotation(scope, side) for side in (node.left, node.right) if not _is_none(side)}
        # A parameter that may be left None proves nothing by being a string.
        optional = _is_none(node.left) or _is_none(node.right)
        return _common(sides, optional)
    if isinstance(node, cst.Subscript):
        return _subscripted(scope, node)
    word = (dotted(node) or "").rpartition(".")[2]
    form = evaluate(scope, node).form
    if isinstance(form, Library):
        known = _BY_NAME.get(form.name)
        # An alias of Callable is written for what may be a callable pytree.
        if known is not None and (known is not Annotated.CALLABLE or word == "Callable"):
            return known
    if word in _ARRAY_WORDS:
        return Annotated.ARRAY
    if word in _CONTAINERS:
        return Annotated.CONTAINER
    return Annotated.OBJECT if isinstance(form, (Class, Library)) or word[:1].isupper() else None


def is_optional(node: cst.BaseExpression | None) -> bool:
    """Whether an annotation allows None."""
    if isinstance(node, cst.SimpleString):
        return "None" in node.value or "Optional" in node.value
    if isinstance(node, cst.BinaryOperation):
        return is_optional(node.left) or is_optional(node.right)
    if isinstance(node, cst.Subscript):
        word = (dotted(node.value) or "").rpartition(".")[2]
        inner = [element.slice.value for element in node.slice if isinstance(element.slice, cst.Index)]
        return word == "Optional" or word == "Union" and any(map(is_optional, inner))
    return node is not None and _is_none(node)


def _is_none(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def _common(sides: set[Annotated | None], optional: bool) -> Annotated | None:
    if sides == {Annotated.NUMBER, Annotated.CONTAINER}:
        return Annotated.CONTAINER
    if len(sides) != 1:
        return None
    (side,) = sides
    return None if optional and side in (Annotated.TEXT, Annotated.DTYPE) else side


def _subscripted(scope: Scope, node: cst.Subscript) -> Annotated | None:
    word = (dotted(node.value) or "").rpartition(".")[2]
    inner = [element.slice.value for element in node.slice if isinstance(element.slice, cst.Index)]
    if word == "Literal":
        texts = bool(inner) and all(isinstance(i, (cst.SimpleString, cst.ConcatenatedString)) for i in inner)
        return Annotated.TEXT if texts else None
    if word == "Callable":
        return Annotated.CALLABLE
    if word == "Union":
        sides = {read_annotation(scope, side) for side in inner if not _is_none(side)}
        return _common(sides, any(_is_none(side) for side in inner))
    if word in _WRAPPERS and inner:
        return _common({read_annotation(scope, inner[0])}, word == "Optional")
    if word in _JAXTYPING:
        return Annotated.ARRAY
    if word not in _CONTAINERS:
        return Annotated.OBJECT
    items = {read_annotation(scope, item) for item in inner if not isinstance(item, cst.Ellipsis)}
    return Annotated.TEXT if items == {Annotated.TEXT} else Annotated.CONTAINER
