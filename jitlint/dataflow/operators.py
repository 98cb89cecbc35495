"""Transfer functions of operators."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

import libcst as cst

from jitlint.dataflow.containers import elements, items_in_order
from jitlint.dataflow.guards import is_none
from jitlint.dataflow.lattice import flat, folded, is_float, is_number, is_text, literal, operation, with_form
from jitlint.dataflow.pytrees import is_enum
from jitlint.dataflow.sequences import concatenate, item_at, repeat
from jitlint.dataflow.sinks import count, notice, reach
from jitlint.dataflow.state import Evidence, Scope, is_unknown
from jitlint.dataflow.type_tests import is_backend, is_instance
from jitlint.dataflow.values import (
    FALSE,
    FLOAT,
    NUMBER,
    STATIC,
    TEXT,
    UNKNOWN,
    Constant,
    Display,
    Form,
    Instance,
    Mapping,
    Shapeless,
    SinkKind,
    TypeOf,
    Value,
)

_FOLDED: dict[type[cst.CSTNode], Callable[[Any, Any], Any]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.Divide: operator.truediv,
    cst.FloorDivide: operator.floordiv,
    cst.Modulo: operator.mod,
    cst.BitAnd: operator.and_,
    cst.BitOr: operator.or_,
    cst.BitXor: operator.xor,
}
_COMPARED: dict[type[cst.CSTNode], Callable[[Any, Any], bool]] = {
    cst.Equal: operator.eq,
    cst.NotEqual: operator.ne,
    cst.LessThan: operator.lt,
    cst.LessThanEqual: operator.le,
    cst.GreaterThan: operator.gt,
    cst.GreaterThanEqual: operator.ge,
    cst.Is: operator.eq,
    cst.IsNot: operator.ne,
}
_LOGICAL = (cst.BitAnd, cst.BitOr, cst.BitXor, cst.BitAndAssign, cst.BitOrAssign, cst.BitXorAssign)
_LARGE = 1 << 32


def binary(scope: Scope, left: Value, sign: cst.BaseBinaryOp | cst.BaseAugOp, right: Value, node: cst.CSTNode) -> Value:
    """Return `left sign right`."""
    if is_text(left.form):
        return _with_text(scope, left, sign, right, node)
    if is_text(right.form) and isinstance(sign, cst.Multiply):
        return _with_text(scope, right, sign, left, node)
    if isinstance(left.form, (Display, Mapping)) or isinstance(right.form, (Display, Mapping)):
        return _with_container(scope, left, sign, right, node)
    if isinstance(left.form, Constant) and isinstance(right.form, Constant):
        return _fold(left.form.value, sign, right.form.value)
    if isinstance(sign, (cst.MatrixMultiply, cst.MatrixMultiplyAssign)):
        notice(scope, Evidence.ARRAY, left, node)
        notice(scope, Evidence.ARRAY, right, node)
    masks = isinstance(sign, _LOGICAL) and Shapeless.MASK in (left.form, right.form)
    left, right = touched(scope, left), touched(scope, right)
    result = _arithmetic(left, right, Shapeless.MASK if masks else Shapeless.ARRAY)
    return FLOAT if result is NUMBER and _makes_float(left.form, sign, right.form) else result


def touched(scope: Scope, value: Value) -> Value:
    """A concrete JAX array from outside is fine until an operation inside jit touches it: the result is staged."""
    if scope.tracing and not scope.eager and not value.traced and value.form in (Shapeless.ARRAY, Shapeless.MASK):
        return Value(staged=True, form=value.form)
    return value


def _arithmetic(left: Value, right: Value, form: Form) -> Value:
    result = operation(left, right)
    if result.traced:
        if Shapeless.TREE in (left.form, right.form):
            form = Shapeless.ARRAY if left.staged or right.staged else Shapeless.TREE
        return with_form(result, form)
    if result.unknown:
        return UNKNOWN
    if is_number(left.form) and is_number(right.form):
        return NUMBER
    for form in (Shapeless.ARRAY, Shapeless.NUMPY):
        if form in (left.form, right.form):
            # Arithmetic on an array of NumPy without axes gives a scalar.
            mixed = form is Shapeless.NUMPY or left.mixed or right.mixed
            return Value(form=form, mixed=mixed)
    return STATIC


def _makes_float(left: Form | None, sign: cst.CSTNode, right: Form | None) -> bool:
    """Whether arithmetic on two numbers certainly gives a float."""
    if any(isinstance(form, Constant) and isinstance(form.value, complex) for form in (left, right)):
        return False
    return is_float(left) or is_float(right) or isinstance(sign, (cst.Divide, cst.DivideAssign))


def _fold(left: object, sign: cst.CSTNode, right: object) -> Value:
    name = type(sign).__name__.removesuffix("Assign")
    fold = _FOLDED.get(getattr(cst, name, type(sign)))
    small = all(isinstance(v, (int, float)) and abs(v) < _LARGE for v in (left, right))
    texts = isinstance(left, str) and isinstance(right, str) and name == "Add"
    if fold is not None and (small or texts):
        try:
            return literal(fold(left, right))
        except (ArithmeticError, TypeError):
            return STATIC
    if small and _makes_float(Constant(left), sign, Constant(right)):
        return FLOAT
    return NUMBER if small else STATIC


def _opened(value: Value) -> Form | None:
    """Return the form of a value, of a NamedTuple the tuple that it is."""
    items = items_in_order(value) if isinstance(value.form, Instance) else None
    return value.form if items is None else Display("tuple", items)


def _with_container(scope: Scope, left: Value, sign: cst.CSTNode, right: Value, node: cst.CSTNode) -> Value:
    one, other = _opened(left), _opened(right)
    if isinstance(sign, (cst.Add, cst.AddAssign)) and isinstance(one, Display) and isinstance(other, Display):
        return Value(form=concatenate(one, other))
    if isinstance(sign, (cst.Add, cst.AddAssign)) and not (
        left.form is Shapeless.ARRAY or right.form is Shapeless.ARRAY
    ):
        known = one if isinstance(one, Display) else other
        rest = right if isinstance(one, Display) else left
        if isinstance(known, Display):
            if rest.form is not None and rest.form is not Shapeless.TREE:
                return flat(operation(left, right), Shapeless.ARRAY)
            others = Display(known.kind, (), elements(rest))
            pair = (known, others) if known is one else (others, known)
            return Value(form=concatenate(*pair))
    if isinstance(sign, (cst.Multiply, cst.MultiplyAssign)):
        for container, times in ((left, right), (right, left)):
            form = container.form
            if isinstance(form, Display) and form.kind in ("list", "tuple") and not isinstance(times.form, Display):
                reach(scope, SinkKind.LOOP, times, node, f"sets the length of a Python {form.kind}")
                count(scope, times, node, f"sets the length of a Python {form.kind}")
                return repeat(form, times)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        merged = {**dict(one.items), **dict(other.items)}
        return Value(form=Mapping(tuple(merged.items()), one.rest or other.rest))
    return operation(left, right, form=Shapeless.TREE)


def _with_text(scope: Scope, left: Value, sign: cst.CSTNode, right: Value, node: cst.CSTNode) -> Value:
    if isinstance(left.form, Constant) and isinstance(right.form, Constant):
        return _fold(left.form.value, sign, right.form.value)
    if isinstance(sign, cst.Multiply):
        reach(scope, SinkKind.LOOP, right, node, "sets the length of a string")
    if isinstance(sign, cst.Modulo):
        text = left.form.value if isinstance(left.form, Constant) else None
        for value in _formatted(text, right) if isinstance(text, str) else ():
            reach(scope, SinkKind.CONVERSION, value, node, "is formatted as a number")
    return TEXT


_FIELD = re.compile(r"%(?:\((\w+)\))?[#0\- +]*(\*|\d*)(?:\.(\*|\d*))?[hlL]?([a-zA-Z%])")
_NUMERIC = frozenset("diouxXeEfFgGc")


def _formatted(text: str, right: Value) -> list[Value]:
    """Return what `text % right` formats as a number."""
    found: list[Value] = []
    form = right.form
    values = list(form.items) if isinstance(form, Display) and form.kind == "tuple" else [right]
    for key, width, precision, kind in _FIELD.findall(text):
        if key:
            value = form.get(key) if isinstance(form, Mapping) else None
        else:
            stars = (width == "*") + (precision == "*")
            found.extend(values[:stars])
            values = values[stars:]
            value = values.pop(0) if kind != "%" and values else None
        if kind in _NUMERIC and value is not None:
            found.append(value)
    return found


def unary(value: Value, sign: cst.BaseUnaryOp) -> Value:
    """Return `sign value` (`not` apart)."""
    form = value.form
    if isinstance(form, Constant) and isinstance(form.value, (int, float)):
        return literal(-form.value) if isinstance(sign, cst.Minus) else value if isinstance(sign, cst.Plus) else NUMBER
    if not value.traced:
        return UNKNOWN if value.unknown else STATIC if form is None else Value(form=form if is_number(form) else None)
    return with_form(operation(value), Shapeless.MASK if form is Shapeless.MASK else Shapeless.ARRAY)


def compare(scope: Scope, left: Value, sign: cst.BaseCompOp, right: Value, node: cst.CSTNode) -> Value:
    """Return `left sign right`."""
    for value in (left, right):
        if value.traced and isinstance(value.form, Instance) and is_enum(value.form.cls):
            notice(scope, Evidence.OBJECT, value, node)
            return STATIC
    if isinstance(sign, (cst.Is, cst.IsNot, cst.Equal, cst.NotEqual)):
        same = _same_member(left.form, right.form)
        if same is not None:
            return literal(same is isinstance(sign, (cst.Is, cst.Equal)))
    if isinstance(left.form, TypeOf) and is_instance(left.form.value, right) is False:
        return literal(isinstance(sign, (cst.IsNot, cst.NotEqual, cst.NotIn)))
    if isinstance(sign, (cst.In, cst.NotIn)):
        return _contains(scope, left, right, node, isinstance(sign, cst.NotIn))
    if isinstance(sign, (cst.Is, cst.IsNot)):
        negative = isinstance(sign, cst.IsNot)
        for value, other in ((left, right), (right, left)):
            if other.form == Constant(None):
                known = FALSE if _is_computed(node) else is_none(scope, value)
                return literal(known.form.value is not negative) if isinstance(known.form, Constant) else STATIC
        if isinstance(left.form, Constant) and isinstance(right.form, Constant):
            return literal((left.form == right.form) is not negative)
        return STATIC
    one, another = folded(left.form), folded(right.form)
    if one is not None and another is not None:
        try:
            return literal(bool(_COMPARED[type(sign)](one.value, another.value)))
        except (KeyError, TypeError):
            return STATIC
    for value, other in ((left, right), (right, left)):
        backend = is_backend(scope, value, other)
        if backend is not None and isinstance(sign, (cst.Equal, cst.NotEqual)):
            return literal(backend is isinstance(sign, cst.Equal))
        if is_text(other.form):
            notice(scope, Evidence.TEXT, value, node)
            return STATIC
        if other.form == Constant(None):
            return STATIC
        if isinstance(other.form, (Display, Mapping)) and value.form is Shapeless.TREE:
            # It may be a container too, and the first difference decides.
            return UNKNOWN
    for container, number in ((left, right), (right, left)):
        if isinstance(container.form, (Display, Mapping)) and is_number(number.form) and not number.traced:
            # Python answers without a look at what the container holds, or refuses.
            return STATIC if isinstance(sign, (cst.Equal, cst.NotEqual)) else UNKNOWN
    if isinstance(left.form, Display) and isinstance(right.form, Display):
        equality = _compare_displays(scope, left.form, right.form, node, isinstance(sign, cst.NotEqual))
        return equality if isinstance(sign, (cst.Equal, cst.NotEqual)) else STATIC
    result = operation(touched(scope, left), touched(scope, right))
    if result.traced:
        return with_form(result, Shapeless.MASK)
    return UNKNOWN if result.unknown else STATIC


def _same_member(left: Form | None, right: Form | None) -> bool | None:
    """Whether two members of one Enum are the same; None for anything else, or where that can't be told."""
    if not isinstance(left, Instance) or not isinstance(right, Instance) or left.cls is not right.cls:
        return None
    one, other = dict(left.fields), dict(right.fields)
    if not is_enum(left.cls) or not one or not other:
        return None
    names, values = (one["name"].form, other["name"].form), (one["value"].form, other["value"].form)
    if all(isinstance(form, Constant) for form in names) and names[0] == names[1]:
        return True
    # Two names may stand for one member.
    return values[0] == values[1] if all(isinstance(form, Constant) for form in values) else None


