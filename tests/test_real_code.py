"""The measurement on real code, on a made-up package: what is removed, what is found again, how findings are judged."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from benchmarks.real_code.__main__ import main
from benchmarks.real_code.declarations import Declaration
from benchmarks.real_code.linting import lint, lint_texts
from benchmarks.real_code.misses import CLASSES, Miss, classed, read_misses, write_misses
from benchmarks.real_code.packages import Package, read_pinned, unpacked
from benchmarks.real_code.recall import (
    ALONE,
    BY_DEFAULT,
    BY_JIT901,
    MISSED,
    Argument,
    found_alone,
    recalled,
    texts_alone,
)
from benchmarks.real_code.stripping import Unresolved, strip
from benchmarks.real_code.tables import findings_table, recall_table
from benchmarks.real_code.triage import BUG, FALSE_ALARM, Judgement, read_judgements, triage

OPS = """\
from functools import partial

import jax
import jax.numpy as jnp

SIZES = ("n",)


@partial(
    jax.jit,
    static_argnums=(
        1,  # the number of rows
    ),
)
def pad(x, n):
    return jnp.append(x, jnp.zeros(n))


@partial(jax.jit, static_argnames=SIZES)
def scaled(x, n, unused=None):
    return pad(x, n) * 2


@partial(jax.jit, static_argnames=["flag", "unused"])
def shift(x, n=1, flag=None, unused=None):
    if flag == 1:
        return x + n
    return x


class Model:
    @partial(jax.jit, static_argnums=(0, 2))
    def rows(self, x, n):
        return jnp.tile(x, n)

    @partial(jax.jit, static_argnums=0)
    def only_self(self, x):
        return x
"""

USE = """\
import jax

from . import ops
from .ops import Model, shift

fast = jax.jit(shift, static_argnums=[1, -1])
rows = jax.jit(Model.rows, static_argnums=(0, 2), inline=True)
either = jax.jit(ops.pad if fast else rows, static_argnums=1)
"""

PATCHED = """\
import jax
import jax.numpy as jnp


@jax.jit
def grow(x, n):
    return jnp.append(x, jnp.zeros(n))
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with declarations in many forms."""
    root = tmp_path / "package"
    (root / "made_up").mkdir(parents=True)
    (root / "made_up" / "__init__.py").touch()
    (root / "made_up" / "ops.py").write_text(OPS, encoding="utf-8")
    (root / "made_up" / "use.py").write_text(USE, encoding="utf-8")
    (root / "made_up" / "broken.py").write_text("static_argnums = (\n", encoding="utf-8")
    return root


def line_of(text: str, start: str) -> int:
    """The number of the first line that starts like this."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith(start))


# What is removed


