"""Transfer functions of statements: how the environment changes, and where control goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from jitlint.dataflow import operators, patterns
from jitlint.dataflow.assignment import assign
from jitlint.dataflow.calls import call
from jitlint.dataflow.classes import define_class, define_function
from jitlint.dataflow.containers import elements, items_in_order, unpack
from jitlint.dataflow.expressions import UnknownNode, condition, evaluate
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.guards import narrow, none_subject, prefer_given, truth
from jitlint.dataflow.import_bindings import bind_import
from jitlint.dataflow.state import EXPECTED, Environment, LoopExits, Scope
from jitlint.dataflow.values import NONE, UNKNOWN, Constant, Library, Value
from jitlint.names import dotted, read_import

MAX_PASSES = 6
"""Passes over a loop's body before its environment is taken as it is."""


def execute(scope: Scope, body: cst.BaseSuite | cst.Module) -> None:
    """Run the statements of a block, as far as control comes."""
    for statement in body.body:
        if not scope.reachable:
            return
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if scope.reachable:
                    _run(scope, small)
        else:
            _run(scope, statement)


def _run(scope: Scope, statement: cst.CSTNode) -> None:
    transfer = _TRANSFER.get(type(statement))
    if transfer is not None:
        transfer(scope, statement)
    elif scope.analysis.settings.strict:
        raise UnknownNode(type(statement).__name__)


def _expression(scope: Scope, node: cst.Expr) -> None:
    evaluate(scope, node.value)


def _assign(scope: Scope, node: cst.Assign) -> None:
    value = evaluate(scope, node.value)
    for target in node.targets:
        assign(scope, target.target, value, evaluate)


def _annotated(scope: Scope, node: cst.AnnAssign) -> None:
    if node.value is not None:
        assign(scope, node.target, evaluate(scope, node.value), evaluate)


def _augmented(scope: Scope, node: cst.AugAssign) -> None:
    old = evaluate(scope, node.target)
    value = operators.binary(scope, old, node.operator, evaluate(scope, node.value), node)
    assign(scope, node.target, value, evaluate)


def _return(scope: Scope, node: cst.Return) -> None:
    scope.escape(NONE if node.value is None else evaluate(scope, node.value))
    scope.reachable = False


def _raise(scope: Scope, node: cst.Raise) -> None:
    if node.exc is not None:
        evaluate(scope, node.exc)
    scope.reachable = False


def _assert(scope: Scope, node: cst.Assert) -> None:
    value = condition(scope, node.test, "decides an assert")
    if truth(value) is False:
        scope.reachable = False
    narrow(scope, node.test, True, evaluate)


def _nothing(scope: Scope, node: cst.CSTNode) -> None:
    return


def _break(scope: Scope, node: cst.Break) -> None:
    if scope.loops:
        scope.loops[-1].breaks.append(scope.snapshot())
    scope.reachable = False


def _continue(scope: Scope, node: cst.Continue) -> None:
    if scope.loops:
        scope.loops[-1].continues.append(scope.snapshot())
    scope.reachable = False


def _delete(scope: Scope, node: cst.Del) -> None:
    if isinstance(node.target, cst.Name):
        scope.frame.bindings.pop(node.target.value, None)
    elif isinstance(node.target, cst.Subscript):
        evaluate(scope, node.target)


def _outer(scope: Scope, node: cst.Global | cst.Nonlocal) -> None:
    scope.frame.outer_names |= {item.name.value for item in node.names}


def _import(scope: Scope, node: cst.Import | cst.ImportFrom) -> None:
    bind_import(scope.analysis.imports, scope.frame, read_import(node))


def _if(scope: Scope, node: cst.If) -> None:
    value = condition(scope, node.test, "decides a Python branch")
    known = truth(value)
    if known is False and isinstance(value.form, Library):
        _bind_for_annotations(scope, node.body)
    before, undecided = scope.snapshot(), scope.undecided
    ends: list[Environment] = []
    for outcome, branch in ((True, node.body), (False, node.orelse)):
        if known is not None and known is not outcome:
            continue
        scope.restore(before)
        scope.undecided = undecided or known is None
        narrow(scope, node.test, outcome, evaluate)
        if isinstance(branch, cst.If):
            _if(scope, branch)
        elif isinstance(branch, cst.Else):
            execute(scope, branch.body)
        elif branch is not None:
            execute(scope, branch)
        if scope.reachable:
            ends.append(scope.snapshot())
    scope.undecided = undecided
    name = none_subject(node.test)
    if name is not None and len(ends) == 2 and all(name in end.bindings for end in ends):
        chosen = prefer_given(ends[0].bindings[name], ends[1].bindings[name])
        for end in ends:
            end.bindings[name] = chosen
    scope.merge(ends)


