"""How often a loop runs its body, as far as its constants tell."""

from __future__ import annotations

import operator
from collections.abc import Callable

import libcst as cst

from jitlint.faults.surroundings import Loop, Surroundings
from jitlint.names import dotted

FEW = 4
"""Loops of at most so many passes are how people use static arguments."""
_MANY = FEW + 1

Number = int | float

_OPERATORS: dict[type[cst.CSTNode], Callable[[Number, Number], Number]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.Divide: operator.truediv,
    cst.FloorDivide: operator.floordiv,
    cst.AddAssign: operator.add,
    cst.SubtractAssign: operator.sub,
    cst.MultiplyAssign: operator.mul,
    cst.DivideAssign: operator.truediv,
    cst.FloorDivideAssign: operator.floordiv,
}
_COMPARISONS: dict[type[cst.CSTNode], Callable[[Number, Number], bool]] = {
    cst.LessThan: operator.lt,
    cst.LessThanEqual: operator.le,
    cst.GreaterThan: operator.gt,
    cst.GreaterThanEqual: operator.ge,
    cst.NotEqual: operator.ne,
}
_COUNTED = {"islice": 1, "split": 1, "array_split": 1, "linspace": 2, "logspace": 2, "geomspace": 2}
"""Functions whose last argument, at this position, says how many items they give: `jax.random.split(key, 3)`."""
_SAME_LENGTH = ("enumerate", "reversed", "sorted", "list", "tuple", "set", "tqdm", "trange")


def number(around: Surroundings, node: cst.BaseExpression, depth: int = 0) -> Number | None:
    """Return the number that an expression of constants has."""
    if isinstance(node, (cst.Integer, cst.Float)):
        return node.evaluated_value
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        inner = number(around, node.expression, depth)
        return None if inner is None else -inner
    if isinstance(node, cst.BinaryOperation):
        compute = _OPERATORS.get(type(node.operator))
        left, right = number(around, node.left, depth), number(around, node.right, depth)
        if compute is None or left is None or right is None:
            return None
        try:
            return compute(left, right)
        except (ArithmeticError, ValueError):
            return None
    if isinstance(node, cst.Name) and depth < FEW:
        value = only_value(around, node)
        return None if value is None else number(around, value, depth + 1)
    return None


def only_value(around: Surroundings, name: cst.Name) -> cst.BaseExpression | None:
    """Return the expression that a name stands for, if it is bound once."""
    owner = around.owner_of(name.value, around.scope_of(name))
    if owner is None:
        return None
    stores = around.stores_of(name.value, owner)
    return stores[0].value if len(stores) == 1 else None


def is_short(around: Surroundings, loop: Loop) -> bool:
    """Whether a loop surely makes few passes."""
    most = _most_passes(around, loop)
    return most is not None and most <= FEW


def is_long(around: Surroundings, loop: Loop) -> bool:
    """Whether a loop is visibly made for many passes."""
    most = _most_passes(around, loop)
    return most is not None and most > FEW


def _most_passes(around: Surroundings, loop: Loop) -> int | None:
    return _most_of_while(around, loop) if isinstance(loop, cst.While) else most_items(around, loop.iter)


def most_items(around: Surroundings, node: cst.BaseExpression, depth: int = 0) -> int | None:
    """Return how many items an iterable has at most, None if that can't be read."""
    if isinstance(node, (cst.Tuple, cst.List, cst.Set)):
        starred = any(isinstance(element, cst.StarredElement) for element in node.elements)
        return None if starred else len(node.elements)
    if isinstance(node, cst.Dict):
        starred = any(isinstance(element, cst.StarredDictElement) for element in node.elements)
        return None if starred else len(node.elements)
    if isinstance(node, (cst.ListComp, cst.SetComp, cst.DictComp)) and node.for_in.inner_for_in is None:
        return most_items(around, node.for_in.iter, depth)
    if isinstance(node, cst.Subscript):
        return _most_of_slice(around, node)
    if isinstance(node, cst.Name) and depth < FEW:
        value = only_value(around, node)
        return None if value is None else most_items(around, value, depth + 1)
    if isinstance(node, cst.Attribute) and node.attr.value == "shape":
        return FEW
    if isinstance(node, cst.Call):
        return _most_of_call(around, node, depth)
    return None


def _most_of_slice(around: Surroundings, node: cst.Subscript) -> int | None:
    index = node.slice[0].slice if len(node.slice) == 1 else None
    if not isinstance(index, cst.Slice) or index.upper is None:
        return None
    upper = number(around, index.upper)
    return int(upper) if upper is not None and upper >= 0 else None


def _most_of_call(around: Surroundings, node: cst.Call, depth: int) -> int | None:
    name = (dotted(node.func) or "").rpartition(".")[2]
    values = [argument.value for argument in node.args if argument.keyword is None and not argument.star]
    if isinstance(node.func, cst.Attribute) and name in ("items", "keys", "values") and not values:
        return most_items(around, node.func.value, depth)
    if not values or len(values) != sum(1 for argument in node.args if argument.keyword is None):
        return None
    if name in ("range", "trange", "arange"):
        return _most_of_range(around, values)
    if _COUNTED.get(name, -1) == len(values) - 1:
        bound = number(around, values[-1])
        return None if bound is None else int(bound)
    if name == "zip":
        known = [most for value in values if (most := most_items(around, value, depth)) is not None]
        return min(known, default=None)
    if name in _SAME_LENGTH:
        return most_items(around, values[0], depth)
    return None


def _most_of_range(around: Surroundings, values: list[cst.BaseExpression]) -> int | None:
    if any(_counts_dimensions(value) for value in values):
        return FEW
    bounds = [number(around, value) for value in values]
    whole = [bound for bound in bounds if isinstance(bound, int)]
    if len(whole) == len(bounds) <= 3 and (len(whole) < 3 or whole[2] != 0):
        return len(range(*whole))
    return None


def _counts_dimensions(node: cst.BaseExpression) -> bool:
    """Whether a bound is the number of dimensions of an array."""
    if isinstance(node, cst.Attribute):
        return node.attr.value == "ndim"
    if isinstance(node, cst.BinaryOperation):
        return _counts_dimensions(node.left) or _counts_dimensions(node.right)
    if isinstance(node, cst.Call) and len(node.args) == 1:
        name, inner = dotted(node.func) or "", node.args[0].value
        shape = isinstance(inner, cst.Attribute) and inner.attr.value == "shape"
        return name == "len" and shape or name.endswith(".ndim")
    return False


def _most_of_while(around: Surroundings, loop: cst.While) -> int | None:
    """Run a `while` over constants for a few passes: `n = 1; while n < 8: ...; n *= 2`."""
    test = loop.test
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1 or not isinstance(test.left, cst.Name):
        return None
    compare = _COMPARISONS.get(type(test.comparisons[0].operator))
    limit = number(around, test.comparisons[0].comparator)
    stores = around.stores_of(test.left.value, around.scope_of(loop))
    inside = [store for store in stores if around.is_inside(store.node, loop)]
    outside = [store for store in stores if not around.is_inside(store.node, loop)]
    if compare is None or limit is None or len(inside) != 1 or len(outside) != 1:
        return None
    start = None if outside[0].value is None else number(around, outside[0].value)
    step = inside[0].node
    if start is None or not isinstance(step, cst.AugAssign):
        return None
    change, by = _OPERATORS.get(type(step.operator)), number(around, step.value)
    if change is None or not by:
        return None
    passes = 0
    while passes < _MANY and compare(start, limit):
        start = change(start, by)
        passes += 1
    return passes
