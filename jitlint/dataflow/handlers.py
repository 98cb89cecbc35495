"""Errors that are handled: `try`, and context managers that catch errors or want them."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from jitlint.dataflow.assignment import assign
from jitlint.dataflow.state import EXPECTED, Environment, Scope
from jitlint.dataflow.values import UNKNOWN, Constant, Library, Value
from jitlint.names import dotted

Evaluate = Callable[[Scope, cst.BaseExpression], Value]
Execute = Callable[[Scope, cst.BaseSuite], None]

_EXPECTING = ("pytest.raises", "jax.disable_jit")
"""Managers under which an error of a trace is expected, or nothing is traced."""


def _exception_names(node: cst.BaseExpression | None) -> frozenset[str]:
    """Return the classes that a handler names, by their last word; "*" for what can't be read."""
    if node is None:
        return frozenset({"*"})
    if isinstance(node, cst.Tuple):
        return frozenset().union(*(_exception_names(element.value) for element in node.elements))
    name = dotted(node)
    last = (name or "").rpartition(".")[2]
    return frozenset(
        {last if last.endswith(("Error", "Exception", "Warning", "Exit", "Interrupt", "Iteration")) else "*"}
    )


def _passes_on(body: cst.BaseSuite) -> bool:
    """Whether a handler ends by raising."""
    last = body.body[-1] if body.body else None
    small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last
    return isinstance(small, cst.Raise)


def run_try(scope: Scope, node: cst.Try | cst.TryStar, evaluate: Evaluate, execute: Execute) -> None:
    """Run a `try`: what its handlers catch is no sink in its body, and each handler goes on from where it began."""
    caught = frozenset().union(
        *(_exception_names(h.type) for h in node.handlers if not _passes_on(h.body)), frozenset[str]()
    )
    outside = scope.catching
    first, rest = _parted(node.body)
    execute(scope, first)
    before = scope.snapshot()
    scope.catching = outside | caught
    outer = scope.raised
    raised: list[Environment] = []
    scope.raised = raised
    execute(scope, rest)
    scope.catching, scope.raised = outside, outer
    ends: list[Environment] = []
    middle = [before, *raised, *([scope.snapshot()] if scope.reachable else [])]
    if outer is not None:
        outer.extend(raised)
    if scope.reachable and node.orelse is not None:
        execute(scope, node.orelse.body)
    if scope.reachable:
        ends.append(scope.snapshot())
    for handler in node.handlers if rest.body else ():
        if _is_import_fallback(handler) and ends:
            continue
        scope.merge(middle)
        if handler.name is not None:
            assign(scope, handler.name.name, UNKNOWN, evaluate)
        if _exception_names(handler.type) == {"AttributeError"}:
            # What has no such attribute is no tracer: the handler's sinks are not reached by one.
            scope.catching = outside | {"*"}
        execute(scope, handler.body)
        scope.catching = outside
        if scope.reachable:
            ends.append(scope.snapshot())
    if node.finalbody is not None:
        survives = bool(ends)
        scope.merge(ends or middle)
        execute(scope, node.finalbody.body)
        scope.reachable = scope.reachable and survives
    else:
        scope.merge(ends)


def _parted(body: cst.BaseSuite) -> tuple[cst.BaseSuite, cst.BaseSuite]:
    """Return the statements at the beginning of a block that raise no error, and the others."""
    count = next((i for i, line in enumerate(body.body) if not _is_harmless(line)), len(body.body))
    if not count or not isinstance(body, cst.IndentedBlock):
        return cst.IndentedBlock(()), body
    return cst.IndentedBlock(body.body[:count]), cst.IndentedBlock(body.body[count:])


def _is_harmless(line: cst.CSTNode) -> bool:
    """Whether a line only gives names to literals, other names and functions, or does so for each of some literals."""
    if isinstance(line, cst.FunctionDef):
        return not line.decorators and all(p.default is None for p in (*line.params.params, *line.params.kwonly_params))
    if isinstance(line, cst.For):
        over_literals = isinstance(line.iter, (cst.Tuple, cst.List)) and _is_known(line.iter)
        to_a_name = isinstance(line.target, cst.Name) and line.orelse is None
        return over_literals and to_a_name and all(map(_is_harmless, line.body.body))
    return isinstance(line, cst.SimpleStatementLine) and all(
        isinstance(small, (cst.Pass, cst.Break, cst.Continue))
        or isinstance(small, cst.Assign)
        and all(isinstance(target.target, cst.Name) for target in small.targets)
        and _is_known(small.value)
        for small in line.body
    )


def _is_known(node: cst.BaseExpression) -> bool:
    """Whether an expression is made of literals and names alone."""
    if isinstance(node, (cst.Tuple, cst.List)):
        return all(isinstance(element, cst.Element) and _is_known(element.value) for element in node.elements)
    return isinstance(node, (cst.Name, cst.Integer, cst.Float, cst.SimpleString, cst.Lambda))


def _is_import_fallback(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    """Whether a handler runs only where an import fails: the code is read as where it does not."""
    names = _exception_names(handler.type)
    return names <= {"ImportError", "ModuleNotFoundError"}


def _is_assertion(manager: cst.BaseExpression) -> bool:
    """Whether it is `self.assertRaises` or one of its kind."""
    return isinstance(manager, cst.Attribute) and manager.attr.value.startswith("assertRaises")


def _is_left_on(scope: Scope, manager: cst.Call, evaluate: Evaluate) -> bool:
    """Whether it is `jax.disable_jit(False)`."""
    return any(evaluate(scope, argument.value).form == Constant(False) for argument in manager.args)


def run_with(scope: Scope, node: cst.With, evaluate: Evaluate, execute: Execute) -> None:
    """Run a `with`: some managers catch errors, some want them, and one has operations done at once."""
    eager, catching = scope.eager, scope.catching
    suppresses = False
    for item in node.items:
        manager = item.item.func if isinstance(item.item, cst.Call) else item.item
        form = evaluate(scope, manager).form
        value = evaluate(scope, item.item)
        name = form.name if isinstance(form, Library) else ""
        if name == "jax.ensure_compile_time_eval":
            scope.eager = True
        elif name == "contextlib.suppress" and isinstance(item.item, cst.Call):
            for argument in item.item.args:
                scope.catching |= _exception_names(argument.value)
            suppresses = True
        elif (
            name in _EXPECTING
            and isinstance(item.item, cst.Call)
            and not _is_left_on(scope, item.item, evaluate)
            or _is_assertion(manager)
        ):
            scope.catching |= {"*", EXPECTED}
        if item.asname is not None:
            assign(scope, item.asname.name, UNKNOWN if not value.traced else value, evaluate)
    first, rest = _parted(node.body) if suppresses else (None, node.body)
    if first is not None:
        execute(scope, first)
    before = scope.snapshot()
    execute(scope, rest)
    scope.eager, scope.catching = eager, catching
    if suppresses:
        scope.merge([before, scope.snapshot()] if scope.reachable else [before])
