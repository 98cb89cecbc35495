"""Functions that make an object and return it: they are run outside of a trace too, for what their callers get."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.values import Class, Function

MAX_STATEMENTS = 8
"""Longer functions are not run for this."""


def makes_instance(function: Function) -> bool:
    """Whether a function is short, has no branches, and returns an instance of a class of its file that it makes."""
    node = function.definition.node
    if not isinstance(node, cst.FunctionDef) or len(node.body.body) > MAX_STATEMENTS:
        return False
    statements: list[cst.BaseSmallStatement] = []
    for line in node.body.body:
        if not isinstance(line, (cst.SimpleStatementLine, cst.BaseSmallStatement)):
            return False
        statements.extend(line.body if isinstance(line, cst.SimpleStatementLine) else [line])
    last = statements[-1] if statements else None
    made = last.value if isinstance(last, cst.Return) else None
    if isinstance(made, cst.Name):
        made = next((v for s in reversed(statements) if (v := _bound_to(s, made.value)) is not None), None)
    if not isinstance(made, cst.Call) or not isinstance(made.func, cst.Name):
        return False
    found = function.frame.lookup(made.func.value)
    return found is not None and isinstance(found.form, Class)


def _bound_to(statement: cst.BaseSmallStatement, name: str) -> cst.BaseExpression | None:
    """Return what a statement binds to a name, None if it does not."""
    if not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0].target
    return statement.value if isinstance(target, cst.Name) and target.value == name else None
