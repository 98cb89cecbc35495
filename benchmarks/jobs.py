"""What `flake8 -j` costs with jitlint: workers share nothing, so each reads the other files of the project anew.

    python benchmarks/jobs.py src                                       # a folder
    python benchmarks/jobs.py --package netket==3.23.0 --jobs 1 2 4     # a package, downloaded and unpacked

One row for each number of jobs. CPU time is that of all processes together; the overhead compares flake8 with and
without jitlint under the same number of jobs, in turn. Memory is that of the largest process. The last columns come
from a run of its own: how often jitlint read the file of an import, and how often libcst parsed a piece of a file,
each beside the number of different ones. What is done in several workers is counted in each.

Needs an interpreter where jitlint and flake8 are installed, and a system where flake8 forks its workers, as Linux.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from overhead import LAUNCHER, options_of, python_files, run_flake8, unpacked

# flake8 with jitlint, which notes in a file what it reads below a folder and what it parses.
COUNTING = """
import hashlib
import os
import sys

log = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
root = sys.argv.pop(1)


def note(kind, what):
    os.write(log, f"{kind} {what}{chr(10)}".encode())


def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)) and str(arguments[0]).endswith(".py"):
        path = os.path.realpath(arguments[0])
        if path.startswith(root + os.sep):
            note("read", path)


from jitlint import source

parse = source.parse


def counted(text):
    note("parse", hashlib.sha256(text.encode()).hexdigest())
    return parse(text)


source.parse = counted
sys.addaudithook(hook)
"""


def count(root: Path, files: Sequence[Path], jobs: int) -> dict[str, Counter[str]]:
    """Run flake8 with jitlint; return how often each file was read for another, and each text parsed."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        command = [sys.executable, "-c", COUNTING + LAUNCHER, str(log), str(root.resolve()), "jitlint"]
        subprocess.run([*command, *options_of(jobs), *map(str, files)], check=True, stdout=subprocess.DEVNULL)
        notes: dict[str, Counter[str]] = {"read": Counter(), "parse": Counter()}
        for line in log.read_text(encoding="utf-8").splitlines():
            kind, _, what = line.partition(" ")
            notes[kind][what] += 1
    # flake8 reads each file once itself.
    notes["read"].subtract(str(file.resolve()) for file in files)
    notes["read"] = +notes["read"]
    return notes


def measure(root: Path, files: Sequence[Path], jobs: int, rounds: int) -> None:
    """Print the row of a number of jobs."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = {variant: Path(folder) / f"{variant}.txt" for variant in ("plain", "jitlint")}
        pairs = []
        for number in range(rounds + 1):
            order = ("plain", "jitlint") if number % 2 == 0 else ("jitlint", "plain")
            costs = {variant: run_flake8(variant, files, outputs[variant], jobs) for variant in order}
            if number:  # The first round fills caches.
                pairs.append(costs)
        found = sum(": JIT" in line for line in outputs["jitlint"].read_text(errors="replace").splitlines())
    plain, with_jitlint = (statistics.median(p[v].cpu_seconds for p in pairs) for v in ("plain", "jitlint"))
    ratio = statistics.median(p["jitlint"].cpu_seconds / p["plain"].cpu_seconds for p in pairs)
    memory = statistics.median(p["jitlint"].peak_megabytes for p in pairs)
    notes = count(root, files, jobs)
    reads, parses = (f"{sum(notes[kind].values())} of {len(notes[kind])}" for kind in ("read", "parse"))
    print(
        f"{jobs:>4}{plain:>10.2f} s{with_jitlint:>10.2f} s{(ratio - 1) * 100:>+9.1f}%"
        f"{memory:>10.1f} MB{reads:>14}{parses:>14}{found:>10}"
    )


def report(root: Path, name: str, jobs: Sequence[int], rounds: int) -> None:
    """Print the table of a folder."""
    files = python_files(root, "all")
    print(f"{name}: {len(files)} files, median of {rounds} rounds")
    print(f"jobs{'flake8':>12}{'+ jitlint':>12}{'':>10}{'memory':>13}{'reads':>14}{'parses':>14}{'findings':>10}")
    for number in jobs:
        measure(root, files, number, rounds)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description="Measure what jitlint adds to flake8 -j.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", nargs="?", type=Path, help="a folder of Python files")
    what.add_argument("--package", metavar="NAME==VERSION", help="a package to download and unpack instead")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 4], help="numbers of jobs (default: 1 2 4)")
    parser.add_argument("--rounds", type=int, default=3, help="how many times each side runs (default: 3)")
    options = parser.parse_args()
    if options.package:
        with unpacked(options.package) as root:
            report(root, options.package, options.jobs, options.rounds)
    else:
        report(options.folder, str(options.folder), options.jobs, options.rounds)


if __name__ == "__main__":
    main()
