"""Break the engine on purpose, in 30 places, and count how many breaks the fixtures or the random programs notice.

    python -m benchmarks.mutants --programs 2000

JAX is asked once per program; its verdicts are kept in a file. Each break is made in a copy of the package, where
jitlint alone runs again: on the static half of every fixture and on the programs, until three of them differ. An alarm
that comes new on a program is put before JAX once more, on other branches too.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutations import MUTATIONS, Mutation

ROOT = Path(__file__).resolve().parent.parent
ENOUGH = 3
"""Programs that differ, after which a break counts as noticed."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """How a break was noticed: fixtures that fail, programs that differ, and after how many programs."""

    fixtures: tuple[str, ...]
    programs: tuple[str, ...]
    examined: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the breaks and print what noticed them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description="Break the engine on purpose.")
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--least", type=int, default=27, help="how many must be noticed")
    parser.add_argument("--only", nargs="*", default=[""], help="only the breaks with this text in their name")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.worker is not None:
        print(json.dumps(examine(options.worker)))
        return 0
    start = time.monotonic()
    verdicts = ask_jax(options.programs, options.seed, options.cache)
    print(f"JAX's verdicts after {time.monotonic() - start:.0f} s: {verdicts}", flush=True)
    chosen = [mutation for mutation in MUTATIONS if any(text in mutation.name for text in options.only)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_tree(copy)
        baseline = verdicts.with_suffix(".json")
        baseline.unlink(missing_ok=True)
        right = run_worker(copy, verdicts)
        baseline.write_text(json.dumps({"fixtures": right.fixtures, "programs": right.programs}), encoding="utf-8")
        missed = []
        for number, mutation in enumerate(chosen, 1):
            with broken(copy, mutation):
                noticed = run_worker(copy, verdicts)
            if not noticed.fixtures and not noticed.programs:
                missed.append(mutation)
            print(
                f"{number:2} {'ok    ' if mutation not in missed else 'MISSED'} {mutation.name}: {told(noticed)}",
                flush=True,
            )
    print(f"{len(chosen) - len(missed)} of {len(chosen)} breaks noticed, {time.monotonic() - start:.0f} s")
    return 0 if len(chosen) - len(missed) >= min(options.least, len(chosen)) else 1


def told(noticed: Noticed) -> str:
    """One line on what noticed a break."""
    fixtures = f"{len(noticed.fixtures)} fixtures" + (f" ({noticed.fixtures[0]}...)" if noticed.fixtures else "")
    return f"{fixtures}; {len(noticed.programs)} of {noticed.examined} programs"


def ask_jax(programs: int, seed: int, cache: Path) -> Path:
    """The file with JAX's verdicts; made anew if the oracle's sources have changed."""
    sources = sorted((ROOT / "tests" / "oracle").glob("*.py"))
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    path = cache / f"jitlint-verdicts-{programs}-{seed}-{mark}.pickle"
    if path.exists():
        return path
    from tests.oracle.forms import make_program
    from tests.oracle.verdict import DroppedError, judge

    found = []
    for number in range(programs):
        program = make_program(f"{seed}:{number}")
        try:
            truth = judge(program.whole)
            truth.in_sight = program.whole == program.source
            found.append((f"{seed}:{number}", program.source, program.whole, truth))
        except (DroppedError, SyntaxError):
            continue
    path.write_bytes(pickle.dumps(found))
    return path


# The copy


def copy_tree(folder: Path) -> None:
    """What a worker needs: a copy of the package, the rest as it is."""
    shutil.copytree(ROOT / "jitlint", folder / "jitlint", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests", "fixtures", "benchmarks"):
        (folder / name).symlink_to(ROOT / name)


class broken:
    """A break is made in a copy, and undone."""

    def __init__(self, folder: Path, mutation: Mutation) -> None:
        self.path = folder / "jitlint" / mutation.file
        self.text = self.path.read_text(encoding="utf-8")
        if self.text.count(mutation.old) != 1:
            raise SystemExit(
                f"{mutation.name}: its text stands {self.text.count(mutation.old)} times in {mutation.file}"
            )
        self.changed = self.text.replace(mutation.old, mutation.new)

    def __enter__(self) -> None:
        self.path.write_text(self.changed, encoding="utf-8")

    def __exit__(self, *error: object) -> None:
        self.path.write_text(self.text, encoding="utf-8")


def run_worker(folder: Path, verdicts: Path) -> Noticed:
    """Run the comparison in a process of its own, on the package in the folder."""
    command = [sys.executable, "-m", "benchmarks.mutants", "--worker", str(verdicts)]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        return Noticed((f"the worker fails: {last}",), (), 0)
    found = json.loads(done.stdout.splitlines()[-1])
    return Noticed(tuple(found["fixtures"]), tuple(found["programs"]), found["examined"])


# The worker


def examine(verdicts: Path) -> dict[str, object]:
    """Compare the package that is imported with the fixtures and with JAX's verdicts."""
    baseline = verdicts.with_suffix(".json")
    known = json.loads(baseline.read_text(encoding="utf-8")) if baseline.exists() else {"fixtures": [], "programs": []}
    fixtures = [line for line in fixture_problems() if line not in known["fixtures"]]
    programs: list[str] = []
    examined = 0
    for examined, line in program_problems(verdicts, frozenset(known["programs"]), enough=baseline.exists()):
        programs += line
    return {"fixtures": fixtures, "programs": programs, "examined": examined}


def fixture_problems() -> Iterator[str]:
    """What the static half of the fixtures says."""
    from jitlint.checker import check
    from jitlint.settings import Settings
    from tests.fixtures_harness import FIXTURES, Report, find_fixtures, load_fixture, static_problems

    for path in find_fixtures(FIXTURES):
        fixture = load_fixture(path)
        text = path.read_text(encoding="utf-8")
        try:
            found = check(text.splitlines(keepends=True), ast.parse(text), Settings(), str(path))
        except Exception as error:  # noqa: BLE001
            yield f"{fixture.id}: {error!r}"
            continue
        reports = [Report(fixture.path, f.line, f.column, f.code, f.message) for f in found]
        yield from (f"{fixture.id}: {problem}" for problem in static_problems(fixture, reports))


def program_problems(verdicts: Path, known: frozenset[str], enough: bool) -> Iterator[tuple[int, list[str]]]:
    """What differs on the programs, after each of them."""
    from tests.oracle.agreement import Comparison, Disagreement, compare, look, settle
    from tests.oracle.verdict import Bench

    count = 0
    for number, (seed, source, whole, truth) in enumerate(pickle.loads(verdicts.read_bytes()), 1):
        found = look(source)
        result = Comparison(disagreements=[found]) if isinstance(found, Disagreement) else compare(found, truth)
        result.disagreements = [d for d in result.disagreements if f"{seed} {d.key}" not in known]
        result.doubtful = [d for d in result.doubtful if f"{seed} {d.key}" not in known]
        if not enough:
            yield number, [f"{seed} {d.key}" for d in (*result.disagreements, *result.doubtful)]
            continue
        if result.doubtful and not result.disagreements:
            settle(result, Bench(whole), in_sight=truth.in_sight)
        if result.disagreements:
            count += 1
        yield number, [f"{seed} {d.key}" for d in result.disagreements[:1]]
        if count >= ENOUGH:
            return


if __name__ == "__main__":
    raise SystemExit(main())
