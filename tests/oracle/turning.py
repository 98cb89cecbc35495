"""A program whose static tests can be turned around, to see the branches that the sample values do not take.

Every test that is no guard goes through a function that may answer the opposite. A traced test is left alone: it
raises where it stands.
"""

from __future__ import annotations

import ast
import contextlib
import enum
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jax

TURN, SUBJECT, ITEMS = "_turn_", "_subject_", "_items_"
HANDLED, SUPPRESS = "_handled_", "_suppress_"
RUNS, CONDITION, GUARD, RAISE, COMPARED = "_runs_", "_condition_", "_guard_", "_raise_", "_compared_"
_CLASS_TESTS = frozenset({"isinstance", "callable"})
_GUARDS = frozenset({"isinstance", "hasattr", "callable", "type", "TYPE_CHECKING", "DEBUG"})


class _Other:
    """Matches no pattern but a wildcard."""


_KNOWN = frozenset({"range", "enumerate", "zip", "SIZES"})
"""What a loop over literals names: it never runs over nothing."""


class Turn(enum.Enum):
    """What a test is made to answer."""

    OPPOSITE = "not what it finds"
    YES = "true"
    NO = "false"


@dataclass(slots=True)
class Turns:
    """Which tests are made to answer what.

    watching: the program runs as it is written. free: the guards that it meets then, and whether they ask about
    Python values only. Those are tests like any other, and so are those that it does not meet; the others tell whether
    something is traced. anyhow: what raises there is no affair of what the guards ask for, so all but those of a tracer
    are turned.
    watch_handlers: handlers of errors are counted (`handlers`), but for those of
    the program's own raise statements, which are on these lines (`raises`).
    entered: the loops whose test has just been answered with yes. skipped: the loops whose body is left out.
    """

    plan: Mapping[int, Turn] = field(default_factory=dict)
    watching: bool = False
    free: dict[int, bool] = field(default_factory=dict)
    anyhow: bool = False
    entered: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    watch_handlers: bool = False
    handlers: int = 0
    raises: frozenset[int] = frozenset()

    def turn(self, number: int, value: Any) -> Any:
        """The answer of a test."""
        turn = self.plan.get(number)
        if turn is None or isinstance(value, jax.core.Tracer):
            return value
        return not value if turn is Turn.OPPOSITE else turn is Turn.YES

    def guard(self, number: int, value: Any, *subjects: Any) -> Any:
        """The answer of `isinstance` or `callable`."""
        is_free = not any(isinstance(subject, jax.core.Tracer) for subject in subjects)
        if self.watching:
            self.free[number] = self.free.get(number, True) and is_free
        return self.turn(number, value) if is_free and (self.anyhow or self.free.get(number, True)) else value

    def condition(self, number: int, value: Any) -> Any:
        """The answer of the test of a while loop: as it is, no, or yes where it is asked first."""
        turn = self.plan.get(number)
        if turn is None or isinstance(value, jax.core.Tracer):
            return value
        if turn is Turn.YES and number not in self.entered:
            self.entered.add(number)
            return True
        self.entered.discard(number)
        return value if turn is Turn.YES else False

    def items(self, number: int, value: Any) -> Any:
        """What a loop runs over, which could be nothing if it is no tuple: then its body is left out.

        What is nothing could be something. The name of the loop is bound all the same: a program may use it afterwards.
        """
        self.skipped.discard(number)
        if number in self.plan and isinstance(value, range) and not value:
            return range(value.start, value.start + 1)
        if number in self.plan and isinstance(value, range | list | jax.Array):
            self.skipped.add(number)
        return value

    def runs(self, number: int) -> bool:
        """Whether the body of a loop runs."""
        return number not in self.skipped

    def subject(self, number: int, value: Any, first: Any) -> Any:
        """The subject of a match: as it is, the first case, or none of them."""
        turn = self.plan.get(number)
        if turn is None or not isinstance(value, int | float | str):
            return value
        return first if turn is Turn.YES else _Other()

    def compared(self, number: int, left: Any, right: Any) -> bool:
        """Looks at all items of two tuples, not only at the first ones that differ; true."""
        if number in self.plan and isinstance(left, tuple) and isinstance(right, tuple):
            for one, other in zip(left, right, strict=False):
                if one is not other:
                    bool(one == other)
        return True

    def handled(self) -> None:
        """Notes that a handler runs: for a raise of the program itself, or for an error."""
        error = sys.exc_info()[1]
        if error is None or not self.watch_handlers:
            return
        *_, (_, line) = traceback.walk_tb(error.__traceback__)
        self.handlers += line not in self.raises

    def suppress(self, *classes: type[BaseException]) -> contextlib.AbstractContextManager[None]:
        """`contextlib.suppress`, which notes what it suppresses."""

        @contextlib.contextmanager
        def noting() -> Iterator[None]:
            try:
                yield
            except classes:
                self.handled()

        return noting()

    def fail(self, number: int, errors: type[Exception] | tuple[type[Exception], ...], place: int) -> None:
        """Raises what a handler waits for."""
        turn = self.plan.get(number)
        if turn is not None and (turn is Turn.YES) is (place == 0):
            error = errors[0] if isinstance(errors, tuple) else errors
            raise error.__new__(error)  # some want to be made of a tracer

    def names(self) -> Mapping[str, Any]:
        """What the changed program must know."""
        return {
            TURN: self.turn,
            SUBJECT: self.subject,
            ITEMS: self.items,
            RUNS: self.runs,
            CONDITION: self.condition,
            GUARD: self.guard,
            RAISE: self.fail,
            COMPARED: self.compared,
            HANDLED: self.handled,
            SUPPRESS: self.suppress,
        }