def _is_computed(node: cst.CSTNode) -> bool:
    """Whether a comparison is one of what an operator gives, which is never None."""
    if not isinstance(node, cst.Comparison) or len(node.comparisons) != 1:
        return False
    return isinstance(node.left, (cst.BinaryOperation, cst.UnaryOperation, cst.Comparison))


def _compare_displays(scope: Scope, left: Display, right: Display, node: cst.CSTNode, negative: bool) -> Value:
    """Compare item by item, as Python does: the first pair that differs decides."""
    if left.kind != right.kind and left.certain and right.certain:
        return literal(negative)
    exact = left.rest is None and right.rest is None
    if exact and len(left.items) != len(right.items) and "list" in (left.kind, right.kind):
        return literal(negative)
    certain = exact and len(left.items) == len(right.items)
    for index in range(max(len(left.items), len(right.items))):
        one, other = _item_or_rest(left, index), _item_or_rest(right, index)
        if one is None or other is None:
            # Tuples are compared item by item before their lengths are.
            return literal(negative)
        if isinstance(one.form, Constant) and isinstance(other.form, Constant):
            if one.form != other.form:
                return literal(negative)
            continue
        is_parameter = one.form is None and not one.unknown and len(one.origins) == 1 and not one.staged
        if one.surely_traced and one is other or one == other and is_parameter:
            # Python asks first whether they are one object.
            continue
        certain = False
        if not (is_text(one.form) or is_text(other.form) or is_unknown(one) or is_unknown(other)):
            reach(scope, SinkKind.BRANCH, _pair(one, other), node, "is compared inside a tuple")
    if left.rest is not None and right.rest is not None:
        others = (left.rest, *left.last, right.rest, *right.last)
        reach(scope, SinkKind.BRANCH, operation(*others, form=Shapeless.ARRAY), node, "is compared inside a tuple")
    return literal(not negative) if certain else STATIC


