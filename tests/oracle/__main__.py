"""python -m tests.oracle --programs 2000 --seed 1: random programs on which jitlint and JAX must agree."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from tests.oracle.campaign import Report, all_productions, run


def summary(report: Report) -> str:
    """The numbers."""
    counts, names = report.counts, all_productions()
    judged = counts["agreed"] + counts["elsewhere"] + counts["disagreed"]
    share = 100 * (judged - counts["disagreed"]) / max(judged, 1)
    missing = sorted(names - report.used.keys())
    known = len(report.failures) - len(report.unexplained)
    unused = f"; not {', '.join(missing)}" if missing else ""
    lines = [
        f"{report.programs} programs in {report.seconds:.0f} s, {report.judged} of them run without jit",
        f"{judged} verdicts compared: {share:.3f}% agreement",
        f"  {counts['agreed']} agree",
        f"  {counts['elsewhere']} agree on a branch that the sample values do not take",
        f"  {counts['disagreed']} disagree: {known} of a class of docs/limits.md, {len(report.unexplained)} of none",
        *(f"    {count} {heading}" for heading, count in Counter(f.limit for f in report.failures if f.limit).items()),
        f"not judged: {counts['masked']} hidden behind another error, {counts['own']} guarded by the program itself",
        *(f"    {count} {reason}" for reason, count in report.reasons.most_common()),
        f"cited lines: {counts['cited']}, of which {counts['innermost']} are the innermost line of JAX's traceback",
        f"grammar: {len(names) - len(missing)} of {len(names)} productions used{unused}",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the programs, print the numbers and what differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--programs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(
        "--shrink", type=float, default=20.0, metavar="SECONDS", help="for each disagreement; 0: not at all"
    )
    parser.add_argument("--show-limits", action="store_true", help="print the disagreements of known classes too")
    options = parser.parse_args(arguments)
    shown = 0

    def say(report: Report) -> None:
        nonlocal shown
        for failure in report.failures[shown:]:
            if options.show_limits or not failure.limit:
                print(failure, "\n", flush=True)
        shown = len(report.failures)
        print(
            f"... {report.programs} programs, {len(report.failures)} differ, {report.seconds:.0f} s",
            file=sys.stderr,
            flush=True,
        )

    report = run(options.programs, options.seed, options.jobs, options.shrink, say)
    print(summary(report))
    for reason, count in report.dropped.most_common():
        print(f"dropped: {count} {reason}")
    return 1 if report.unexplained else 0


if __name__ == "__main__":
    raise SystemExit(main())