class _Rewriter(ast.NodeTransformer):
    def __init__(self) -> None:
        self.count = 0
        self.exits = set[int]()

    def _turned(self, test: ast.expr, name: str = TURN, *more: ast.expr) -> ast.expr:
        subjects = _subjects(test)
        if subjects and name == TURN:
            name, more = GUARD, tuple(subjects)
        elif _is_fixed(test):
            if isinstance(test, ast.BinOp) and isinstance(test.op, ast.BitXor | ast.BitAnd | ast.BitOr):
                test.left, test.right = self._turned(test.left), self._turned(test.right)
            return test
        self.count += 1
        call = ast.Call(ast.Name(name, ast.Load()), [ast.Constant(self.count - 1), test, *more], [])
        return ast.fix_missing_locations(ast.copy_location(call, test))

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        node.test = self._turned(node.test)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        node.test = self._turned(node.test)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        node.values = [*(self._turned(value) for value in node.values[:-1]), node.values[-1]]
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.ifs = [self._turned(test) for test in node.ifs]
        return node

    def visit_Match(self, node: ast.Match) -> ast.AST:
        self.generic_visit(node)
        patterns = [
            pattern
            for case in node.cases
            for pattern in (case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else [case.pattern])
        ]
        values = [pattern.value for pattern in patterns if isinstance(pattern, ast.MatchValue)]
        for case in node.cases:
            if case.guard is not None:
                case.guard = self._turned(case.guard)
        node.subject = self._turned(node.subject, SUBJECT, values[0] if values else ast.Constant(None))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("any", "all"):
            given = node.args[0]
            if isinstance(given, ast.List | ast.Tuple) and given.elts:
                given.elts = [*(self._turned(test) for test in given.elts[:-1]), given.elts[-1]]
            elif isinstance(given, ast.GeneratorExp | ast.ListComp):
                given.elt = self._turned(given.elt)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        sides = (node.left, *node.comparators)
        compares = len(node.ops) == 1 and not isinstance(node.ops[0], ast.Is | ast.IsNot | ast.In | ast.NotIn)
        if not compares or not any(isinstance(part, ast.Tuple) for side in sides for part in ast.walk(side)):
            return node
        self.count += 1
        names = [f"_{side}{self.count}" for side in ("left", "right")]
        given = [ast.NamedExpr(ast.Name(name, ast.Store()), side) for name, side in zip(names, sides, strict=True)]
        call = ast.Call(ast.Name(COMPARED, ast.Load()), [ast.Constant(self.count - 1), *given], [])
        left, right = (ast.Name(name, ast.Load()) for name in names)
        both = ast.BoolOp(ast.And(), [call, ast.Compare(left, node.ops, [right])])
        return ast.fix_missing_locations(ast.copy_location(both, node))

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """What a handler waits for may come before the first statement, or after the last."""
        self.generic_visit(node)
        for handler in node.handlers:
            noted = ast.Expr(ast.Call(ast.Name(HANDLED, ast.Load()), [], []))
            handler.body = [ast.copy_location(noted, handler.body[0]), *handler.body]
            if handler.type is not None:
                node.body = self._raising(node.body, handler.type)
        return node

    def _raising(self, body: list[ast.stmt], error: ast.expr) -> list[ast.stmt]:
        """A block that may raise an error before its first statement, or after its last."""
        self.exits.add(self.count)
        self.count += 1
        calls = [
            ast.Call(ast.Name(RAISE, ast.Load()), [ast.Constant(self.count - 1), error, ast.Constant(place)], [])
            for place in (0, 1)
        ]
        first, last = (
            ast.copy_location(ast.Expr(call), at) for call, at in zip(calls, (body[0], body[-1]), strict=True)
        )
        return [first, *body, last]

    def visit_With(self, node: ast.With) -> ast.AST:
        self.generic_visit(node)
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "suppress":
                call.func = ast.copy_location(ast.Name(SUPPRESS, ast.Load()), call.func)
                node.body = self._raising(node.body, call.args[0])
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        if any(isinstance(part, ast.Name) and part.id not in _KNOWN for part in ast.walk(node.iter)):
            node.iter = self._turned(node.iter, ITEMS)
            test = ast.Call(ast.Name(RUNS, ast.Load()), [ast.Constant(self.count - 1)], [])
            node.body = [ast.copy_location(ast.If(test, node.body, []), node.body[0])]
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        self.generic_visit(node)
        node.test = self._turned(node.test, CONDITION)
        self.exits.add(self.count - 1)
        return node


