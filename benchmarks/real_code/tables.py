"""The tables as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from benchmarks.real_code.misses import CLASSES, Miss
from benchmarks.real_code.recall import BY_DEFAULT, BY_JIT901, Argument
from benchmarks.real_code.triage import Triage


def findings_table(found: Triage, lines_of: Mapping[str, int]) -> Iterator[str]:
    """Findings by package and code, each finding below."""
    reports = [report for report, _ in found.judged] + list(found.unread)
    codes = sorted({report.code for report in reports})
    counts = Counter((report.package, report.code) for report in reports)
    heading = [*codes, "findings"]
    rows = [
        (name, [lines_of[name], *(counts[name, code] for code in codes), sum(counts[name, code] for code in codes)])
        for name in lines_of
    ]
    yield from _table(["lines", *heading], rows)
    yield ""
    for report, judgement in found.judged:
        yield f"{judgement.verdict}: {report.package} {report.path}:{report.line}: {report.code} {report.message}"
    for report in found.unread:
        yield f"NOT JUDGED: {report.package} {report.path}:{report.line}: {report.code} {report.message}"
    for judgement in found.vanished:
        yield f"vanished: {judgement.package} {judgement.path}:{judgement.line}: {judgement.code} {judgement.subject!r}"


def recall_table(arguments: Collection[Argument], misses: Sequence[Miss]) -> Iterator[str]:
    """Found and missed arguments by package, the missed ones by class."""
    packages = sorted({argument.package for argument in arguments})
    kinds = [kind for kind in CLASSES[1:] if any(miss.kind == kind for miss in misses)]
    total = Counter(argument.package for argument in arguments)
    found = Counter((argument.package, argument.found) for argument in arguments)
    missed = Counter((miss.package, miss.kind) for miss in misses)
    rows = [
        (
            name,
            [
                total[name],
                found[name, BY_DEFAULT],
                found[name, BY_JIT901],
                *(missed[name, kind] for kind in kinds),
            ],
        )
        for name in packages
    ]
    yield from _table(["removed", "found", "+JIT901", *kinds], rows)
    if arguments:
        everything = len(arguments)
        default = sum(argument.found == BY_DEFAULT for argument in arguments)
        both = default + sum(argument.found == BY_JIT901 for argument in arguments)
        yield ""
        yield f"found: {default / everything:.1%} with the default codes, {both / everything:.1%} with JIT901 too"


def _table(heading: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> Iterator[str]:
    """Columns of numbers, empty for zero, and their sums."""
    widths = [max(len(title), 7) for title in heading]
    first = max((len(name) for name, _ in rows), default=5)
    yield " ".join([" " * first, *(title.rjust(width) for title, width in zip(heading, widths, strict=True))])
    sums = [sum(numbers) for numbers in zip(*(numbers for _, numbers in rows), strict=True)]
    for name, numbers in [*rows, ("all", sums)]:
        cells = (str(number or "").rjust(width) for number, width in zip(numbers, widths, strict=True))
        yield " ".join([name.ljust(first), *cells]).rstrip()
