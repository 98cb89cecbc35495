"""The README tells the truth: its programs fail, are found and run as shown, and its tables list what exists.

The blocks of README.md are read as a user reads them. A Python block after `<!-- file: NAME -->` is a file; a console
block is a session with these files, where `...` stands for any text. `.ci/run` runs the commands after
`<!-- ci: NAME -->`, which install packages.
"""

from __future__ import annotations

import configparser
import importlib.metadata
import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>.+?) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block: its language, its text, and what the comment before it says ("" without one)."""

    language: str
    text: str
    mark: str
    line: int

    @property
    def id(self) -> str:
        """What the test is called."""
        return f"line {self.line}"


BLOCKS = [
    Block(found["language"], found["text"], found["mark"] or "", README.count("\n", 0, found.start("language")) + 1)
    for found in _BLOCK.finditer(README)
]


def blocks(language: str) -> list[Any]:
    return [pytest.param(block, id=block.id) for block in BLOCKS if block.language == language]


def section(title: str) -> str:
    """The text under a heading."""
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(title: str) -> list[str]:
    """The first column of the table in a section."""
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    return [row.split("|")[1].strip() for row in rows[2:]]


def run(command: str, folder: Path) -> str:
    """Run a command of a console block with this Python's own tools; both streams, as on a screen."""
    program, *arguments = shlex.split(command)
    tools = {"python": [sys.executable], "flake8": [sys.executable, "-m", "flake8"]}
    done = subprocess.run(
        [*tools[program], *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env={**os.environ, "JAX_PLATFORMS": "cpu"},
        timeout=300,
    )
    return done.stdout


def matches(shown: str, real: str) -> bool:
    """Whether the real output is what the README shows, where `...` is any text."""
    pattern = ".*".join(re.escape(part) for part in shown.rstrip("\n").split("..."))
    return re.fullmatch(pattern, real.rstrip("\n"), re.DOTALL) is not None


def test_every_block_is_known() -> None:
    """A block in a new language would be tested by nobody."""
    assert {block.language for block in BLOCKS} == {"python", "console", "sh", "json", "vim", "elisp", "yaml", "ini"}
    assert len(BLOCKS) * 2 == len(re.findall(r"^```", README, re.MULTILINE))
    assert all(block.mark.startswith("file: ") for block in BLOCKS if block.language == "python")


def write_files(folder: Path) -> None:
    """Write the README's files to a folder."""
    for file in BLOCKS:
        if file.language == "python":
            path = folder / file.mark.removeprefix("file: ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")


@pytest.mark.parametrize("block", blocks("console"))
def test_the_sessions_are_real(block: Block, tmp_path: Path) -> None:
    write_files(tmp_path)
    (tmp_path / ".flake8").write_text("[flake8]\n", encoding="utf-8")  # No configuration from a folder above.
    sessions = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert sessions[0] == ""
    for session in sessions[1:]:
        command, _, shown = session.partition("\n")
        real = run(command, tmp_path)
        assert matches(shown, real), f"$ {command}\n{real}"


def test_an_ellipsis_stands_for_any_text() -> None:
    assert matches("a\n...\nd\n", "a\nb\nc\nd\n")
    assert matches('File "...x.py"\n...\n', 'File "/y/x.py"\nmore\n')
    assert not matches("a\n...\nd\n", "a\nb\nc\n")
    assert not matches("a.c\n", "abc\n")


@pytest.mark.parametrize("mark", ["fixtures", "tests"])
def test_the_two_set_ups_are_one_command_each(mark: str) -> None:
    [block] = [block for block in BLOCKS if block.mark == f"ci: {mark}"]
    assert block.language == "sh"
    [command] = block.text.splitlines()
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_the_rule_table_lists_the_rules() -> None:
    codes = first_cells("Rules")
    assert codes == sorted(codes)
    found = {path.name.upper() for path in (ROOT / "fixtures").glob("jit*")}
    assert found - set(codes) == set()
    assert set(codes) - found <= {"JIT901"}


def test_the_options_are_flake8_options() -> None:
    described = [cell.strip("`").split(" ")[0] for cell in first_cells("Options")]
    real = run("flake8 --help", ROOT)
    for option in described:
        assert f"--{option} " in real


@pytest.mark.parametrize("block", blocks("ini"))
def test_flake8_reads_the_configuration(block: Block, tmp_path: Path) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(block.text)
    described = [cell.strip("`").split(" ")[0] for cell in first_cells("Options")]
    assert sorted(parser["flake8"]) == sorted(described)
    write_files(tmp_path / "stubs")
    (tmp_path / ".flake8").write_text(block.text + "extend-exclude = stubs\n", encoding="utf-8")
    code = "from {} import jit\n\n\n@jit\ndef f(x, n=1):\n    return x.reshape(n, -1)\n"
    (tmp_path / "wrapped.py").write_text(code.format("mylib"), encoding="utf-8")
    (tmp_path / "foreign.py").write_text(code.format("elsewhere"), encoding="utf-8")
    real = run("flake8 .", tmp_path).splitlines()
    assert [line.split("'")[0] for line in real] == ["./wrapped.py:4:1: JIT901 "]


@pytest.mark.parametrize("block", blocks("yaml"))
def test_the_yaml_is_valid(block: Block) -> None:
    assert isinstance(yaml.safe_load(block.text), dict)


@pytest.mark.parametrize("block", blocks("json"))
def test_the_json_is_valid(block: Block) -> None:
    assert isinstance(json.loads(block.text), dict)


def test_the_pre_commit_hook_exists() -> None:
    [offered] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    shown = next(yaml.safe_load(block.text) for block in BLOCKS if "hooks:" in block.text)
    assert [hook["id"] for hook in shown["repos"][0]["hooks"]] == [offered["id"]]
    assert run(f"{offered['entry']} --version", ROOT)


def test_the_version_is_the_installed_one() -> None:
    assert f"rev: v{importlib.metadata.version('jitlint')}" in README


def test_the_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("block", [param for param in blocks("sh") if "benchmarks/" in param.values[0].text])
def test_the_benchmark_starts(block: Block) -> None:
    program, script, *_ = shlex.split(block.text)
    assert "--package" in run(f"{program} {ROOT / script} --help", ROOT)
