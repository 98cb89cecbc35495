"""Transfer functions of expressions: syntax in, abstract value out."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import libcst as cst

from jitlint.dataflow import operators
from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.assignment import mutate, store, written_arguments
from jitlint.dataflow.attributes import attribute, looked_up, resolved
from jitlint.dataflow.calls import call
from jitlint.dataflow.classes import read_defaults
from jitlint.dataflow.comprehensions import run_comprehension, run_dict_comprehension
from jitlint.dataflow.containers import as_list, elements, subscript
from jitlint.dataflow.definitions import definition_of
from jitlint.dataflow.guards import narrow, none_subject, note_stand_in, prefer_given, truth
from jitlint.dataflow.lattice import folded, join, join_all, join_optional, literal
from jitlint.dataflow.sequences import concatenate, written
from jitlint.dataflow.sinks import reach, reach_truth
from jitlint.dataflow.special_methods import special_method, special_operation
from jitlint.dataflow.state import NOTHING_YIELDED, Scope
from jitlint.dataflow.values import (
    FALSE,
    NONE,
    NUMBER,
    STATIC,
    TEXT,
    TRUE,
    UNKNOWN,
    BoundModel,
    Constant,
    Display,
    Function,
    Instance,
    Library,
    Mapping,
    SinkKind,
    Value,
)
from jitlint.models import SHIPPED
from jitlint.names import dotted

_WORDS = {"True": TRUE, "False": FALSE, "None": NONE}
_BUILTINS = SHIPPED.names("builtins")


class UnknownNode(Exception):
    """A syntax-tree node that the engine has no transfer function for (raised in the test suite only)."""


def evaluate(scope: Scope, node: cst.BaseExpression) -> Value:
    """Return the abstract value of an expression; record the sinks in it."""
    transfer = _TRANSFER.get(type(node))
    if transfer is None:
        if scope.analysis.settings.strict:
            raise UnknownNode(type(node).__name__)
        return UNKNOWN
    value = transfer(scope, node)
    if scope.analysis.observed is not None and scope.tracing:
        scope.analysis.observed.setdefault(node, []).append(value)
    return value


def _name(scope: Scope, node: cst.Name) -> Value:
    name = node.value
    value = scope.frame.lookup(name)
    if value is not None:
        if isinstance(value.form, Constant) and name not in scope.frame.bindings:
            file = scope.frame.root.file
            if file is not None and name in file.rebound and scope.frame.root.bindings.get(name) is value:
                return STATIC
        return resolved(scope, value)
    word = _WORDS.get(name)
    if word is not None:
        return word
    is_builtin = name in _BUILTINS or name in ("super", "property", "staticmethod", "classmethod", "object")
    # The last one that brings a name wins.
    for module in reversed(scope.frame.root.star_imports):
        if scope.analysis.imports is not None:
            found = scope.analysis.imports.starred(module, name)
            if found is not None:
                return found
        if name in scope.analysis.models.names(module):
            # Which of Python's own functions a library hides, its release decides.
            return UNKNOWN if is_builtin else Value(form=Library(f"{module}.{name}"))
    return Value(form=Library(f"builtins.{name}")) if is_builtin else UNKNOWN


@lru_cache(maxsize=4096)
def _literal(text: str) -> Value:
    """Return the value of a number or string by its source text; the same ones come again and again."""
    return literal(literal_eval(text))


def _real(scope: Scope, node: cst.Integer | cst.Float) -> Value:
    return _literal(node.value)


def _number(scope: Scope, node: cst.BaseExpression) -> Value:
    return NUMBER


def _string(scope: Scope, node: cst.SimpleString | cst.ConcatenatedString) -> Value:
    if isinstance(node, cst.ConcatenatedString):
        for half in (node.left, node.right):
            evaluate(scope, half)
        text = node.evaluated_value
        return TEXT if text is None else literal(text)
    return _literal(node.value)


def _formatted_string(scope: Scope, node: cst.FormattedString) -> Value:
    for part in node.parts:
        if isinstance(part, cst.FormattedStringExpression):
            value = evaluate(scope, part.expression)
            if part.format_spec and not (part.conversion or _is_blank(part.format_spec)):
                reach(scope, SinkKind.CONVERSION, value, node, "is formatted as a number")
    return TEXT


def _is_blank(parts: Sequence[cst.BaseFormattedStringContent]) -> bool:
    return not any(not isinstance(part, cst.FormattedStringText) or part.value.strip() for part in parts)


def _ellipsis(scope: Scope, node: cst.Ellipsis) -> Value:
    return literal(...)


def _tuple(scope: Scope, node: cst.Tuple | cst.List | cst.Set) -> Value:
    kind = "tuple" if isinstance(node, cst.Tuple) else "list" if isinstance(node, cst.List) else "set"
    parts: list[Display] = []
    for element in node.elements:
        value = evaluate(scope, element.value)
        parts.append(as_list(value) if isinstance(element, cst.StarredElement) else Display(kind, (value,)))
        if kind == "set":
            reach(scope, SinkKind.OBJECT, value, node, "is a member of a set")
    return written(kind, parts)


def _dict(scope: Scope, node: cst.Dict) -> Value:
    pairs: dict[object, Value] = {}
    rest: Value | None = None
    for element in node.elements:
        value = evaluate(scope, element.value)
        if isinstance(element, cst.StarredDictElement):
            if isinstance(value.form, Mapping):
                pairs.update(dict(value.form.items))
                rest = join_optional(rest, value.form.rest)
            else:
                rest = join_optional(rest, UNKNOWN if not value.traced else elements(value))
            continue
        assert isinstance(element, cst.DictElement)
        key = evaluate(scope, element.key)
        reach(scope, SinkKind.OBJECT, key, node, "is a dict key")
        known = folded(key.form)
        if known is not None:
            pairs[known.value] = value
        else:
            rest = join_optional(rest, value)
    return Value(form=Mapping(tuple(pairs.items()), rest, certain=True))


def _comprehension(scope: Scope, node: cst.ListComp | cst.SetComp | cst.GeneratorExp) -> Value:
    return run_comprehension(scope, node, evaluate)


def _dict_comprehension(scope: Scope, node: cst.DictComp) -> Value:
    return run_dict_comprehension(scope, node, evaluate)


def _attribute(scope: Scope, node: cst.Attribute) -> Value:
    return attribute(scope, evaluate(scope, node.value), node.attr.value, node)


def _subscript(scope: Scope, node: cst.Subscript) -> Value:
    base = evaluate(scope, node.value)
    if isinstance(base.form, Instance) and len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        found = special_method(scope, base, "__getitem__", evaluate(scope, node.slice[0].slice.value), node)
        if found is not None:
            return found
    return subscript(scope, base, node, evaluate)


def _call(scope: Scope, node: cst.Call) -> Value:
    callee = evaluate(scope, node.func)
    if isinstance(node.func, cst.Attribute) and isinstance(callee.form, BoundModel):
        arguments = read_arguments(scope, node.args)
        result = call(scope, callee, arguments, node, dotted(node.func) or f".{node.func.attr.value}")
        mutate(scope, node.func.value, callee.form.owner, node.func.attr.value, arguments, evaluate)
        return result
    arguments = read_arguments(scope, node.args)
    found = looked_up(scope, callee, arguments, node)
    if found is not None:
        return found
    scope.left = ()
    result = call(scope, callee, arguments, node, dotted(node.func) or "")
    if scope.left and isinstance(callee.form, Function):
        written = dict(written_arguments(callee.form, node))
        for name, value in scope.left:
            if name in written:
                store(scope, written[name], value, evaluate)
    return result


def read_arguments(scope: Scope, nodes: Sequence[cst.Arg]) -> Arguments:
    """Evaluate the arguments of a call."""
    if not nodes:
        return Arguments()
    positional: list[Value] = []
    others: Display | None = None
    keywords: list[tuple[str, Value]] = []
    double_star: Value | None = None
    for node in nodes:
        value = evaluate(scope, node.value)
        if node.star == "*" or node.star == "" and node.keyword is None:
            more = as_list(value) if node.star else Display("list", (value,))
            if others is not None:
                others = concatenate(others, more)
                continue
            positional.extend(more.items)
            others = None if more.rest is None else replace(more, items=())
        elif node.star == "**":
            if isinstance(value.form, Mapping):
                keywords.extend((key, item) for key, item in value.form.items if isinstance(key, str))
                double_star = join_optional(double_star, value.form.rest)
            else:
                double_star = join_optional(double_star, elements(value) if value.traced else UNKNOWN)
        elif node.keyword is not None:
            keywords.append((node.keyword.value, value))
    if others is None:
        return Arguments(tuple(positional), tuple(keywords), None, double_star)
    star = UNKNOWN if others.rest is not None and others.rest.mixed and others.shuffled else others.rest
    return Arguments(tuple(positional), tuple(keywords), star, double_star, others.last)


def _binary(scope: Scope, node: cst.BinaryOperation) -> Value:
    left, right = evaluate(scope, node.left), evaluate(scope, node.right)
    special = special_operation(scope, left, node.operator, right, node)
    return operators.binary(scope, left, node.operator, right, node) if special is None else special


def _unary(scope: Scope, node: cst.UnaryOperation) -> Value:
    if isinstance(node.operator, cst.Not):
        value = condition(scope, node.expression, "is negated by not")
        known = truth(value)
        return STATIC if known is None else literal(not known)
    return operators.unary(evaluate(scope, node.expression), node.operator)


def condition(scope: Scope, node: cst.BaseExpression, phrase: str) -> Value:
    """Evaluate an expression whose truth Python needs; in `a and b` that is the truth of each operand."""
    if isinstance(node, cst.BooleanOperation):
        return _boolean(scope, node, phrase)
    value = evaluate(scope, node)
    reach_truth(scope, value, node, phrase)
    return value


def _boolean(scope: Scope, node: cst.BooleanOperation, phrase: str = "") -> Value:
    is_and = isinstance(node.operator, cst.And)
    left = condition(scope, node.left, phrase or "is tested by " + ("and" if is_and else "or"))
    known = truth(left)
    if known is not None and known is not is_and:
        # Of `(a or 2) or b` the test is known, which is not its value.
        return left if phrase or not isinstance(node.left, cst.BooleanOperation) else evaluate(scope, node.left)
    before = scope.snapshot()
    narrow(scope, node.left, is_and, evaluate)
    right = condition(scope, node.right, phrase) if phrase else evaluate(scope, node.right)
    if scope.suppressed != before.suppressed or scope.frame.bindings != before.bindings:
        scope.merge((before, scope.snapshot()))
        scope.suppressed = before.suppressed
        _restore_narrowed(scope, before.bindings)
    if phrase and truth(right) is not is_and and truth(right) is not None:
        # As a test, `a and False` is false whatever `a` is.
        return literal(not is_and)
    if not is_and:
        note_stand_in(scope, left, node.right)
    return right if known is is_and else join(left, right)


def _restore_narrowed(scope: Scope, bindings: dict[str, Value]) -> None:
    """Forget what a test told of names; keep what a walrus bound."""
    scope.frame.bindings.update(bindings)


def _conditional(scope: Scope, node: cst.IfExp) -> Value:
    test = condition(scope, node.test, "decides a conditional expression")
    known = truth(test)
    before, undecided = scope.snapshot(), scope.undecided
    asked = none_subject(node.test)
    if asked is not None:
        for branch in (node.body, node.orelse):
            note_stand_in(scope, scope.frame.lookup(asked) or UNKNOWN, branch)
    found: list[Value] = []
    for outcome, branch in ((True, node.body), (False, node.orelse)):
        if known is not None and known is not outcome:
            continue
        scope.undecided = undecided or known is None
        narrow(scope, node.test, outcome, evaluate)
        found.append(evaluate(scope, branch))
        scope.restore(before)
    scope.undecided = undecided
    if len(found) == 2 and asked is not None:
        return prefer_given(*found)
    return join_all(found)


def _comparison(scope: Scope, node: cst.Comparison) -> Value:
    left = evaluate(scope, node.left)
    result = STATIC
    for index, target in enumerate(node.comparisons):
        right = evaluate(scope, target.comparator)
        if index:
            reach_truth(scope, result, node, "decides a chained comparison")
        special = special_operation(scope, left, target.operator, right, node)
        result = operators.compare(scope, left, target.operator, right, node) if special is None else special
        left = right
    return result


def _lambda(scope: Scope, node: cst.Lambda) -> Value:
    definition = definition_of(scope.analysis, node)
    return Value(form=Function(definition, scope.frame, defaults=read_defaults(scope, definition, evaluate)))


def _walrus(scope: Scope, node: cst.NamedExpr) -> Value:
    value = evaluate(scope, node.value)
    frame = scope.frame
    while frame.transparent and frame.parent is not None:
        frame = frame.parent
    if isinstance(node.target, cst.Name):
        frame.bind(node.target.value, value)
    return value


def _await(scope: Scope, node: cst.Await) -> Value:
    return evaluate(scope, node.expression)


def _yield(scope: Scope, node: cst.Yield) -> Value:
    if isinstance(node.value, cst.From):
        more = as_list(evaluate(scope, node.value.item))
    else:
        more = Display("list", (NONE if node.value is None else evaluate(scope, node.value),))
    scope.yielded = Value(form=concatenate(as_list(scope.yielded or NOTHING_YIELDED), more))
    return UNKNOWN


_TRANSFER: dict[type[cst.CSTNode], Callable[[Scope, Any], Value]] = {
    cst.Name: _name,
    cst.Integer: _real,
    cst.Float: _real,
    cst.Imaginary: _number,
    cst.SimpleString: _string,
    cst.ConcatenatedString: _string,
    cst.FormattedString: _formatted_string,
    cst.Ellipsis: _ellipsis,
    cst.Tuple: _tuple,
    cst.List: _tuple,
    cst.Set: _tuple,
    cst.Dict: _dict,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _dict_comprehension,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.BooleanOperation: _boolean,
    cst.IfExp: _conditional,
    cst.Comparison: _comparison,
    cst.Lambda: _lambda,
    cst.NamedExpr: _walrus,
    cst.Await: _await,
    cst.Yield: _yield,
}
