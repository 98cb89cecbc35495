"""The judgement of each finding on unmodified code: a bug, or a false alarm."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.real_code.linting import Report

JUDGED = Path(__file__).with_name("triage.csv")
BUG = "bug"
FALSE_ALARM = "false alarm"

Key = tuple[str, str, int, str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader made of a finding, and why."""

    package: str
    path: str
    line: int
    code: str
    subject: str
    verdict: str
    reason: str

    @property
    def key(self) -> Key:
        """Which finding is meant."""
        return (self.package, self.path, self.line, self.code, self.subject)


def read_judgements(path: Path = JUDGED) -> dict[Key, Judgement]:
    """Read the committed file."""
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))[1:]
    judgements = [Judgement(package, where, int(line), *rest) for package, where, line, *rest in rows]
    for judgement in judgements:
        if judgement.verdict not in (BUG, FALSE_ALARM):
            raise ValueError(f"{path}: neither {BUG!r} nor {FALSE_ALARM!r}: {judgement.verdict!r}")
    return {judgement.key: judgement for judgement in judgements}


@dataclass(frozen=True, slots=True)
class Triage:
    """The findings against the judgements: those judged, those that nobody has read, judgements without a finding."""

    judged: tuple[tuple[Report, Judgement], ...]
    unread: tuple[Report, ...]
    vanished: tuple[Judgement, ...]

    @property
    def false_alarms(self) -> tuple[Report, ...]:
        """Findings known to be wrong."""
        return tuple(report for report, judgement in self.judged if judgement.verdict == FALSE_ALARM)

    @property
    def passed(self) -> bool:
        """Whether every finding was read, and none is a false alarm."""
        return not self.unread and not self.false_alarms


def triage(reports: Iterable[Report], judgements: dict[Key, Judgement], packages: Iterable[str]) -> Triage:
    """Compare. Judgements of packages that were not looked at do not count as vanished."""
    looked_at = set(packages)
    judged: list[tuple[Report, Judgement]] = []
    unread: list[Report] = []
    for report in reports:
        key = (report.package, report.path, report.line, report.code, report.subject)
        if key in judgements:
            judged.append((report, judgements[key]))
        else:
            unread.append(report)
    met = {judgement.key for _, judgement in judged}
    vanished = [item for key, item in judgements.items() if key not in met and item.package in looked_at]
    return Triage(tuple(judged), tuple(unread), tuple(vanished))
