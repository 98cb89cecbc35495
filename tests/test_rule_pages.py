"""A rule's page is true: its example is found and fails as the page says; what to use instead is clean and runs."""

from __future__ import annotations

import ast
import re
import runpy
import textwrap
from pathlib import Path

import jax
import pytest

from jitlint.checker import check
from jitlint.rules import Rule, all_rules
from jitlint.settings import Settings


def block(rule: Rule, section: str) -> str:
    """Return the indented block of a section of the page."""
    text = (rule.__doc__ or "").partition(f"## {section}\n")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("    ") or not line.strip()]
    return textwrap.dedent("\n".join(lines)).strip() + "\n"


def codes(program: str) -> set[str]:
    """Return the codes that are found in a program."""
    return {
        finding.code for finding in check(program.splitlines(keepends=True), ast.parse(program), Settings(names=True))
    }


def plain(message: str) -> str:
    """Fold white space and leave addresses out."""
    return re.sub(r"\s+", " ", re.sub(r"0x[0-9a-f]+", "0x", message))


LOUD = [rule for rule in all_rules() if rule.RAISES]
SILENT = [rule for rule in all_rules() if not rule.RAISES]


@pytest.mark.parametrize("rule", SILENT, ids=lambda rule: rule.CODE)
def test_the_example_of_a_silent_rule_is_found_and_runs(rule: Rule, tmp_path: Path) -> None:
    program = block(rule, "Example")
    assert rule.CODE in codes(program)
    path = tmp_path / "example.py"
    path.write_text(program, encoding="utf-8")
    runpy.run_path(str(path))


@pytest.mark.parametrize("rule", LOUD, ids=lambda rule: rule.CODE)
def test_the_example_is_found_and_fails(rule: Rule, tmp_path: Path) -> None:
    program, error = block(rule, "Example"), block(rule, "JAX says")
    assert rule.CODE in codes(program)
    path = tmp_path / "example.py"
    path.write_text(program, encoding="utf-8")
    with pytest.raises(Exception, match=".") as raised:
        runpy.run_path(str(path))
    kind, _, message = error.partition(":")
    assert type(raised.value).__name__ == kind.rpartition(".")[2]
    if jax.__version__.startswith("0.10."):
        assert plain(message.split("...")[0]).strip()[:60] in plain(str(raised.value))


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.CODE)
def test_what_to_use_instead_is_clean_and_runs(rule: Rule, tmp_path: Path) -> None:
    program = block(rule, "Use instead")
    assert not codes(program)
    path = tmp_path / "instead.py"
    path.write_text(program, encoding="utf-8")
    runpy.run_path(str(path))
