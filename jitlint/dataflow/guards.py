"""What a test tells of the names in it: the branch it guards may not run for a traced value."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from jitlint.dataflow.lattice import flat, join, operation, with_form
from jitlint.dataflow.sinks import notice
from jitlint.dataflow.state import Evidence, Scope, is_unknown
from jitlint.dataflow.type_tests import asks_for_arrays, asks_for_containers, asks_only_for_scalars
from jitlint.dataflow.values import (
    FALSE,
    NONE,
    STATIC,
    TRUE,
    UNKNOWN,
    Class,
    Constant,
    Display,
    Function,
    Instance,
    Jitted,
    Library,
    Mapping,
    Partial,
    Shapeless,
    Value,
)
from jitlint.jit_sites import find_method

Evaluate = Callable[[Scope, cst.BaseExpression], Value]


def truth(value: Value) -> bool | None:
    """Return the truth of a value, None if it is not known."""
    form = value.form
    if isinstance(form, Constant):
        return bool(form.value)
    if isinstance(form, Display) and (form.items or form.last or form.rest is None):
        return bool(form.items or form.last)
    if isinstance(form, Mapping) and (form.items or form.rest is None):
        return bool(form.items)
    if isinstance(form, (Function, Class, Partial, Jitted)):
        return True
    if isinstance(form, Instance) and form.cls.is_closed:
        return None if find_method(form.cls, "__bool__") or find_method(form.cls, "__len__") else True
    if isinstance(form, Library) and form.name in ("typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING"):
        return False
    return None


def is_none(scope: Scope, value: Value) -> Value:
    """Return what `value is None` gives."""
    form = value.form
    if value.surely_traced and form is None and {origin.name for origin in value.origins} <= scope.analysis.present:
        return FALSE
    if isinstance(form, Constant):
        return TRUE if form.value is None else FALSE
    if form not in (None, Shapeless.TREE, Shapeless.LEAF) or value.staged and not value.mixed and not value.unknown:
        return STATIC if isinstance(form, Library) or form is Shapeless.OBJECT else FALSE
    return STATIC


def none_subject(test: cst.BaseExpression) -> str | None:
    """Return n of `n is None` and `n is not None`."""
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1 and isinstance(test.left, cst.Name):
        target = test.comparisons[0]
        word = target.comparator.value if isinstance(target.comparator, cst.Name) else ""
        if word == "None" and isinstance(target.operator, (cst.Is, cst.IsNot)):
            return test.left.value
    return None


def prefer_given(first: Value, second: Value) -> Value:
    """Join what two sides of a test for None make: an unknown stand-in does not hide what is passed."""
    for one, other in ((first, second), (second, first)):
        if is_unknown(one) and other.surely_traced:
            return other
    return join(first, second)


def note_stand_in(scope: Scope, given: Value, other: cst.CSTNode | None) -> None:
    """Note that an expression stands in for a value that is not given: where it is a number, that is one too."""
    if isinstance(other, cst.BaseExpression) and _is_number(other):
        notice(scope, Evidence.NUMBER, given, other)


def _is_number(node: cst.BaseExpression) -> bool:
    """Whether an expression visibly gives a number."""
    if isinstance(node, cst.UnaryOperation):
        return _is_number(node.expression)
    if isinstance(node, cst.BinaryOperation):
        return _is_number(node.left) and _is_number(node.right)
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in ("len", "int", "float")
    if isinstance(node, cst.Subscript):
        return isinstance(node.value, cst.Attribute) and node.value.attr.value == "shape" and not _is_slice(node)
    if isinstance(node, cst.Attribute):
        return node.attr.value in ("ndim", "size")
    return isinstance(node, (cst.Integer, cst.Float))


def _is_slice(node: cst.Subscript) -> bool:
    return any(not isinstance(element.slice, cst.Index) for element in node.slice)


def narrow(scope: Scope, test: cst.BaseExpression, outcome: bool, evaluate: Evaluate) -> None:
    """Change the scope to what it is where `test` came out as `outcome`."""
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        narrow(scope, test.expression, not outcome, evaluate)
    elif isinstance(test, cst.BooleanOperation):
        if isinstance(test.operator, cst.And) is outcome:
            narrow(scope, test.left, outcome, evaluate)
            narrow(scope, test.right, outcome, evaluate)
        else:
            _distrust_calls(scope, test.left, evaluate)
            _distrust_calls(scope, test.right, evaluate)
    elif isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        _narrow_comparison(scope, test, outcome, evaluate)
    elif isinstance(test, cst.Call):
        _narrow_call(scope, test, outcome, evaluate)
    elif isinstance(test, cst.NamedExpr):
        narrow(scope, test.value, outcome, evaluate)


def _narrow_comparison(scope: Scope, test: cst.Comparison, outcome: bool, evaluate: Evaluate) -> None:
    target = test.comparisons[0]
    operator = target.operator
    if isinstance(operator, (cst.IsNot, cst.NotEqual, cst.NotIn)):
        outcome = not outcome
    elif not isinstance(operator, (cst.Is, cst.Equal, cst.In)):
        return
    left, right = test.left, target.comparator
    if isinstance(left, cst.NamedExpr):
        left = left.target
    if isinstance(right, cst.Name) and right.value == "None":
        if outcome:
            _rebind(scope, left, NONE)
        return
    subject = _type_subject(left)
    if subject is not None:
        _narrow_type(scope, subject, evaluate(scope, right), outcome, evaluate)


def _type_subject(node: cst.BaseExpression) -> cst.BaseExpression | None:
    """Return x of `type(x)`."""
    if (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Name)
        and node.func.value == "type"
        and len(node.args) == 1
    ):
        return node.args[0].value
    return None


def _narrow_call(scope: Scope, test: cst.Call, outcome: bool, evaluate: Evaluate) -> None:
    name = test.func.value if isinstance(test.func, cst.Name) else None
    if name == "isinstance" and len(test.args) == 2:
        _narrow_type(scope, test.args[0].value, evaluate(scope, test.args[1].value), outcome, evaluate)
    elif name == "callable" and len(test.args) == 1:
        if outcome:
            # A tracer is no function; what is one may be a pytree.
            suppress(scope, evaluate(scope, test.args[0].value))
    elif name == "hasattr" and len(test.args) == 2:
        asked = test.args[1].value
        text = asked.evaluated_value if isinstance(asked, cst.SimpleString) else None
        if outcome is (not isinstance(text, str) or scope.analysis.models.find(f"jax.Array.{text}") is None):
            _distrust(scope, test.args[0].value, evaluate)
    else:
        _distrust_calls(scope, test, evaluate)


def _narrow_type(scope: Scope, subject: cst.BaseExpression, classes: Value, outcome: bool, evaluate: Evaluate) -> None:
    value = evaluate(scope, subject)
    if isinstance(subject, cst.NamedExpr):
        subject = subject.target
    if not operation(value).traced:
        return
    if outcome and asks_only_for_scalars(classes) or not outcome and asks_for_arrays(classes):
        suppress(scope, value)
        _rebind(scope, subject, STATIC)
    elif outcome and asks_for_containers(classes):
        if value.form is None or value.form is Shapeless.LEAF:
            _rebind(scope, subject, with_form(value, Shapeless.TREE))
    elif outcome and (not asks_for_arrays(classes) or scope.frame.root is not scope.analysis.module):
        # What another file does for some kinds of argument it need not do for those that this one gives it.
        suppress(scope, value)
        _rebind(scope, subject, UNKNOWN)


def _distrust_calls(scope: Scope, test: cst.BaseExpression, evaluate: Evaluate) -> None:
    """An unknown predicate may ask whether its argument is traced: on neither side is anything known of it."""
    if isinstance(test, cst.UnaryOperation):
        _distrust_calls(scope, test.expression, evaluate)
    elif isinstance(test, cst.BooleanOperation):
        _distrust_calls(scope, test.left, evaluate)
        _distrust_calls(scope, test.right, evaluate)
    elif isinstance(test, cst.Call) and scope.tracing and test.args and is_unknown(evaluate(scope, test)):
        for argument in test.args:
            _distrust(scope, argument.value, evaluate)


def _distrust(scope: Scope, subject: cst.BaseExpression, evaluate: Evaluate) -> None:
    value = evaluate(scope, subject)
    if operation(value).traced:
        suppress(scope, value)
        _rebind(scope, subject, UNKNOWN)


def suppress(scope: Scope, value: Value) -> None:
    """Note that a value can't be traced where control is now."""
    scope.suppressed |= {origin.name for origin in flat(value).origins}


def _rebind(scope: Scope, node: cst.BaseExpression, value: Value) -> None:
    if isinstance(node, cst.Name) and scope.frame.lookup(node.value) is not None:
        scope.frame.bindings[node.value] = value
