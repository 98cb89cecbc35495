"""Loads the programs in fixtures/ and checks them, statically with flake8 and at runtime with JAX.

A fixture says in comments what is expected of it; fixtures/README.md describes the form. The functions return a list
of problems, one sentence each; an empty list is a pass. To check fixtures under JAX while writing them:

    python -m tests.fixtures_harness fixtures/jit101/pad_rows.py
"""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.metadata
import importlib.util
import io
import os
import re
import subprocess
import sys
import tokenize
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy as np

from jitlint.rules import all_rules

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
CODES = tuple(rule.CODE for rule in all_rules())
COMPILES = ("JIT301", "JIT302", "JIT903")
"""Codes of programs that run, but compile more often than they must."""

_FINDING = re.compile(r"(JIT\d{3})(?::\s*(.+))?")
_SINK = re.compile(r"sink:\s*(.+)")
_REPORT = re.compile(r"(?P<path>.+?):(?P<row>\d+):(?P<column>\d+): (?P<code>[A-Z]+\d+) (?P<text>.*)")
_TOLERANCE = 1e-5


class FixtureError(Exception):
    """A fixture's own form is wrong, or it cannot be checked at all."""


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """A finding that a fixture marks: the line of the report, its code, and the parameter ("" where none is named)."""

    line: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Fixture:
    """One program of fixtures/ and what its comments promise."""

    path: Path
    findings: tuple[Expected, ...]
    sinks: Mapping[str, tuple[int, ...]]
    raises: int | None

    @property
    def id(self) -> str:
        """The path below fixtures/, as the tests show it."""
        return self.path.relative_to(FIXTURES).as_posix() if self.path.is_relative_to(FIXTURES) else str(self.path)

    @property
    def is_clean(self) -> bool:
        """Whether no finding is expected."""
        return not self.findings

    def failing_lines(self, name: str | None = None) -> dict[int, tuple[str, ...]]:
        """The lines where JAX may raise, each with the codes that explain it; only those of one parameter if named."""
        findings = [finding for finding in self.findings if name is None or finding.name == name]
        if self.raises is not None:
            return {self.raises: tuple(finding.code for finding in findings)}
        lines: dict[int, tuple[str, ...]] = {}
        for finding in findings:
            own = (finding.line,) if finding.code.startswith(("JIT2", "JIT4")) else self.sinks.get(finding.name, ())
            for line in own:
                lines[line] = (*lines.get(line, ()), finding.code)
        return lines


@dataclass(frozen=True, slots=True)
class Report:
    """One line of flake8's output."""

    path: Path
    line: int
    column: int
    code: str
    text: str


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def parse_fixture(path: Path, source: str) -> Fixture:
    """Read the markers in the comments of one fixture."""
    findings: list[Expected] = []
    sinks: dict[str, tuple[int, ...]] = {}
    raises: int | None = None
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line = token.start[0]
        for marker in filter(None, (part.strip() for part in token.string.split("#"))):
            if marker.startswith("JIT"):
                for part in marker.split(";"):
                    match = _FINDING.fullmatch(part.strip())
                    if match is None:
                        raise FixtureError(f"{path}:{line}: not a marker: {part.strip()!r}")
                    names = _names(match[2] or "") or [""]
                    findings.extend(Expected(line, match[1], name) for name in names)
            elif marker.startswith("sink"):
                match = _SINK.fullmatch(marker)
                if match is None:
                    raise FixtureError(f"{path}:{line}: not a marker: {marker!r}")
                for name in _names(match[1]):
                    sinks[name] = (*sinks.get(name, ()), line)
            elif marker == "raises":
                if raises is not None:
                    raise FixtureError(f"{path}:{line}: a second line is marked 'raises'")
                raises = line
    fixture = Fixture(path, tuple(sorted(findings)), sinks, raises)
    _check_form(fixture)
    return fixture


def _check_form(fixture: Fixture) -> None:
    named = {finding.name for finding in fixture.findings if finding.code.startswith("JIT1")}
    if "" in named:
        raise FixtureError(f"{fixture.path}: a JIT1xx marker must name the parameter")
    if unknown := sorted(set(fixture.sinks) - named):
        raise FixtureError(f"{fixture.path}: marked as sink, but no JIT1xx marker names it: {', '.join(unknown)}")
    if fixture.raises is None and (missing := sorted(named - set(fixture.sinks))):
        raise FixtureError(f"{fixture.path}: no line is marked as the sink of {', '.join(missing)}")