def _bind_for_annotations(scope: Scope, body: cst.BaseSuite) -> None:
    """Bind what `if TYPE_CHECKING` imports: annotations alone use it."""
    for line in body.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(statement, (cst.Import, cst.ImportFrom)):
                frame = Frame(scope.frame)
                bind_import(scope.analysis.imports, frame, read_import(statement))
                for name, value in frame.bindings.items():
                    scope.frame.bindings.setdefault(name, value)


def _loop(
    scope: Scope,
    orelse: cst.Else | None,
    turn: Callable[[], bool],
    runs: bool = False,
    leave: Callable[[], None] | None = None,
) -> None:
    """Run a loop to a fixed point.

    turn: runs test and body once and says whether the loop can end at its test.
    runs: the body runs at least once. leave: what is known where it ends without break.
    """
    exits = LoopExits()
    scope.loops.append(exits)
    ends: list[Environment] = []
    start = scope.snapshot()
    for _ in range(MAX_PASSES):
        scope.restore(start)
        exits.continues.clear()
        head = scope.snapshot()
        can_end = turn()
        after = [scope.snapshot()] if scope.reachable else []
        scope.merge([head, *exits.continues, *after])
        end = scope.snapshot()
        passed = [*exits.continues, *after] if runs else [end]
        ends = passed if can_end else []
        if end.bindings == start.bindings and end.suppressed == start.suppressed:
            break
        start = end
    scope.loops.pop()
    scope.merge(ends)
    if leave is not None and scope.reachable:
        leave()
    if orelse is not None and scope.reachable:
        execute(scope, orelse.body)
    last = [scope.snapshot()] if scope.reachable else []
    scope.merge([*exits.breaks, *last])


def _for(scope: Scope, node: cst.For) -> None:
    iterated = evaluate(scope, node.iter)

    def turn() -> bool:
        assign(scope, node.target, elements(iterated), evaluate)
        execute(scope, node.body)
        return True

    items = items_in_order(iterated)

    def leave() -> None:
        """What runs over a display to its end leaves its last item, if the body has not bound the name anew."""
        if items and _holds_any(scope, node.target, elements(iterated)):
            assign(scope, node.target, items[-1], evaluate)

    _loop(scope, node.orelse, turn, runs=bool(items), leave=leave)


def _holds_any(scope: Scope, target: cst.BaseExpression, value: Value) -> bool:
    """Whether the names of a loop's target still hold what the loop gave them."""
    if isinstance(target, cst.Name):
        return scope.frame.bindings.get(target.value) == value
    if isinstance(target, (cst.Tuple, cst.List)) and all(isinstance(e, cst.Element) for e in target.elements):
        parts = unpack(value, len(target.elements))
        return all(_holds_any(scope, e.value, part) for e, part in zip(target.elements, parts))
    return False


def _while(scope: Scope, node: cst.While) -> None:
    endless = False

    def turn() -> bool:
        nonlocal endless
        value = condition(scope, node.test, "decides a while loop")
        endless = truth(value) is True
        if truth(value) is False:
            scope.reachable = False
            return True
        narrow(scope, node.test, True, evaluate)
        execute(scope, node.body)
        return not endless

    _loop(scope, node.orelse, turn)
    if scope.reachable and not endless:
        narrow(scope, node.test, False, evaluate)


def _exception_names(scope: Scope, node: cst.BaseExpression | None) -> frozenset[str]:
    """Return the classes that a handler names, by their last word; "*" for what can't be read."""
    if node is None:
        return frozenset({"*"})
    if isinstance(node, cst.Tuple):
        return frozenset().union(*(_exception_names(scope, element.value) for element in node.elements))
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


