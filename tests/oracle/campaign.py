"""Many programs: made, judged, compared, counted, and what differs made small."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context

import jax

from jitlint.finding import Finding
from tests.oracle.agreement import PATIENT, Disagreement, Kind, findings, look
from tests.oracle.altered import altered, told
from tests.oracle.examine import examine, shows
from tests.oracle.forms import FORMS, OTHERS, make_program
from tests.oracle.limits import limit_of
from tests.oracle.shrink import shrunk
from tests.oracle.steps import STATEMENTS
from tests.oracle.tree import Program, productions, render
from tests.oracle.values import EXPRESSIONS

PART, CLEAR_EVERY = 100, 20
"""Programs in a part, and parts between two clearings of JAX's caches: memory stays bounded, and compiled operations
are used again."""
COUNTED = ("agreed", "elsewhere", "masked", "own", "cited", "innermost")


@dataclass(frozen=True, slots=True)
class Failure:
    """A disagreement: the seed, the program made small, and what differs there. limit: the known class."""

    seed: str
    program: Program
    disagreement: Disagreement
    limit: str = ""

    def __str__(self) -> str:
        numbered = "\n".join(f"{n:3} {line}" for n, line in enumerate(self.program.source.splitlines(), 1))
        hidden = f"\ncalled elsewhere:{render(self.program.hidden)}" if self.program.hidden.statements else ""
        known = f" (docs/limits.md: {self.limit})" if self.limit else ""
        return f"seed {self.seed}{known}\n{numbered}{hidden}\n{self.disagreement}"


@dataclass(slots=True)
class Report:
    """The outcome of many programs."""

    programs: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Report) -> None:
        """Take in the outcome of another part."""
        self.programs += other.programs
        self.dropped += other.dropped
        self.counts += other.counts
        self.used += other.used
        self.reasons += other.reasons
        self.failures += other.failures

    @property
    def judged(self) -> int:
        """The programs that ran without jit."""
        return self.programs - sum(self.dropped.values())

    @property
    def unexplained(self) -> list[Failure]:
        """The disagreements of no known class."""
        return [failure for failure in self.failures if not failure.limit]


def all_productions() -> frozenset[str]:
    """The names that coverage counts."""
    names = {form.production for forms in EXPRESSIONS.values() for form in forms}
    return frozenset(names | OTHERS | {form.production for form in STATEMENTS} | {f"jit.{form}" for form in FORMS})


def examine_seed(seed: str, seconds: float) -> Report:
    """One program. seconds: how long each disagreement may be made smaller."""
    program = make_program(seed)
    report = Report(programs=1)
    examined = examine(program, PATIENT)
    if examined.dropped:
        report.dropped[examined.dropped.split(":")[0]] += 1
        return report
    report.used.update(productions(program))
    for name in COUNTED:
        report.counts[name] += getattr(examined.comparison, name)
    report.reasons.update(examined.comparison.reasons)
    found = list(examined.disagreements)
    if examined.found is not None:
        found += unstable(program, seed, examined.found)
    seen = set()
    for disagreement in found:
        if disagreement.signature in seen:
            continue
        seen.add(disagreement.signature)
        report.counts["disagreed"] += 1
        report.failures.append(_made_small(seed, program, disagreement, seconds))
    return report


def unstable(program: Program, seed: str, first: list[Finding] | Disagreement | None = None) -> list[Disagreement]:
    """What jitlint says differently the second time, or of the program in other clothes. first: what it has said."""
    source = program.source
    first = first or look(source)
    if isinstance(first, Disagreement):
        return []
    wanted = told(first)
    other_clothes = altered(source, seed)
    try:
        other = told(findings(other_clothes.source), other_clothes)
    except Exception as error:  # noqa: BLE001
        return [Disagreement(Kind.CRASH, 0, "", "", f"in other clothes: {error!r}", "altered")]
    if look(source) == first and wanted == other:
        return []
    said = f"{[item for item in wanted if item not in other]} and {[item for item in other if item not in wanted]}"
    return [Disagreement(Kind.UNSTABLE, 0, "", "", said, "altered")]


def _made_small(seed: str, program: Program, disagreement: Disagreement, seconds: float) -> Failure:
    def is_interesting(smaller: Program) -> bool:
        if disagreement.code == "altered":
            return bool(unstable(smaller, seed))
        return shows(smaller, disagreement.signature)

    if seconds:
        small = shrunk(program, is_interesting, seconds)
        found = unstable(small, seed) if disagreement.code == "altered" else examine(small, PATIENT).disagreements
        left = next((d for d in found if d.signature == disagreement.signature), None)
        if left is not None:
            program, disagreement = small, left
    limit = limit_of(program, disagreement)
    return Failure(seed, program, disagreement, limit.heading if limit else "")


def run_part(task: tuple[list[str], float]) -> Report:
    """Some programs, in one process."""
    seeds, seconds = task
    report = Report()
    for seed in seeds:
        report.add(examine_seed(seed, seconds))
    return report


def run(
    programs: int, seed: int, jobs: int = 1, seconds: float = 20.0, say: Callable[[Report], None] | None = None
) -> Report:
    """Examine many programs. say: is told of the outcome so far, now and then."""
    start = time.monotonic()
    seeds = [f"{seed}:{number}" for number in range(programs)]
    size = max(1, min(PART, programs // jobs))
    tasks = [(seeds[at : at + size], seconds) for at in range(0, programs, size)]
    report = Report()
    for part in _parts(tasks, jobs):
        report.add(part)
        report.seconds = time.monotonic() - start
        if say is not None:
            say(report)
    return report


def _parts(tasks: list[tuple[list[str], float]], jobs: int) -> Iterator[Report] | Iterable[Report]:
    if jobs == 1:
        for number, task in enumerate(tasks, 1):
            yield run_part(task)
            if number % CLEAR_EVERY == 0:
                jax.clear_caches()
                gc.collect()
        return
    with get_context("spawn").Pool(jobs, maxtasksperchild=CLEAR_EVERY) as pool:
        yield from pool.imap_unordered(run_part, tasks)
