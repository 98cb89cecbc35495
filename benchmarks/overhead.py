"""What jitlint adds to a flake8 run: CPU time as a ratio, peak memory, and the slowest files.

    python benchmarks/overhead.py src                            # a folder
    python benchmarks/overhead.py --package numpyro==0.22.0      # a package, downloaded and unpacked
    python benchmarks/overhead.py src --files without-jit        # only the files that do not mention jit
    python benchmarks/overhead.py src --slowest 10               # the time of jitlint on each file

Needs an interpreter where jitlint and flake8 are installed, best without other flake8 plugins, and a POSIX system.

Both sides of the comparison are the same child process, `flake8 -j1 --isolated`; for the plain one the distribution
of jitlint is hidden from flake8. They run in turn, so that a machine that gets slower slows both. Each round gives
one ratio; the table shows the medians.
"""

from __future__ import annotations

import argparse
import ast
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# The child: flake8 as always, but for the plain run it does not see jitlint.
LAUNCHER = """
import importlib.metadata
import sys

if sys.argv.pop(1) == "plain":
    everything = importlib.metadata.distributions
    importlib.metadata.distributions = lambda **options: (
        found for found in everything(**options) if found.metadata["Name"] != "jitlint"
    )

from flake8.main.cli import main

sys.exit(main())
"""


def options_of(jobs: int) -> list[str]:
    """The options of flake8 for a number of processes."""
    return [f"-j{jobs}", "--isolated", "--exit-zero", "--max-line-length=120"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one child process used."""

    cpu_seconds: float
    peak_megabytes: float


def run_flake8(variant: str, files: Sequence[Path], output: Path, jobs: int = 1) -> Cost:
    """Run flake8 once over the files; variant is `plain` or `jitlint`. Its workers count too."""
    command = [sys.executable, "-c", LAUNCHER, variant, *options_of(jobs), *map(str, files)]
    # As where pip has installed it, nothing is compiled in the runs that count.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with output.open("wb") as sink:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT, env=environment
        )
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"flake8 ({variant}) failed:\n{output.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def compare(files: Sequence[Path], rounds: int) -> None:
    """Run both variants in turn and print the table."""
    plain: list[Cost] = []
    with_jitlint: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output.txt"
        run_flake8("plain", files, output)
        run_flake8("jitlint", files, output)  # A round that does not count: it fills caches.
        findings = sum(": JIT" in line for line in output.read_text(encoding="utf-8", errors="replace").splitlines())
        for number in range(rounds):
            # The order alternates, so that neither side always runs on what the other left in the caches.
            first, second = (plain, "plain"), (with_jitlint, "jitlint")
            for costs, variant in (first, second) if number % 2 == 0 else (second, first):
                costs.append(run_flake8(variant, files, output))
    ratios = [new.cpu_seconds / old.cpu_seconds for old, new in zip(plain, with_jitlint, strict=True)]
    print(f"{'':<20}{'CPU time':>12}{'peak memory':>16}")
    for name, costs in (("flake8", plain), ("flake8 + jitlint", with_jitlint)):
        cpu = statistics.median(cost.cpu_seconds for cost in costs)
        memory = statistics.median(cost.peak_megabytes for cost in costs)
        print(f"{name:<20}{cpu:>10.2f} s{memory:>13.1f} MB")
    median = statistics.median(ratios)
    print(f"overhead: {(median - 1) * 100:+.1f}% CPU time", end=" ")
    print(f"(median of {rounds} rounds, from {(min(ratios) - 1) * 100:+.1f}% to {(max(ratios) - 1) * 100:+.1f}%)")
    print(f"findings: {findings}")


def time_each(files: Sequence[Path], count: int) -> None:
    """Print the files on which jitlint itself takes longest. flake8's own work and its ast.parse do not count."""
    from jitlint.plugin import Plugin

    # The first file with jit pays for the import of libcst and the reading of the stubs.
    first = "import jax\nimport jax.numpy as jnp\n\njax.jit(lambda x: jnp.sum(x))\n"
    list(Plugin(tree=ast.parse(first), lines=first.splitlines(keepends=True), filename="first.py").run())
    timed: list[tuple[float, Path]] = []
    for file in files:
        text = file.read_bytes()
        try:
            tree = ast.parse(text)
            lines = text.decode("utf-8-sig").splitlines(keepends=True)
        except (SyntaxError, ValueError):
            continue
        start = time.perf_counter()
        list(Plugin(tree=tree, lines=lines, filename=str(file)).run())
        timed.append((time.perf_counter() - start, file))
    timed.sort(reverse=True)
    for seconds, file in timed[:count]:
        print(f"{seconds * 1000:>10.1f} ms  {file}")
    print(f"{sum(seconds for seconds, _ in timed) * 1000:>10.1f} ms  all {len(timed)} files together")


@contextmanager
def unpacked(requirement: str) -> Iterator[Path]:
    """Download the wheel of a package, without what it depends on, into a temporary folder and unpack it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*command, "--dest", folder, requirement], check=True)
        [wheel] = Path(folder).glob("*.whl")
        target = Path(folder) / "unpacked"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(target)
        yield target


def python_files(root: Path, which: str) -> list[Path]:
    """The Python files below a folder, sorted; `which` chooses by whether the text has jit in it."""
    files = sorted(root.rglob("*.py")) if root.is_dir() else [root]
    if which == "all":
        return files
    return [file for file in files if (b"jit" in file.read_bytes()) == (which == "with-jit")]


def report(root: Path, options: argparse.Namespace) -> None:
    """Measure one folder as the options say."""
    files = python_files(root, options.files)
    if not files:
        sys.exit(f"no Python files in {root}")
    lines = sum(file.read_bytes().count(b"\n") for file in files)
    print(f"{options.package or root}: {len(files)} files, {lines} lines")
    if options.slowest:
        time_each(files, options.slowest)
    else:
        compare(files, options.rounds)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description="Measure what jitlint adds to flake8.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", nargs="?", type=Path, help="a folder of Python files, or one file")
    what.add_argument("--package", metavar="NAME==VERSION", help="a package to download and unpack instead")
    parser.add_argument("--files", choices=("all", "with-jit", "without-jit"), default="all")
    parser.add_argument("--rounds", type=int, default=5, help="how many times each side runs (default: 5)")
    parser.add_argument("--slowest", type=int, metavar="N", help="print the N slowest files of jitlint instead")
    options = parser.parse_args()
    if options.package:
        with unpacked(options.package) as root:
            report(root, options)
    else:
        report(options.folder, options)


if __name__ == "__main__":
    main()
