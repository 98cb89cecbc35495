"""One program, looked at from all sides."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass

from jitlint.finding import Finding
from tests.oracle.agreement import VARIANTS, Comparison, Disagreement, Kind, compare, look, read, settle
from tests.oracle.running import TooSlowError
from tests.oracle.tree import Program
from tests.oracle.verdict import Bench, DroppedError


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out. dropped: why the program is no good ("" if it is). found: what jitlint says; None if it fails."""

    comparison: Comparison
    dropped: str = ""
    found: list[Finding] | None = None

    @property
    def disagreements(self) -> list[Disagreement]:
        """Where jitlint and JAX differ."""
        return self.comparison.disagreements


def examine(program: Program, variants: int = VARIANTS) -> Examined:
    """Run a program, ask JAX, ask jitlint, compare. variants: how many branches are tried."""
    source = program.source
    try:
        found = look(source)
        if isinstance(found, Disagreement):
            return Examined(Comparison(disagreements=[found]))
        bench = Bench(program.whole)
        truth = bench.judge()
        truth.in_sight = not program.hidden.statements
    except TooSlowError:
        return Examined(Comparison(), "TooSlowError")
    except (DroppedError, SyntaxError) as error:
        return Examined(Comparison(), str(error) or type(error).__name__)
    comparison = compare(found, truth)
    settle(comparison, bench, variants, truth.in_sight)
    return Examined(comparison, found=found)


def has_undefined_names(source: str) -> bool:
    """Whether a program uses a name that nothing in it binds. Where no sample value leads, a run would not tell."""
    bound, used = set(dir(builtins)), set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name)
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            bound.add(node.name)
    return not used <= bound


def shows(program: Program, signature: tuple[str, str]) -> bool:
    """Whether a program has a disagreement of this kind. jitlint is asked first, because it is quick."""
    kind, code = signature
    try:
        if has_undefined_names(program.whole):
            return False
        found = look(program.source)
    except SyntaxError:
        return False
    if isinstance(found, Disagreement):
        return found.signature == signature
    if kind in (Kind.FALSE.name, Kind.FALSE_ARRAY.name, Kind.LINE.name) and code not in {s.code for s in read(found)}:
        return False
    return any(d.signature == signature for d in examine(program).disagreements)
