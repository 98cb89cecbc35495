"""Every program in fixtures/ is checked twice: by flake8 with jitlint, and by running it under JAX."""

from __future__ import annotations

from pathlib import Path

import jax.numpy as jnp
import pytest

from tests import fixtures_harness as harness

PATHS = harness.find_fixtures()
IDS = [path.relative_to(harness.FIXTURES).as_posix() for path in PATHS]
FEWEST_PER_CODE = 8
FEWEST_CLEAN = 40

MARKED = '''\
"""A flag chooses a branch."""

import jax
import jax.numpy as jnp


@jax.jit  # JIT103: flag
def scale(x, flag):
    if flag:  # sink: flag
        return x * 2
    return x


def example():
    return scale(jnp.ones(3), True)


fixed_scale = jax.jit(scale.__wrapped__, static_argnames=("flag",))


def fixed():
    return fixed_scale(jnp.ones(3), True)
'''

REFUSED = '''\
"""A name is no parameter."""

import jax
import jax.numpy as jnp


def pad(x, width):
    return jnp.pad(x, width)


def example():
    return jax.jit(pad, static_argnames="size")(jnp.ones(2), 1)  # JIT201: size


def fixed():
    return jax.jit(pad, static_argnames="width")(jnp.ones(2), 1)
'''


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_static(path: Path) -> None:
    """flake8 reports exactly the marked findings, and cites the marked sinks."""
    assert harness.static_problems(harness.load_fixture(path), harness.run_flake8(harness.FIXTURES)) == []


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_runtime(path: Path) -> None:
    """JAX raises what the rule says, where the fixture says; the fixed program equals the run without jit."""
    assert harness.runtime_problems(harness.load_fixture(path)) == []


@pytest.mark.parametrize("code", harness.CODES)
def test_enough_fixtures_per_code(code: str) -> None:
    """Each code has at least eight programs in its folder, and each of them marks it."""
    fixtures = [harness.load_fixture(path) for path in harness.find_fixtures() if path.parent.name == code.lower()]
    marked = [fixture for fixture in fixtures if any(finding.code == code for finding in fixture.findings)]
    assert marked == fixtures
    assert len(marked) >= FEWEST_PER_CODE


def test_enough_clean_fixtures() -> None:
    """fixtures/clean holds at least forty programs, and nothing is marked in them."""
    fixtures = [harness.load_fixture(path) for path in harness.find_fixtures() if path.parent.name.startswith("clean")]
    assert [fixture.id for fixture in fixtures if not fixture.is_clean] == []
    assert len(fixtures) >= FEWEST_CLEAN


def test_folders_are_known() -> None:
    """A misspelt folder would never be checked."""
    off = {f"clean{code[3:]}" for code in harness.CODES if code.startswith("JIT9")}
    known = {code.lower() for code in harness.CODES} | {"clean"} | off
    assert {path.parent.name for path in PATHS} <= known


def _marked(tmp_path: Path, source: str = MARKED) -> harness.Fixture:
    path = tmp_path / "marked.py"
    path.write_text(source, encoding="utf-8")
    return harness.load_fixture(path)


def _branch_errors(code: str) -> tuple[str, ...]:
    assert code == "JIT103"
    return ("TracerBoolConversionError",)


def test_markers_are_read(tmp_path: Path) -> None:
    """Several findings on one line, names in lists, and markers that share a comment."""
    fixture = harness.parse_fixture(
        tmp_path / "some.py",
        "f = jit(g)  # JIT101: n, m; JIT103: flag\n"
        "text = '# sink: k'\n"
        "use(n, flag)  # sink: n, flag\n"
        "use(m)  # sink: m\n"
        "use(x)  # JIT404 # sink: m\n",
    )
    assert [(finding.line, finding.code, finding.name) for finding in fixture.findings] == [
        (1, "JIT101", "m"),
        (1, "JIT101", "n"),
        (1, "JIT103", "flag"),
        (5, "JIT404", ""),
    ]
    assert fixture.sinks == {"n": (3,), "flag": (3,), "m": (4, 5)}
    assert fixture.failing_lines() == {3: ("JIT101", "JIT103"), 4: ("JIT101",), 5: ("JIT101", "JIT404")}


@pytest.mark.parametrize(
    "source",
    ["f = 1  # JIT1: n\n", "f = 1  # sink\n", "f = 1  # JIT101\n", "f = 1  # JIT101: n\n", "f = 1  # sink: n\n"],
    ids=["short code", "sink of nothing", "no parameter", "finding without sink", "sink without finding"],
)
def test_malformed_markers_are_errors(tmp_path: Path, source: str) -> None:
    """A typing mistake in a marker must not turn a check off."""
    with pytest.raises(harness.FixtureError):
        harness.parse_fixture(tmp_path / "some.py", source)


