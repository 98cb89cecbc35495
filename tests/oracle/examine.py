"""One program, looked at from all sides."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.agreement import Comparison, Disagreement, compare, look, settle
from tests.oracle.tree import Program
from tests.oracle.verdict import Bench, DroppedError


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out. dropped: why the program is no good ("" if it is)."""

    comparison: Comparison
    dropped: str = ""

    @property
    def disagreements(self) -> list[Disagreement]:
        """Where jitlint and JAX differ."""
        return self.comparison.disagreements


def examine(program: Program) -> Examined:
    """Run a program, ask JAX, ask jitlint, compare."""
    source = program.source
    found = look(source)
    if isinstance(found, Disagreement):
        return Examined(Comparison(disagreements=[found]))
    try:
        bench = Bench(source)
        truth = bench.judge()
    except (DroppedError, SyntaxError) as error:
        return Examined(Comparison(), str(error) or type(error).__name__)
    comparison = compare(found, truth)
    settle(comparison, bench)
    return Examined(comparison)
