"""Transfer functions of statements: how the environment changes, and where control goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import libcst as cst

from jitlint.dataflow import operators, patterns
from jitlint.dataflow.assignment import assign, delete_item, note_aliases, store
from jitlint.dataflow.calls import call
from jitlint.dataflow.classes import define_class, define_function
from jitlint.dataflow.containers import elements, items_in_order
from jitlint.dataflow.expressions import UnknownNode, condition, evaluate
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.guards import narrow, none_subject, note_stand_in, prefer_given, truth
from jitlint.dataflow.handlers import run_try, run_with
from jitlint.dataflow.import_bindings import bind_import
from jitlint.dataflow.sequences import item_at
from jitlint.dataflow.state import MAX_UNROLLED, Environment, LoopExits, Scope
from jitlint.dataflow.values import NONE, UNKNOWN, Display, Instance, Library, Mapping, Value
from jitlint.names import read_import

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
    if isinstance(value.form, (Display, Mapping, Instance)):
        names = [
            place.value for place in (node.value, *(t.target for t in node.targets)) if isinstance(place, cst.Name)
        ]
        if len(names) > 1:
            note_aliases(scope, names)


def _annotated(scope: Scope, node: cst.AnnAssign) -> None:
    if node.value is not None:
        assign(scope, node.target, evaluate(scope, node.value), evaluate)


def _augmented(scope: Scope, node: cst.AugAssign) -> None:
    old = evaluate(scope, node.target)
    value = operators.binary(scope, old, node.operator, evaluate(scope, node.value), node)
    if isinstance(old.form, Display) and old.form.kind == "list" and isinstance(value.form, Display):
        store(scope, node.target, value, evaluate)
    else:
        assign(scope, node.target, value, evaluate)


def _return(scope: Scope, node: cst.Return) -> None:
    scope.escape(NONE if node.value is None else evaluate(scope, node.value))
    scope.reachable = False


def _raise(scope: Scope, node: cst.Raise) -> None:
    if node.exc is not None:
        evaluate(scope, node.exc)
    if scope.raised is not None:
        scope.raised.append(scope.snapshot())
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
        delete_item(scope, node.target, evaluate)


def _outer(scope: Scope, node: cst.Global | cst.Nonlocal) -> None:
    scope.frame.outer_names |= {item.name.value for item in node.names}


def _import(scope: Scope, node: cst.Import | cst.ImportFrom) -> None:
    bind_import(scope.analysis.imports, scope.frame, read_import(node))


def _if(scope: Scope, node: cst.If) -> None:
    value = condition(scope, node.test, "decides a Python branch")
    known = truth(value)
    if known is False and isinstance(value.form, Library):
        _bind_for_annotations(scope, node.body)
    name = none_subject(node.test)
    if name is not None:
        note_stand_in(scope, scope.frame.lookup(name) or UNKNOWN, _assigned(node.body, name))
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
    if name is not None and len(ends) == 2 and all(name in end.bindings for end in ends):
        chosen = prefer_given(ends[0].bindings[name], ends[1].bindings[name])
        for end in ends:
            end.bindings[name] = chosen
    scope.merge(ends)


def _assigned(body: cst.BaseSuite, name: str) -> cst.BaseExpression | None:
    """Return what a block that does nothing else assigns to a name."""
    lines = body.body if len(body.body) == 1 else ()
    for line in lines:
        small = line.body[0] if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 else None
        target = small.targets[0].target if isinstance(small, cst.Assign) and len(small.targets) == 1 else None
        if isinstance(small, cst.Assign) and isinstance(target, cst.Name) and target.value == name:
            return small.value
    return None


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
    last_turn: Callable[[], bool] | None = None,
    breaks: Sequence[Environment] = (),
) -> None:
    """Run a loop to a fixed point.

    turn: runs test and body once and says whether the loop can end at its test.
    last_turn: runs them as the last time; None if the body may not run at all.
    breaks: where turns before have left it.
    """
    exits = LoopExits(list(breaks), turns=_turns_around(scope))
    scope.loops.append(exits)
    ends: list[Environment] = []
    start = scope.snapshot()
    for _ in range(MAX_PASSES):
        scope.restore(start)
        exits.continues.clear()
        head = scope.snapshot()
        can_end = turn()
        scope.merge([head, *_passed(scope, exits)])
        end = scope.snapshot()
        ends = [end] if can_end else []
        if end.bindings == start.bindings and end.suppressed == start.suppressed:
            break
        start = end
    if last_turn is not None:
        scope.restore(start)
        exits.continues.clear()
        last_turn()
        ends = _passed(scope, exits)
    scope.loops.pop()
    scope.merge(ends)
    _leave_loop(scope, orelse, exits)


def _unrolled(scope: Scope, orelse: cst.Else | None, turns: Sequence[Callable[[], bool]]) -> None:
    """Run the turns of a loop one after the other."""
    exits = LoopExits(turns=len(turns) * _turns_around(scope))
    scope.loops.append(exits)
    for turn in turns:
        exits.continues.clear()
        turn()
        scope.merge(_passed(scope, exits))
        if not scope.reachable:
            break
    scope.loops.pop()
    _leave_loop(scope, orelse, exits)


def _turns_around(scope: Scope) -> int:
    """Return how often the loops around run, item by item."""
    return scope.loops[-1].turns if scope.loops else 1


def _passed(scope: Scope, exits: LoopExits) -> list[Environment]:
    """Return what is known where a turn is over."""
    return [*exits.continues, *([scope.snapshot()] if scope.reachable else [])]


def _leave_loop(scope: Scope, orelse: cst.Else | None, exits: LoopExits) -> None:
    if orelse is not None and scope.reachable:
        execute(scope, orelse.body)
    last = [scope.snapshot()] if scope.reachable else []
    scope.merge([*exits.breaks, *last])


def _for(scope: Scope, node: cst.For) -> None:
    iterated = evaluate(scope, node.iter)

    def turn_with(item: Value) -> bool:
        assign(scope, node.target, item, evaluate)
        execute(scope, node.body)
        return True

    items = items_in_order(iterated) or ()
    turns = [partial(turn_with, item) for item in items]
    last_turn = turns[-1] if turns else None
    form = iterated.form
    if isinstance(form, Display) and form.rest is not None and (form.items or form.last):
        last_turn = partial(turn_with, item_at(form, -1))
    if (items or _is_empty(iterated)) and len(items) * _turns_around(scope) <= MAX_UNROLLED:
        _unrolled(scope, node.orelse, turns)
    else:
        _loop(scope, node.orelse, partial(turn_with, elements(iterated)), last_turn)


def _is_empty(iterated: Value) -> bool:
    """Whether a loop certainly runs over nothing: not over a list, which others may fill."""
    form = iterated.form
    return isinstance(form, Display) and form.kind in ("tuple", "range") and not form.every


def _while(scope: Scope, node: cst.While) -> None:
    exits = LoopExits(turns=2 * _turns_around(scope))
    is_over = _first_turns(scope, node, exits)
    if is_over:
        _leave_loop(scope, node.orelse, exits)
        return
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

    _loop(scope, node.orelse, turn, breaks=exits.breaks)
    if scope.reachable and not endless:
        narrow(scope, node.test, False, evaluate)


def _first_turns(scope: Scope, node: cst.While, exits: LoopExits) -> bool:
    """Run the turns of a loop as long as its test is known; return whether that is all of them."""
    if isinstance(node.test, (cst.Name, cst.Integer)):
        # `while True` ends where it breaks, no test says when.
        return False
    scope.loops.append(exits)
    known: bool | None = True
    for _ in range(MAX_UNROLLED // _turns_around(scope)):
        before = scope.snapshot()
        known = truth(condition(scope, node.test, "decides a while loop"))
        if known is None:
            scope.restore(before)
        if known is not True:
            break
        exits.continues.clear()
        execute(scope, node.body)
        scope.merge(_passed(scope, exits))
        if not scope.reachable:
            known = False
            break
    scope.loops.pop()
    return known is False


def _try(scope: Scope, node: cst.Try | cst.TryStar) -> None:
    run_try(scope, node, evaluate, execute)


def _with(scope: Scope, node: cst.With) -> None:
    run_with(scope, node, evaluate, execute)


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