def _try(scope: Scope, node: cst.Try | cst.TryStar) -> None:
    caught = frozenset().union(
        *(_exception_names(scope, h.type) for h in node.handlers if not _passes_on(h.body)), frozenset[str]()
    )
    outside, before = scope.catching, scope.snapshot()
    scope.catching = outside | caught
    execute(scope, node.body)
    scope.catching = outside
    ends: list[Environment] = []
    middle = [before, scope.snapshot()] if scope.reachable else [before]
    if scope.reachable and node.orelse is not None:
        execute(scope, node.orelse.body)
    if scope.reachable:
        ends.append(scope.snapshot())
    for handler in node.handlers:
        if _is_import_fallback(scope, handler) and ends:
            continue
        scope.merge(middle)
        if handler.name is not None:
            assign(scope, handler.name.name, UNKNOWN, evaluate)
        if _exception_names(scope, handler.type) == {"AttributeError"}:
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


def _is_import_fallback(scope: Scope, handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    """Whether a handler runs only where an import fails: the code is read as where it does not."""
    names = _exception_names(scope, handler.type)
    return names <= {"ImportError", "ModuleNotFoundError"}


_EXPECTING = ("pytest.raises", "jax.disable_jit")
"""Managers under which an error of a trace is expected, or nothing is traced."""


def _is_assertion(manager: cst.BaseExpression) -> bool:
    """Whether it is `self.assertRaises` or one of its kind."""
    return isinstance(manager, cst.Attribute) and manager.attr.value.startswith("assertRaises")


def _is_left_on(scope: Scope, manager: cst.Call) -> bool:
    """Whether it is `jax.disable_jit(False)`."""
    return any(evaluate(scope, argument.value).form == Constant(False) for argument in manager.args)


def _with(scope: Scope, node: cst.With) -> None:
    eager, catching = scope.eager, scope.catching
    for item in node.items:
        manager = item.item.func if isinstance(item.item, cst.Call) else item.item
        form = evaluate(scope, manager).form
        value = evaluate(scope, item.item)
        name = form.name if isinstance(form, Library) else ""
        if name == "jax.ensure_compile_time_eval":
            scope.eager = True
        elif name == "contextlib.suppress" and isinstance(item.item, cst.Call):
            for argument in item.item.args:
                scope.catching |= _exception_names(scope, argument.value)
        elif (
            name in _EXPECTING
            and isinstance(item.item, cst.Call)
            and not _is_left_on(scope, item.item)
            or _is_assertion(manager)
        ):
            scope.catching |= {"*", EXPECTED}
        if item.asname is not None:
            assign(scope, item.asname.name, UNKNOWN if not value.traced else value, evaluate)
    execute(scope, node.body)
    scope.eager, scope.catching = eager, catching


def _match(scope: Scope, node: cst.Match) -> None:
    subject = evaluate(scope, node.subject)
    before = scope.snapshot()
    ends: list[Environment] = []
    complete = False
    for case in node.cases:
        scope.restore(before)
        fits = patterns.match(scope, subject, case.pattern, evaluate)
        if fits is False:
            continue
        if case.guard is not None:
            test = condition(scope, case.guard, "decides a guard of match")
            if truth(test) is False:
                continue
            if truth(test) is not True:
                fits = None
            narrow(scope, case.guard, True, evaluate)
        execute(scope, case.body)
        if scope.reachable:
            ends.append(scope.snapshot())
        if fits is True:
            complete = True
            break
    scope.merge(ends if complete else [*ends, before])


def _function(scope: Scope, node: cst.FunctionDef) -> None:
    define_function(scope, node, evaluate, call)


def _class(scope: Scope, node: cst.ClassDef) -> None:
    define_class(scope, node, evaluate, execute)


_TRANSFER: dict[type[cst.CSTNode], Callable[[Scope, Any], None]] = {
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Pass: _nothing,
    cst.TypeAlias: _nothing,
    cst.Break: _break,
    cst.Continue: _continue,
    cst.Del: _delete,
    cst.Global: _outer,
    cst.Nonlocal: _outer,
    cst.Import: _import,
    cst.ImportFrom: _import,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.Match: _match,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
}