def test_declarations_are_removed_in_place(package: Path, tmp_path: Path) -> None:
    """The copy has the same lines, without the declarations, but for a static self."""
    copy = tmp_path / "copy"
    removed, _ = strip(package, copy)
    text = (copy / "made_up" / "ops.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(OPS.splitlines())
    assert line_of(text, "def pad") == line_of(OPS, "def pad")
    declared = [line.strip() for line in text.splitlines() if "static_arg" in line]
    assert declared == ["@partial(jax.jit, static_argnums=0)", "@partial(jax.jit, static_argnums=0)"]
    found = {(path, declaration.line): (declaration.name, declaration.parameters) for path, declaration in removed}
    ops, use = "made_up/ops.py", "made_up/use.py"
    assert found == {
        (ops, line_of(OPS, "@partial(")): ("pad", ("n",)),
        (ops, line_of(OPS, "@partial(jax.jit, static_argnames=SIZES")): ("scaled", ("n",)),
        (ops, line_of(OPS, '@partial(jax.jit, static_argnames=["flag"')): ("shift", ("flag", "unused")),
        (ops, line_of(OPS, "@partial(jax.jit, static_argnums=(0, 2)")): ("rows", ("n",)),
        (use, line_of(USE, "fast")): ("shift", ("n", "unused")),
        (use, line_of(USE, "rows")): ("rows", ("n",)),
    }
    assert "jax.jit(Model.rows, static_argnums=0, inline=True)" in (copy / use).read_text(encoding="utf-8")


def test_what_does_not_resolve_stays(package: Path, tmp_path: Path) -> None:
    """Each declaration that does not count says why, and is still there."""
    _, kept = strip(package, tmp_path / "copy")
    assert kept == [
        Unresolved("made_up/ops.py", line_of(OPS, "@partial(jax.jit, static_argnums=0)"), "only self, or nothing"),
        Unresolved("made_up/use.py", line_of(USE, "either"), "wraps a ifexp"),
    ]


# What is found again


def found_in(package: Path, copy: Path) -> tuple[list[Argument], list[tuple[str, Declaration]]]:
    """The arguments of the package, and their declarations."""
    removed, _ = strip(package, copy)
    return list(recalled("made-up", removed, lint({"made-up": copy}, jobs=1))), removed


def test_recall(package: Path, tmp_path: Path) -> None:
    """Found by default, found by JIT901, or missed, with what shows without reading the code."""
    arguments, _ = found_in(package, tmp_path / "copy")
    found = {
        (argument.function, argument.name): (argument.found, argument.hint)
        for argument in arguments
        if argument.path == "made_up/ops.py"
    }
    assert found[("pad", "n")] == (BY_DEFAULT, "")
    assert found[("rows", "n")] == (BY_DEFAULT, "")
    assert found[("shift", "flag")] == (BY_JIT901, "")
    assert found[("shift", "unused")] == (MISSED, "never used")


def test_one_removed_alone(package: Path, tmp_path: Path) -> None:
    """A jitted function that hands its argument to another one is to blame when only its own declaration is missing."""
    arguments, removed = found_in(package, tmp_path / "copy")
    missed = [Argument(item.package, item.path, item.line, item.function, item.name, MISSED) for item in arguments]
    reports = lint_texts({"made-up": package}, {"made-up": texts_alone(package, removed, missed)}, jobs=1)
    again = [item for item in found_alone(removed, missed, reports["made-up"]) if item.path == "made_up/ops.py"]
    hints = {(item.function, item.name): item.hint for item in again}
    assert hints[("scaled", "n")] == ALONE
    assert hints[("shift", "unused")] == ""


def test_misses_are_classed(tmp_path: Path) -> None:
    """By the committed file, else by what shows without reading; the file is read as it is written."""
    site = ("made-up", "ops.py", 3, "f")
    arguments = [
        Argument(*site, "a", BY_DEFAULT),
        Argument(*site, "b", BY_JIT901),
        Argument(*site, "c", MISSED, "never used"),
        Argument(*site, "d", MISSED),
        Argument(*site, "e", MISSED, "only called"),
    ]
    read = Miss(*site, "e", "engine gap", "a reader knows better")
    misses = classed(arguments, {read.key: read})
    assert [(miss.name, miss.kind) for miss in misses] == [
        ("b", "default"),
        ("c", "not needed"),
        ("d", "unread"),
        ("e", "engine gap"),
    ]
    write_misses(misses, tmp_path / "misses.csv")
    assert list(read_misses(tmp_path / "misses.csv").values()) == misses
    table = list(recall_table(arguments, misses))
    assert table[0].split() == ["removed", "found", "+JIT901", "not", "needed", "engine", "gap", "unread"]
    assert table[1].split() == ["made-up", "5", "1", "1", "1", "1", "1"]
    assert table[-1] == "found: 20.0% with the default codes, 40.0% with JIT901 too"


# Findings on unmodified code


def test_findings_are_judged(tmp_path: Path) -> None:
    """New findings and false alarms fail; bugs pass; a judgement without a finding is shown."""
    (tmp_path / "patched.py").write_text(PATCHED, encoding="utf-8")
    reports = lint({"made-up": tmp_path}, jobs=1)
    assert [(report.path, report.line, report.code, report.subject) for report in reports] == [
        ("patched.py", line_of(PATCHED, "@jax.jit"), "JIT101", "n")
    ]
    bug = Judgement("made-up", "patched.py", 5, "JIT101", "n", BUG, "it raises")
    gone = Judgement("made-up", "patched.py", 9, "JIT101", "n", BUG, "it raised")
    elsewhere = Judgement("other", "patched.py", 5, "JIT101", "n", BUG, "it raises")
    unread = triage(reports, {}, ["made-up"])
    assert not unread.passed and unread.unread == tuple(reports)
    judged = triage(reports, {item.key: item for item in (bug, gone, elsewhere)}, ["made-up"])
    assert judged.passed and judged.vanished == (gone,)
    wrong = Judgement("made-up", "patched.py", 5, "JIT101", "n", FALSE_ALARM, "nobody passes it")
    assert not triage(reports, {wrong.key: wrong}, ["made-up"]).passed
    text = "\n".join(findings_table(judged, {"made-up": 7}))
    assert "bug: made-up patched.py:5: JIT101" in text
    assert "vanished: made-up patched.py:9: JIT101 'n'" in text


# The packages, and the files in the repository


def test_wheels_are_unpacked_once(tmp_path: Path) -> None:
    """A wheel that is there is not fetched again; only its Python files are unpacked."""
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    wheel = downloads / "made_up-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("made_up/__init__.py", "import jax\n")
        archive.writestr("made_up/data.bin", "0")
    package = Package("made-up", "1.0", hashlib.sha256(wheel.read_bytes()).hexdigest())
    folders = unpacked([package], tmp_path)
    wheel.unlink()
    assert unpacked([package], tmp_path) == folders
    files = [path.relative_to(tmp_path).as_posix() for path in folders["made-up"].rglob("*.*")]
    assert files == ["packages/made-up-1.0/made_up/__init__.py"]


def test_what_is_committed() -> None:
    """The list, the judgements and the classes can be read, and belong together."""
    names = [package.name for package in read_pinned()]
    assert len(names) >= 28 and len(set(names)) == len(names)
    assert {judgement.package for judgement in read_judgements().values()} <= set(names)
    misses = read_misses().values()
    assert {miss.package for miss in misses} <= set(names)
    assert {miss.kind for miss in misses} <= set(CLASSES)
    assert list(misses) == sorted(misses, key=lambda miss: miss.key)


def test_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """It explains itself."""
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "python -m benchmarks.real_code" in capsys.readouterr().out
