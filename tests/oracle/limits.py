"""The classes of docs/limits.md that the grammar reaches: where jitlint is known to differ from JAX.

A class is recognised by undoing: of a small program, what the class is about is replaced by what jitlint knows, and
then jitlint must say what it did not say before, or no longer say it. A class that is recognised by less hides other
faults.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.oracle.agreement import Disagreement, Kind, findings, read
from tests.oracle.tree import Program


@dataclass(frozen=True, slots=True)
class Limit:
    """A known class.

    heading: its heading in docs/limits.md. kinds: how jitlint differs there. undo: takes out what the class is about.
    errors: what JAX raises there, if the class is about that. Where `undo` is a function, it gives groups of programs:
    in all of one group it must be undone.
    """

    heading: str
    kinds: tuple[Kind, ...]
    undo: ast.NodeTransformer | Callable[[str], Iterator[list[str]]]
    errors: tuple[str, ...] = ()

    def takes_in(self, program: Program, disagreement: Disagreement) -> bool:
        """Whether a small program belongs to the class."""
        if disagreement.kind not in self.kinds or self.errors and disagreement.code not in self.errors:
            return False
        source = ast.unparse(ast.parse(program.source))
        if isinstance(self.undo, ast.NodeTransformer):
            groups = iter([[ast.unparse(self.undo.visit(ast.parse(source)))]])
        else:
            groups = self.undo(source)
        return any(all(_is_undone(disagreement, source, other) for other in group) for group in groups)


def _is_undone(disagreement: Disagreement, source: str, other: str) -> bool:
    """Whether jitlint says of another program what it misses here, or says no longer what is wrong here."""
    before, after = said(source), said(other)
    if disagreement.kind in _MISSED:
        # A finding on an array may name none.
        return any("" in (disagreement.name, name) or disagreement.name == name for _, name, _ in after - before)
    gone = (before - after).keys()
    return any((code, name) == (disagreement.code, disagreement.name) for code, name, _ in gone)


def said(source: str) -> Counter[tuple[str, str, str]]:
    """The codes and parameters that jitlint reports, and the text of the lines that it cites."""
    lines = ["", *source.splitlines()]
    return Counter((spoken.code, spoken.name, lines[spoken.cited].strip()) for spoken in read(findings(source)))


class _Handlers(ast.NodeTransformer):
    """Takes out handlers of errors: all, or those of a class."""

    def __init__(self, of: str = "") -> None:
        self.of = of

    def visit_Try(self, node: ast.Try) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        handled = [ast.unparse(handler.type) for handler in node.handlers if handler.type is not None]
        if self.of and not any(self.of in name for name in handled):
            return node
        return [*node.body, *node.orelse, *node.finalbody]

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        return node.body if not self.of and "suppress" in ast.unparse(node.items[0]) else node


class _NegativeNumbers(ast.NodeTransformer):
    """Takes out declarations that count from the end."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.keywords = [
            keyword
            for keyword in node.keywords
            if keyword.arg != "static_argnums"
            or not any(isinstance(part, ast.USub) for part in ast.walk(keyword.value))
        ]
        return node


def _with_known_shapes(source: str) -> Iterator[list[str]]:
    """Programs with a tuple of one number in the place of each shape; what is cut from one is as long, or cut."""
    for keeps in (True, False):
        yield [ast.unparse(_Shapes(keeps).visit(ast.parse(source)))]


class _Shapes(ast.NodeTransformer):
    """Puts a tuple of one number in the place of a shape. keeps: and of what is cut from one."""

    def __init__(self, keeps: bool) -> None:
        self.keeps = keeps

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        is_cut = isinstance(node.slice, ast.Slice) and isinstance(node.value, ast.Attribute)
        self.generic_visit(node)
        return node.value if self.keeps and is_cut and isinstance(node.value, ast.Tuple) else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        is_plain = not any(isinstance(part, ast.Slice) for part in ast.walk(node))
        return ast.Tuple([ast.Constant(3)], ast.Load()) if node.attr == "shape" and is_plain else node


class _Callable(ast.NodeTransformer):
    """Puts False in the place of a call of `callable`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return ast.Constant(False) if isinstance(node.func, ast.Name) and node.func.id == "callable" else node


def _decided(source: str) -> Iterator[list[str]]:
    """For each test that is asked again: the program in which it is always true, and where it is always false."""
    asked: Counter[str] = Counter()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.For | ast.While):
            asked.update(_tests(node))  # once more
        elif isinstance(node, ast.Module):
            asked.update(_tests(node))
    for test in sorted(test for test, count in asked.items() if count > 1):
        yield [ast.unparse(_Decided(test, outcome).visit(ast.parse(source))) for outcome in (True, False)]


def _tests(node: ast.AST) -> Iterator[str]:
    return (ast.unparse(part.test) for part in ast.walk(node) if isinstance(part, ast.If | ast.IfExp))


class _Decided(ast.NodeTransformer):
    """Puts an outcome in the place of a test, wherever it is asked."""

    def __init__(self, test: str, outcome: bool) -> None:
        self.test, self.outcome = test, outcome

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.If | ast.IfExp) and ast.unparse(node.test) == self.test:
            node.test = ast.Constant(self.outcome)
        return node


_MISSED = (Kind.MISSED, Kind.UNSEEN)
LIMITS: tuple[Limit, ...] = (
    Limit("Places in the middle of a shape", (*_MISSED, Kind.LINE), _with_known_shapes),
    Limit("Numbers from the end, and defaults", _MISSED, _NegativeNumbers()),
    Limit("Handlers of related errors", _MISSED, _Handlers(), ("NonConcreteBooleanIndexError", "IndexError")),
    Limit(
        "Handlers of related errors",
        _MISSED,
        _Handlers("ConcretizationTypeError"),
        ("TypeError", "TracerArrayConversionError", "TracerIntegerConversionError"),
    ),
    Limit("Functions that are expected to fail", _MISSED, _Handlers()),
    # What comes behind the handler is reported in place of what it does not catch.
    Limit("Handlers of related errors", (Kind.LINE, Kind.FALSE_ARRAY), _Handlers()),
    Limit("Two tests of the same static flag", (Kind.FALSE, Kind.FALSE_ARRAY, Kind.LINE), _decided),
    Limit("Whether an argument can be called", (Kind.FALSE, Kind.FALSE_ARRAY, Kind.LINE), _Callable()),
)


def limit_of(program: Program, disagreement: Disagreement) -> Limit | None:
    """The class that a small program belongs to."""
    return next((limit for limit in LIMITS if limit.takes_in(program, disagreement)), None)