def test_a_right_fixture_passes(tmp_path: Path) -> None:
    """The example of fixtures/README.md passes both halves."""
    fixture = _marked(tmp_path)
    text = "'flag' is traced by jax.jit but decides a branch (line 9); declare it"
    assert harness.runtime_problems(fixture, _branch_errors) == []
    assert harness.static_problems(fixture, [harness.Report(fixture.path, 7, 1, "JIT103", text)]) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("        return x * 2\n", "        return x * 2  # sink: flag\n", None),
        ("    if flag:  # sink: flag\n", "    if flag:\n", "is marked"),
        ("    if flag:  # sink: flag\n", "    if x.shape[0] > 1:\n", "does not raise"),
        ("fixed_scale(jnp.ones(3), True)", "fixed_scale(jnp.ones(3), False)", "the values differ"),
        ("fixed_scale(jnp.ones(3), True)", "fixed_scale(jnp.ones(4), True)", "the shapes differ"),
        ("    if flag:", "    if int(flag):", "TracerBoolConversionError"),
        ("def fixed()", "def mended()", "no fixed()"),
        ("def example()", "def sample()", "no example()"),
    ],
    ids=["two sinks", "wrong line", "no error", "value", "shape", "class", "no fixed", "no example"],
)
def test_wrong_fixtures_fail_at_runtime(tmp_path: Path, old: str, new: str, problem: str | None) -> None:
    """Each promise of a fixture is really checked."""
    source = MARKED.replace(old, new)
    assert source != MARKED
    if "sink" not in source:
        source = source.replace("        return x * 2\n", "        return x * 2  # sink: flag\n")
    problems = harness.runtime_problems(_marked(tmp_path, source), _branch_errors)
    assert problems == [] if problem is None else problem in " ".join(problems)


def _refusal_errors(code: str) -> tuple[str, ...]:
    assert code == "JIT201"
    return ("ValueError",)


def test_a_refused_declaration_is_compared_with_the_fixed_program(tmp_path: Path) -> None:
    """JAX refuses it with jit turned off too, at the line of the finding; so fixed() is compared with itself."""
    fixture = _marked(tmp_path, REFUSED)
    assert fixture.failing_lines() == {12: ("JIT201",)}
    assert harness.runtime_problems(fixture, _refusal_errors) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('static_argnames="size"', 'static_argnames="width"', "does not raise"),
        ('static_argnames="width"', 'static_argnames="widths"', "raises"),
        ("return jnp.pad(x, width)", "return x + isinstance(x, jax.core.Tracer)", "the values differ"),
        ("  # JIT201: size", "\n    # JIT201: size", "is marked"),
    ],
    ids=["not refused", "fixed is refused", "fixed differs under jit", "wrong line"],
)
def test_wrong_fixtures_of_refusals_fail(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """The run without jit is no way out: each promise is checked."""
    source = REFUSED.replace(old, new)
    assert source != REFUSED
    assert problem in " ".join(harness.runtime_problems(_marked(tmp_path, source), _refusal_errors))


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        (8, "JIT103", "'flag' ... (line 9)"),
        (7, "JIT104", "'flag' ... (line 9)"),
        (7, "JIT103", "'flags' ... (line 9)"),
        (7, "JIT103", "'flag' ... (line 99)"),
    ],
    ids=["line", "code", "name", "sink"],
)
def test_wrong_reports_fail(tmp_path: Path, line: int, code: str, text: str) -> None:
    """Each part of a report is really compared."""
    fixture = _marked(tmp_path)
    assert harness.static_problems(fixture, [harness.Report(fixture.path, line, 1, code, text)]) != []


def test_a_missing_rule_module_is_named() -> None:
    """The failure says what is missing."""
    with pytest.raises(harness.FixtureError, match="no rule module for JIT999"):
        harness.error_classes("JIT999")


def test_trees_are_compared() -> None:
    """Values up to rounding, but structures and shapes exactly."""
    assert harness.tree_problem({"a": jnp.ones(2)}, {"a": jnp.ones(2) + 1e-7}) is None
    assert harness.tree_problem((1, jnp.ones(2)), [1, jnp.ones(2)]) is not None
    assert harness.tree_problem(jnp.ones(1), jnp.ones(())) is not None
    assert harness.tree_problem(jnp.ones(2), jnp.zeros(2)) is not None