def load_fixture(path: Path) -> Fixture:
    """Read one fixture from its file."""
    path = path.resolve()
    return parse_fixture(path, path.read_text(encoding="utf-8"))


def find_fixtures(folder: Path = FIXTURES) -> tuple[Path, ...]:
    """All programs below a folder, in a fixed order."""
    return tuple(sorted(folder.glob("*/*.py")))


# The static half


@functools.cache
def run_flake8(folder: Path) -> tuple[Report, ...]:
    """Run flake8 once over a folder, as a user would, and return what jitlint reports."""
    if not any("jitlint" in entry.value for entry in importlib.metadata.entry_points(group="flake8.extension")):
        raise FixtureError("flake8 does not know jitlint; install it first: pip install -e .")
    reports = _reports(folder, "JIT1,JIT2,JIT3,JIT4")
    for code in (code for code in CODES if code.startswith("JIT9")):
        # What is off by default is asked for in folders of its own.
        for own in (folder / code.lower(), folder / f"clean{code[3:]}"):
            reports += _reports(own, code) if own.is_dir() else ()
        if folder.parent.name in (code.lower(), f"clean{code[3:]}"):
            reports += _reports(folder, code)
    return reports


def _reports(folder: Path, codes: str) -> tuple[Report, ...]:
    command = [sys.executable, "-m", "flake8", "--isolated", f"--select={codes}"]
    command += ["--format=%(path)s:%(row)d:%(col)d: %(code)s %(text)s", str(folder)]
    # Strict: a syntax-tree node that the engine does not know is an error here.
    environment = {**os.environ, "JITLINT_STRICT": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or done.stderr.strip():
        raise FixtureError(f"flake8 failed with status {done.returncode}:\n{done.stderr or done.stdout}")
    return tuple(parse_report(line) for line in done.stdout.splitlines())


def parse_report(line: str) -> Report:
    """Read one line of flake8's output."""
    match = _REPORT.fullmatch(line)
    if match is None:
        raise FixtureError(f"flake8 printed a line that is no report: {line!r}")
    path = (ROOT / match["path"]).resolve()
    return Report(path, int(match["row"]), int(match["column"]), match["code"], match["text"])


def static_problems(fixture: Fixture, reports: Sequence[Report]) -> list[str]:
    """Compare the marked findings of one fixture with what flake8 reports for it."""
    problems: list[str] = []
    rest = [report for report in reports if report.path == fixture.path]
    # Findings with a name choose first, so that one without a name does not take a report away from them.
    for finding in sorted(fixture.findings, key=lambda finding: not finding.name):
        quoted = f"'{finding.name}'" if finding.name else ""
        found = [r for r in rest if (r.line, r.code) == (finding.line, finding.code) and quoted in r.text]
        if not found:
            problems.append(f"line {finding.line}: {finding.code} {quoted} is marked, but not reported")
            continue
        rest.remove(found[0])
        lines = fixture.sinks.get(finding.name, ()) if finding.code.startswith("JIT1") else ()
        if lines and not any(re.search(rf"\bline {line}\b", found[0].text) for line in lines):
            wanted = " or ".join(f"line {line}" for line in lines)
            problems.append(f"line {finding.line}: the sink is {wanted}, but the message says: {found[0].text}")
    problems.extend(f"line {r.line}: not marked, but reported: {r.code} {r.text}" for r in rest)
    return problems


# The runtime half


def import_fixture(path: Path) -> ModuleType:
    """Import a fixture from its file, anew and under a name of its own."""
    name = f"jitlint_fixture_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FixtureError(f"{path}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def error_classes(code: str) -> tuple[str, ...]:
    """The names of the error classes that the rule says JAX raises."""
    try:
        rule = importlib.import_module(f"jitlint.rules.{code.lower()}")
    except ModuleNotFoundError as error:
        raise FixtureError(f"there is no rule module for {code}: {error}") from error
    raises = getattr(rule, "RAISES", None)
    if not isinstance(raises, tuple) or not all(isinstance(name, str) for name in raises):
        raise FixtureError(f"{rule.__name__}.RAISES must be a tuple of names of error classes")
    return raises


def innermost_line(error: BaseException, path: Path) -> int | None:
    """The line of the innermost frame of an error's traceback that is in the given file."""
    frames = [(f.f_code.co_filename, line) for f, line in traceback.walk_tb(error.__traceback__)]
    lines = [line for filename, line in frames if Path(filename) == path]
    return lines[-1] if lines else None


def attempt(function: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """What a function returns, or the error that it raises, with JAX's frames left in its traceback."""
    update: Callable[[str, object], None] = jax.config.update
    filtering = jax.config.jax_traceback_filtering  # type: ignore[attr-defined]
    update("jax_traceback_filtering", "off")
    try:
        return function(), None
    except Exception as error:  # noqa: BLE001  the errors of the programs are what is examined here
        return None, error
    finally:
        update("jax_traceback_filtering", filtering)


def attempt_without_jit(function: Callable[[], Any]) -> tuple[Any, Exception | None]:
    """The same, with jax.jit turned off."""
    with jax.disable_jit():
        return attempt(function)


def tree_problem(actual: Any, wanted: Any) -> str | None:
    """How two pytrees differ, or None where they are equal up to rounding."""
    structures = (jax.tree.structure(actual), jax.tree.structure(wanted))
    if len(set(structures)) > 1:
        return f"the structures differ: {structures[0]} and {structures[1]}"
    leaves = zip(map(_plain, jax.tree.leaves(actual)), map(_plain, jax.tree.leaves(wanted)), strict=True)
    for left, right in leaves:
        if left.shape != right.shape:
            return f"the shapes differ: {left.shape} and {right.shape}"
        try:
            np.testing.assert_allclose(left, right, rtol=_TOLERANCE, atol=_TOLERANCE)
        except (AssertionError, TypeError):
            if left.dtype.kind in "fcbiu" or not np.array_equal(left, right):
                return f"the values differ: {left} and {right}"
    return None


def _plain(leaf: Any) -> np.ndarray[Any, Any]:
    if isinstance(leaf, jax.Array) and jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key):
        leaf = jax.random.key_data(leaf)
    array = np.asarray(leaf)
    return array.astype(np.float32) if array.dtype.name in ("bfloat16", "float16") else array


def _examples(module: ModuleType) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The functions `example` and `example_<name>` of a fixture, with the part behind `example`."""
    for name, value in vars(module).items():
        if (name == "example" or name.startswith("example_")) and callable(value):
            yield name.removeprefix("example"), value


def runtime_problems(
    fixture: Fixture,
    classes_of: Callable[[str], tuple[str, ...]] = error_classes,
    say: Callable[[str], None] | None = None,
) -> list[str]:
    """Run one fixture under JAX and compare with what it marks; `say` is told of every error that JAX raises."""
    module = import_fixture(fixture.path)
    examples = dict(_examples(module))
    if "" not in examples:
        return ["it defines no example()"]
    problems: list[str] = []
    if fixture.is_clean:
        for suffix, example in examples.items():
            problems.extend(_clean_problems(f"example{suffix}()", example))
        if callable(check := getattr(module, "check", None)):
            problems.extend(_call_problems("check()", check))
        return problems
    if not callable(getattr(module, "fixed", None)):
        problems.append("it defines no fixed()")
    if not any(classes_of(finding.code) for finding in fixture.findings):
        return problems or _silent_problems(fixture, module)
    for suffix, example in examples.items():
        problems.extend(_raise_problems(fixture, suffix, example, classes_of, say))
        if callable(fixed := getattr(module, f"fixed{suffix}", None)):
            traces_anyway = getattr(module, "TRACES_ANYWAY", False)
            problems.extend(_fixed_problems(fixture, suffix, example, fixed, traces_anyway))
    return problems


def _call_problems(title: str, function: Callable[[], Any]) -> list[str]:
    _, error = attempt(function)
    return [] if error is None else [f"{title} raises {_first_line(error)}"]


def _clean_problems(title: str, example: Callable[[], Any]) -> list[str]:
    compiled, error = attempt(example)
    if error is not None:
        return [f"{title} raises {_first_line(error)}"]
    plain, error = attempt_without_jit(example)
    if error is not None:
        return [f"{title} raises without jit: {_first_line(error)}"]
    difference = tree_problem(compiled, plain)
    return [] if difference is None else [f"{title} differs from its run without jit: {difference}"]


def _raise_problems(
    fixture: Fixture,
    suffix: str,
    example: Callable[[], Any],
    classes_of: Callable[[str], tuple[str, ...]],
    say: Callable[[str], None] | None,
) -> list[str]:
    title = f"example{suffix}()"
    _, error = attempt(example)
    if error is None:
        return [f"{title} does not raise under jit"]
    line = innermost_line(error, fixture.path)
    if say is not None:
        say(f"{title} raises at line {line}: {_first_line(error)}")
    named = suffix[1:] if any(finding.name == suffix[1:] for finding in fixture.findings) else None
    allowed = fixture.failing_lines(named if suffix else None)
    if line not in allowed:
        wanted = " or ".join(f"line {line}" for line in sorted(allowed))
        return [f"{title} raises at line {line}, but {wanted} is marked: {_first_line(error)}"]
    names = {cls.__name__ for cls in type(error).__mro__}
    expected = {name for code in allowed[line] for name in classes_of(code)}
    if names & expected:
        return []
    return [f"{title}: {'/'.join(allowed[line])} says JAX raises {sorted(expected)}, but it is {_first_line(error)}"]


def _silent_problems(fixture: Fixture, module: ModuleType) -> list[str]:
    """Run a fixture of rules about programs that work; where it is about compilations, count how often JAX traces."""
    found = {}
    for name in ("example", "fixed"):
        traces = getattr(module, "TRACES", [])
        traces.clear()
        jax.clear_caches()  # type: ignore[no-untyped-call]
        result, error = attempt(getattr(module, name))
        if error is not None:
            return [f"{name}() raises {_first_line(error)}"]
        found[name] = (result, len(traces))
    problems = [difference for difference in [tree_problem(found["fixed"][0], found["example"][0])] if difference]
    if any(finding.code in COMPILES for finding in fixture.findings):
        if not isinstance(getattr(module, "TRACES", None), list):
            problems.append("it has no list TRACES that the traced body appends to")
        elif found["example"][1] <= found["fixed"][1]:
            problems.append(f"example() traces {found['example'][1]} times, fixed() {found['fixed'][1]} times")
    return problems


def _fixed_problems(
    fixture: Fixture, suffix: str, example: Callable[[], Any], fixed: Callable[[], Any], traces_anyway: bool
) -> list[str]:
    wanted, error = attempt_without_jit(example)
    if error is not None and (traces_anyway or any(finding.code.startswith("JIT2") for finding in fixture.findings)):
        # JAX traces, or refuses a declaration, with jit turned off too: only the fixed program has a result.
        wanted, error = attempt_without_jit(fixed)
    if error is not None:
        return [f"example{suffix}() raises without jit: {_first_line(error)}"]
    actual, error = attempt(fixed)
    if error is not None:
        return [f"fixed{suffix}() raises {_first_line(error)}"]
    difference = tree_problem(actual, wanted)
    return [] if difference is None else [f"fixed{suffix}() differs from the run without jit: {difference}"]


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"


def _any_class(code: str) -> tuple[str, ...]:
    """Stands in for a rule that is not written yet."""
    try:
        return error_classes(code)
    except FixtureError:
        return ("Exception",)


def _verdict(path: Path, *, static: bool, say: Callable[[str], None]) -> list[str]:
    fixture = load_fixture(path)
    problems = runtime_problems(fixture, _any_class, say)
    return problems + static_problems(fixture, run_flake8(fixture.path)) if static else problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the runtime verdict of the given fixtures."""
    parser = argparse.ArgumentParser(prog="python -m tests.fixtures_harness", description="Run fixtures under JAX.")
    parser.add_argument("paths", nargs="*", type=Path, help="fixtures or folders of them (default: all)")
    parser.add_argument("--static", action="store_true", help="compare with flake8's reports too")
    options = parser.parse_args(arguments)
    failed = 0
    for argument in options.paths or [FIXTURES]:
        for path in [argument] if argument.is_file() else sorted(argument.rglob("*.py")):
            said: list[str] = []
            verdict = functools.partial(_verdict, path, static=options.static, say=said.append)
            problems, error = attempt(verdict)
            if error is not None:
                problems = [_first_line(error)]
            failed += bool(problems)
            print(f"{'FAIL' if problems else 'ok  '} {path}")
            for text in (*said, *(f"PROBLEM {problem}" for problem in problems)):
                print(f"       {text}")
    print(f"{failed} failed" if failed else "all good")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
