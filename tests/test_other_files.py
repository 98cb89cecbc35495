"""What the files of a project cost that others import: read, parsed and kept only as far as a jit site needs them."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from jitlint.checker import check
from jitlint.dataflow import imports
from jitlint.settings import Settings
from tests import fixtures_harness as harness
from tests.test_imports import OPS, lint, write

# flake8 with a note for each file that is opened and each text that libcst parses; the last line says what is loaded.
NOTING = """
import os
import sys

def opened(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".py"):
        print("open", os.path.basename(str(arguments[0])))

if "engine" in sys.argv.pop(1):
    from jitlint import source

    parse = source.parse

    def noting(text):
        print("parse", text.replace(chr(10), " ").strip())
        return parse(text)

    source.parse = noting
sys.addaudithook(opened)
from flake8.main.cli import main

main()
print("libcst" in sys.modules)
"""
IMPORTER = "import jax\nfrom ops import pad_rows\n\nstep = jax.jit(pad_rows)\n"


def notes(folder: Path, *options: str, note: str = "engine", **environment: str) -> list[str]:
    """Run flake8 in a folder; return the notes."""
    command = [sys.executable, "-c", NOTING, note, "--isolated", "-j1", "--select=JIT", *options]
    variables = {**os.environ, "PYTHONPATH": str(harness.ROOT), **environment}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("importers", [1, 5])
def test_a_file_is_read_and_parsed_once_per_process(tmp_path: Path, importers: int) -> None:
    """Two looks: for the names that it jits, and for what its functions do. A third importer costs nothing."""
    names = [f"main{number}.py" for number in range(importers)]
    write(tmp_path, {"ops.py": OPS, **dict.fromkeys(names, IMPORTER)})
    found = Counter(notes(tmp_path, *names))
    assert found["open ops.py"] == 2
    assert sum(count for text, count in found.items() if text.startswith("parse def pad_rows")) == 1


def test_only_the_definitions_that_are_asked_for_are_parsed(tmp_path: Path) -> None:
    """The rest of the file is left alone."""
    write(tmp_path, {"ops.py": f"{OPS}\n    def other(x):\n        return x\n", "main.py": IMPORTER})
    parsed = [note for note in notes(tmp_path, "main.py") if note.startswith("parse")]
    assert any("def pad_rows" in text for text in parsed)
    assert not any("def other" in text for text in parsed)


def test_a_file_that_no_jit_site_reaches_is_not_parsed(tmp_path: Path) -> None:
    """Whether it jits something is asked of its text."""
    main = "import jax\nimport ops\n\nstep = jax.jit(lambda x: x)\n"
    write(tmp_path, {"ops.py": OPS, "main.py": main})
    found = notes(tmp_path, "main.py")
    assert not any(note.startswith("parse") and "pad_rows" in note for note in found)
    assert found.count("open ops.py") <= 2


@pytest.mark.parametrize("form", ["from thirdparty import pad_rows", "from thirdparty import *"], ids=["name", "star"])
def test_a_third_party_package_is_never_opened(tmp_path: Path, form: str) -> None:
    """But for those that `jit-follow` lists."""
    write(tmp_path / "site-packages", {"thirdparty.py": OPS})
    write(tmp_path / "work", {"main.py": f"import jax\n{form}\n\nstep = jax.jit(pad_rows)\n"})
    path = os.pathsep.join([str(tmp_path / "site-packages"), str(harness.ROOT)])
    assert "open thirdparty.py" not in notes(tmp_path / "work", "main.py", PYTHONPATH=path)
    followed = notes(tmp_path / "work", "main.py", "--jit-follow=thirdparty", PYTHONPATH=path)
    assert "open thirdparty.py" in followed


@pytest.mark.parametrize(
    ("text", "loaded"),
    [("import os\n\nprint(os.sep)\n", "False"), ("import jax\n\nstep = jax.jit(len)\n", "True")],
    ids=["without jit", "with jit"],
)
def test_libcst_is_loaded_where_a_file_says_jit(tmp_path: Path, text: str, loaded: str) -> None:
    """A project without jit does not pay for it."""
    write(tmp_path, {"main.py": text})
    assert notes(tmp_path, note="nothing")[-1] == loaded


def test_workers_find_what_one_process_finds(tmp_path: Path) -> None:
    """What a process has read before does not change what it finds."""
    names = [f"main{number}.py" for number in range(6)]
    write(tmp_path, {"ops.py": OPS, **dict.fromkeys(names, IMPORTER)})
    alone = lint(tmp_path, "-j1")
    assert len(alone) == len(names)
    assert lint(tmp_path, "-j3") == alone


def test_the_benchmark_of_jobs_counts(tmp_path: Path) -> None:
    """One row: times, memory, what was read and parsed for others, and the findings."""
    write(tmp_path, {"ops.py": OPS, "main.py": IMPORTER})
    command = [sys.executable, str(harness.ROOT / "benchmarks" / "jobs.py"), str(tmp_path), "--jobs=1", "--rounds=1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    row = done.stdout.splitlines()[-1]
    assert re.fullmatch(r" +1 +[\d.]+ s +[\d.]+ s +[+-][\d.]+% +[\d.]+ MB +3 of 2 +3 of 3 +1", row), row


# In one process, as an editor may keep it


def found_in(path: Path) -> list[str]:
    """The codes of the findings in a file."""
    text = path.read_text(encoding="utf-8")
    return [finding.code for finding in check(text.splitlines(keepends=True), ast.parse(text), Settings(), str(path))]


@pytest.mark.parametrize("what", ["time", "size"])
def test_a_file_that_changes_is_read_again(tmp_path: Path, what: str) -> None:
    """Also where it stands behind another one that does not change."""
    write(tmp_path, {"ops.py": OPS, "between.py": "from ops import pad_rows as padded\n"})
    write(tmp_path, {"main.py": "import jax\nfrom between import padded\n\nstep = jax.jit(padded)\n"})
    ops = tmp_path / "ops.py"
    assert found_in(tmp_path / "main.py") == ["JIT101"]
    before, text = ops.stat(), ops.read_text(encoding="utf-8")
    if what == "time":
        ops.write_text(text.replace("zeros(n)", "zeros(2)"), encoding="utf-8")
        os.utime(ops, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    else:
        ops.write_text(text.replace("zeros(n)", "zeros(22)"), encoding="utf-8")
        os.utime(ops, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found_in(tmp_path / "main.py") == []


def test_a_file_that_goes_away_is_forgotten(tmp_path: Path) -> None:
    """What it defined is not known any more."""
    write(tmp_path, {"ops.py": OPS, "main.py": IMPORTER})
    assert found_in(tmp_path / "main.py") == ["JIT101"]
    (tmp_path / "ops.py").unlink()
    assert found_in(tmp_path / "main.py") == []


def test_few_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more of them all are dropped when the next file comes."""
    monkeypatch.setattr(imports, "MAX_MODULES", 3)
    kept = []
    for number in range(9):
        name = f"ops{number}"
        write(tmp_path, {f"{name}.py": OPS, f"main{number}.py": IMPORTER.replace("ops", name)})
        assert found_in(tmp_path / f"main{number}.py") == ["JIT101"]
        kept.append(len(imports.loaded_modules()))
    assert max(kept) <= 4


def test_a_long_file_is_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not parsed."""
    monkeypatch.setattr(imports, "MAX_BYTES", 20)
    write(tmp_path, {"ops.py": OPS, "main.py": IMPORTER})
    assert found_in(tmp_path / "main.py") == []