def _item_or_rest(form: Display, index: int) -> Value | None:
    return item_at(form, index) if index < len(form.items) or form.rest is not None else None


def _pair(one: Value, other: Value) -> Value:
    return operation(one, other, form=Shapeless.ARRAY)


def _contains(scope: Scope, item: Value, container: Value, node: cst.CSTNode, negative: bool) -> Value:
    form = container.form
    if is_text(item.form) or item.form == Constant(None):
        if is_text(item.form):
            notice(scope, Evidence.CONTAINER, container, node)
        return _membership(item, form, negative)
    if isinstance(form, Display):
        if form.items and form.rest is None and all(is_text(member.form) for member in form.items):
            notice(scope, Evidence.TEXT, item, node)
        elif form.kind == "set":
            reach(scope, SinkKind.OBJECT, item, node, "is looked up in a set")
        else:
            search(scope, item, form, node, "is compared by in")
        return _membership(item, form, negative)
    if isinstance(form, Mapping):
        reach(scope, SinkKind.OBJECT, item, node, "is looked up in a dict")
        return _membership(item, form, negative)
    if item.traced and item.form is not Shapeless.ITEM and not container.traced and not container.unknown:
        reach(scope, SinkKind.BRANCH, item, node, "is compared by in")
    elif form in (Shapeless.ARRAY, Shapeless.MASK) and container.traced:
        reach(scope, SinkKind.BRANCH, container, node, "is searched by in")
    return STATIC


def search(scope: Scope, item: Value, form: Display, node: cst.CSTNode, phrase: str, every: bool = False) -> None:
    """Compare with one member after the other, as `in` does: up to one that is equal, unless `every` is counted."""
    if is_text(item.form) or item.form == Constant(None):
        return
    for member in form.every:
        if isinstance(item.form, Constant) and isinstance(member.form, Constant):
            if item.form == member.form and not every:
                return
        elif isinstance(item.form, Display) and isinstance(member.form, Display):
            _compare_displays(scope, item.form, member.form, node, False)
        elif not is_text(member.form) and member.form != Constant(None):
            reach(scope, SinkKind.BRANCH, _pair(item, member), node, phrase)


def _membership(item: Value, form: Form | None, negative: bool) -> Value:
    """Return what `in` gives where literals tell."""
    if not isinstance(item.form, Constant):
        return STATIC
    if isinstance(form, Mapping) and form.rest is None:
        return literal((form.get(item.form.value) is not None) is not negative)
    if isinstance(form, Display) and form.rest is None:
        if any(member.form == item.form for member in form.items):
            return literal(not negative)
        if all(isinstance(member.form, Constant) for member in form.items):
            return literal(negative)
    return STATIC
