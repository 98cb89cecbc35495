"""A program whose static tests can be turned around, to see the branches that the sample values do not take.

Every test that is no guard goes through a function that may answer the opposite. A traced test is left alone: it
raises where it stands.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jax

TURN, SUBJECT = "__turn", "__subject"
_GUARDS = frozenset({"isinstance", "hasattr", "callable", "type", "TYPE_CHECKING", "DEBUG"})


class _Other:
    """Matches no pattern but a wildcard."""


@dataclass(slots=True)
class Turns:
    """Which tests answer the opposite, and which were asked since `asked` was emptied."""

    turned: frozenset[int] = frozenset()
    asked: set[int] = field(default_factory=set)

    def turn(self, number: int, value: Any) -> Any:
        """The test's answer."""
        if isinstance(value, jax.core.Tracer) or number < 0:
            return value
        self.asked.add(number)
        return not value if number in self.turned else value

    def subject(self, number: int, value: Any) -> Any:
        """The subject of a match."""
        if not isinstance(value, int | float | str):
            return value
        self.asked.add(number)
        return _Other() if number in self.turned else value

    def names(self) -> Mapping[str, Any]:
        """What the changed program must know."""
        return {TURN: self.turn, SUBJECT: self.subject}


class _Rewriter(ast.NodeTransformer):
    def __init__(self) -> None:
        self.count = 0

    def _turned(self, test: ast.expr, name: str = TURN) -> ast.expr:
        if _is_fixed(test):
            return test
        self.count += 1
        call = ast.Call(ast.Name(name, ast.Load()), [ast.Constant(self.count - 1), test], [])
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
        node.subject = self._turned(node.subject, SUBJECT)
        return node


def _is_fixed(test: ast.expr) -> bool:
    """Whether turning a test is no other outcome, but another program: a guard, or a constant."""
    nodes = list(ast.walk(test))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    if names & _GUARDS or TURN in names:
        return True
    if any(isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops) for node in nodes):
        return True
    return not any(isinstance(node, ast.Name) for node in nodes)


def turnable(source: str) -> tuple[ast.Module, int]:
    """The tree of the program with its tests made turnable, and how many there are."""
    rewriter = _Rewriter()
    tree = rewriter.visit(ast.parse(source))
    assert isinstance(tree, ast.Module)
    return ast.fix_missing_locations(tree), rewriter.count
