"""JIT205 and JIT902: what a declaration says by name and by number, as flake8 prints it."""

from __future__ import annotations

import ast

import pytest

from jitlint.checker import check
from jitlint.finding import Related
from jitlint.settings import Settings
from tests.test_flake8 import flake8

PADDED = """\
from functools import partial

import jax
import jax.numpy as jnp


def pad(x, n):
    return jnp.pad(x, n)


@partial(jax.jit, static_argnums=(), static_argnames=("width",))
def padded(x, width):
    return pad(x, width)


padded(jnp.ones(3), 2)
"""
MESSAGE = (
    "JIT205 'width' is declared static by name only: passed by position it is traced by jax.jit but sets a shape "
    'in jnp.pad via pad (passed in line 16, needed in line 8); declare static_argnames=("width",) alone'
)


def found(program: str) -> list[str]:
    """The codes and messages of a program."""
    lines, tree = program.splitlines(keepends=True), ast.parse(program)
    return [f"{f.code} {f.message}" for f in check(lines, tree, Settings(names=True, needless=False))]


def test_the_message_names_the_call_and_the_sink(tmp_path):
    (tmp_path / "padded.py").write_text(PADDED)
    assert flake8(tmp_path, "--select=JIT1,JIT2,JIT3,JIT4", "padded.py").stdout == f"padded.py:11:38: {MESSAGE}\n"


def test_noqa_on_the_declaration(tmp_path):
    (tmp_path / "padded.py").write_text(PADDED.replace('("width",))', '("width",))  # noqa: JIT205'))
    assert flake8(tmp_path, "--select=JIT", "padded.py").stdout == ""


def test_the_call_and_the_sink_are_related_places():
    finding = check(PADDED.splitlines(keepends=True), ast.parse(PADDED), Settings())[0]
    assert finding.related == (Related(16, "passed in"), Related(8, "needed in"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("padded(jnp.ones(3), 2)", "padded(jnp.ones(3), width=2)"),
        ("static_argnums=()", "static_argnums=None"),
        ("static_argnums=()", "static_argnums=1"),
        ("static_argnums=()", "static_argnums=-1"),
        ("padded(jnp.ones(3), 2)", "try:\n    padded(jnp.ones(3), 2)\nexcept TypeError:\n    pass"),
        ("return pad(x, width)", "return x * width"),
        ("padded(jnp.ones(3), 2)", "print(padded)"),
    ],
    ids=["by keyword", "none", "number too", "last", "handled", "not needed", "no call"],
)
def test_what_works_is_silent(old: str, new: str) -> None:
    assert PADDED.replace(old, new) != PADDED
    assert found(PADDED.replace(old, new)) == []


def test_a_call_that_is_wanted_to_fail_does_not_hide_another():
    wanted = "try:\n    padded(jnp.ones(3), 1)\nexcept TypeError:\n    pass\n"
    program = PADDED.replace("padded(jnp.ones(3), 2)", f"{wanted}padded(jnp.ones(3), 2)")
    assert [text.replace("line 20", "line 16") for text in found(program)] == [MESSAGE]


def test_what_names_cannot_say_is_declared_both_ways():
    program = PADDED.replace("(), static_argnames", "(0,), static_argnames").replace(
        "def padded(x, width)", "def padded(x, /, width)"
    )
    advice = [text.rpartition("; ")[2] for text in found(program) if text.startswith("JIT205")]
    assert advice == ["declare it by name and by number"]


def test_names_are_preferred_on_demand(tmp_path):
    program = PADDED.replace('static_argnums=(), static_argnames=("width",)', "static_argnums=(1,)")
    (tmp_path / "padded.py").write_text(program)
    assert flake8(tmp_path, "padded.py").stdout == ""
    text = "JIT902 'width' is declared static by number; static_argnames=(\"width\",) says the same"
    assert flake8(tmp_path, "--extend-select=JIT902", "padded.py").stdout == f"padded.py:11:19: {text}\n"
    (tmp_path / "padded.py").write_text(program.replace("(1,))", "(1,))  # noqa: JIT902"))
    assert flake8(tmp_path, "--extend-select=JIT902", "padded.py").stdout == ""


def test_the_overridden_method_has_other_names():
    """What `self.step` is, a subclass decides; so are the names of its parameters."""
    program = """\
import jax


class Model:
    def __init__(self):
        self.run = jax.jit(self.step, static_argnums=1)

    def step(self, x, n):
        return x


class Other(Model):
    def step(self, x, count):
        return x
"""
    assert found(program) == []
    assert len(found(program.replace("def step(self, x, count)", "def other(self, x, count)"))) == 1
