"""Measure jitlint on the pinned packages.

    python -m benchmarks.real_code                          # both tables
    python -m benchmarks.real_code --only netket s2fft      # some packages
    python -m benchmarks.real_code --update                 # also write the misses to misses.csv, to be classed there

Prints the findings on unmodified code, each with its judgement (triage.csv), and the share of the static arguments that
are found again when their declarations are removed (misses.csv says why the others are not). The first run downloads
about 30 MB. The exit status is 1 if a finding on unmodified code is a false alarm, or is not judged.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.real_code.linting import CRASH, lint, lint_texts
from benchmarks.real_code.misses import classed, read_misses, write_misses
from benchmarks.real_code.packages import default_cache, read_pinned, unpacked
from benchmarks.real_code.recall import found_alone, recalled, texts_alone
from benchmarks.real_code.stripping import Unresolved, strip
from benchmarks.real_code.tables import findings_table, recall_table
from benchmarks.real_code.triage import read_judgements, triage


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_code", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cache", type=Path, default=default_cache(), help="the folder for the packages (%(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (%(default)s)")
    parser.add_argument("--only", nargs="+", metavar="PACKAGE", help="measure these packages")
    parser.add_argument("--skip-findings", action="store_true", help="measure recall only")
    parser.add_argument("--alone", action="store_true", help="look for the missed ones again, removed one by one")
    parser.add_argument("--update", action="store_true", help="write the misses to misses.csv")
    parser.add_argument("--unresolved", action="store_true", help="also list the declarations that do not count")
    options = parser.parse_args(arguments)
    pinned = [package for package in read_pinned() if not options.only or package.name in options.only]
    folders = unpacked(pinned, options.cache)
    passed = options.skip_findings or measure_findings(folders, options.jobs)
    measure_recall(folders, options)
    return 0 if passed else 1


def measure_findings(folders: dict[str, Path], jobs: int) -> bool:
    """Print what is reported on unmodified code; whether all of it is right."""
    lines_of = {
        name: sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py")) for name, folder in folders.items()
    }
    reports = [report for report in lint(folders, jobs) if report.on_by_default]
    found = triage(reports, read_judgements(), folders)
    print("Findings on unmodified code", *findings_table(found, lines_of), "", sep="\n")
    return found.passed


def measure_recall(folders: dict[str, Path], options: argparse.Namespace) -> None:
    """Print what is found again without the declarations."""
    removed = {}
    copies = {}
    kept: list[tuple[str, Unresolved]] = []
    for name, folder in folders.items():
        copies[name] = options.cache / "stripped" / folder.name
        removed[name], unresolved = strip(folder, copies[name])
        kept += [(name, item) for item in unresolved]
    reports = lint(copies, options.jobs)
    arguments = [argument for name in folders for argument in recalled(name, removed[name], reports)]
    if options.alone:
        of = {name: [item for item in arguments if item.package == name] for name in folders}
        alone = {name: texts_alone(folders[name], removed[name], of[name]) for name in folders}
        again = lint_texts(folders, alone, options.jobs)
        arguments = [item for name in folders for item in found_alone(removed[name], of[name], again[name])]
    known = read_misses()
    misses = classed(arguments, known)
    print("Static arguments found again, without self", *recall_table(arguments, misses), sep="\n")
    for report in reports:
        if report.code == CRASH:
            print(f"CRASH: {report.package} {report.path}: {report.message}")
    reasons = Counter(item.reason for _, item in kept)
    print("declarations that do not count:", ", ".join(f"{reason} {count}" for reason, count in reasons.most_common()))
    for miss in misses:
        if miss.kind == "unread":
            print(f"unread: {miss.package} {miss.path}:{miss.line}: {miss.name!r} of {miss.function}")
    if options.unresolved:
        for name, item in kept:
            print(f"does not count: {name} {item.path}:{item.line}: {item.reason}")
    if options.update:
        others = [miss for miss in known.values() if miss.package not in folders]
        write_misses(sorted([*others, *misses], key=lambda miss: miss.key))


if __name__ == "__main__":
    sys.exit(main())
