"""Functions that make an object and return it: outside of a trace, too, it is known what their callers get."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from jitlint.dataflow.values import Class, Function, Library, Made, Value
from jitlint.models import Model, Models
from jitlint.models.model import ReturnKind
from jitlint.names import dotted

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


def made_object(function: Function, models: Models) -> Value | None:
    """Return the object of a library that a function makes, and returns at its end and nowhere else; None if none.

    What the function does with the object in between does not change of which class it is.
    """
    node = function.definition.node
    if not isinstance(node, cst.FunctionDef) or not isinstance(node.body, cst.IndentedBlock):
        return None
    lines = [line for line in node.body.body if isinstance(line, cst.SimpleStatementLine)]
    last = lines[-1].body[-1] if lines and lines[-1] is node.body.body[-1] else None
    if not isinstance(last, cst.Return) or not isinstance(last.value, cst.Name):
        return None
    name = last.value.value
    bound = [made for line in lines for small in line.body if (made := _bound_to(small, name)) is not None]
    if len(bound) != 1 or not isinstance(bound[0], cst.Call) or _changes_its_mind(node.body, name):
        return None
    top, _, rest = (dotted(bound[0].func) or "").partition(".")
    found = function.frame.lookup(top)
    if found is None or not isinstance(found.form, Library):
        return None
    model = models.find(f"{found.form.name}.{rest}" if rest else found.form.name)
    if not isinstance(model, Model) or model.returns.kind is not ReturnKind.OBJECT:
        return None
    return Value(form=Made(model.returns.cls))


def _changes_its_mind(body: cst.IndentedBlock, name: str) -> bool:
    """Whether a block returns in more than one place, or a statement in another one binds the name."""
    nodes = list(_nodes(body))
    targets = [node.target for node in nodes if isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.For))]
    bindings = sum(isinstance(target, cst.Name) and target.value == name for target in targets)
    return bindings > 1 or sum(isinstance(node, cst.Return) for node in nodes) > 1


def _nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield what stands in a block, but for what stands in functions of its own."""
    for child in node.children:
        if not isinstance(child, (cst.FunctionDef, cst.Lambda, cst.ClassDef)):
            yield child
            yield from _nodes(child)


def _bound_to(statement: cst.BaseSmallStatement, name: str) -> cst.BaseExpression | None:
    """Return what a statement binds to a name, None if it does not."""
    if not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
        return None
    target = statement.targets[0].target
    return statement.value if isinstance(target, cst.Name) and target.value == name else None