def _subjects(test: ast.expr) -> list[ast.expr]:
    """The names that a test asks the class of; none if it does anything else."""
    call = test.operand if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) else test
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in _CLASS_TESTS:
        return []
    return [ast.Name(call.args[0].id, ast.Load())] if isinstance(call.args[0], ast.Name) else []


def _is_fixed(test: ast.expr) -> bool:
    """Whether turning a test is no other outcome, but another program: a guard, or a constant.

    A test for None is none of them: another call may pass None.
    """
    nodes = list(_not_in_calls(test))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return bool(names & _GUARDS) or any(map(_asks_for_identity, nodes)) or isinstance(test, ast.Constant)


def _asks_for_identity(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare) and any(
        isinstance(op, ast.Is | ast.IsNot) and not (isinstance(other, ast.Constant) and other.value is None)
        for op, other in zip(node.ops, node.comparators, strict=True)
    )


def _not_in_calls(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a test, but for what it gives to functions."""
    yield node
    for child in [node.func] if isinstance(node, ast.Call) else ast.iter_child_nodes(node):
        yield from _not_in_calls(child)


def turnable(source: str) -> tuple[ast.Module, int, frozenset[int]]:
    """The tree of the program with its tests made turnable, how many there are, and which of them may end a loop."""
    rewriter = _Rewriter()
    tree = rewriter.visit(ast.parse(source))
    assert isinstance(tree, ast.Module)
    return ast.fix_missing_locations(tree), rewriter.count, frozenset(rewriter.exits)
