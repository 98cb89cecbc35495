"""Operators of objects whose class says what they do: `__add__`, `__eq__`, `__getitem__`..."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.calls import call_function
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import Instance, Value
from jitlint.jit_sites import find_method

_OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "add",
    cst.Subtract: "sub",
    cst.Multiply: "mul",
    cst.MatrixMultiply: "matmul",
    cst.Divide: "truediv",
    cst.FloorDivide: "floordiv",
    cst.Modulo: "mod",
    cst.Power: "pow",
    cst.BitAnd: "and",
    cst.BitOr: "or",
    cst.BitXor: "xor",
}
_COMPARISONS: dict[type[cst.CSTNode], tuple[str, str]] = {
    cst.Equal: ("eq", "eq"),
    cst.NotEqual: ("ne", "ne"),
    cst.LessThan: ("lt", "gt"),
    cst.LessThanEqual: ("le", "ge"),
    cst.GreaterThan: ("gt", "lt"),
    cst.GreaterThanEqual: ("ge", "le"),
}
"""Each with the one that is asked of the other side."""


def special_operation(scope: Scope, left: Value, sign: cst.CSTNode, right: Value, node: cst.CSTNode) -> Value | None:
    """Return `left sign right` where the class of one of them has a method for it, else None."""
    if not isinstance(left.form, Instance) and not isinstance(right.form, Instance):
        return None
    word = _OPERATORS.get(type(sign))
    mine, other = ("", "") if word is None else (word, f"r{word}")
    mine, other = _COMPARISONS.get(type(sign), (mine, other))
    for owner, name, argument in ((left, mine, right), (right, other, left)):
        result = special_method(scope, owner, f"__{name}__", argument, node) if name else None
        if result is not None:
            return result
    return None


def special_method(scope: Scope, owner: Value, name: str, argument: Value, node: cst.CSTNode) -> Value | None:
    """Return what a method of an object's class gives, None where there is none."""
    form = owner.form
    method = find_method(form.cls, name) if isinstance(form, Instance) else None
    if method is None:
        return None
    return call_function(scope, replace(method, receiver=owner), Arguments((argument,)), node)
