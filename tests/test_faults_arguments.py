"""What calls give to static arguments, as flake8 reports it: JIT203, JIT204, JIT207."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

IMPORTS = """\
from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames=("n",))
def rows(x, n):
    return x * jnp.ones((n, 2))


def helper(x, n):
    return jnp.zeros((n, 2)) + x


through = jax.jit(lambda x, n: helper(x, n + 1), static_argnums=1)


"""
ROOT = Path(__file__).resolve().parent.parent
LINES = len(IMPORTS.splitlines())


def lint(folder: Path, program: str) -> list[str]:
    """Run flake8 on a program that begins with the imports; return line:column, code and text."""
    (folder / "program.py").write_text(IMPORTS + program)
    command = [
        sys.executable,
        "-m",
        "flake8",
        "--isolated",
        "--select=JIT1,JIT2,JIT3,JIT4",
        "--format=%(row)d:%(col)d: %(code)s %(text)s",
    ]
    environment = {**os.environ, "JITLINT_STRICT": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "program.py"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    found = []
    for line in done.stdout.splitlines():
        row, _, rest = line.partition(":")
        found.append(f"{int(row) - LINES}:{rest}")
    return found


def test_a_list_is_reported_at_the_call(tmp_path: Path) -> None:
    """The message names the argument, the function, what it gets, and what can be hashed."""
    assert lint(tmp_path, "y = 1 + rows(1.0, [2])\n") == [
        "1:9: JIT203 'n' of rows is static, but gets a list, which can't be hashed; pass a tuple"
    ]


def test_each_kind_has_its_advice(tmp_path: Path) -> None:
    """Sets and dicts, and lists inside of tuples."""
    program = "rows(1.0, n={2})\nrows(1.0, n=dict(a=1))\nrows(1.0, n=(2, [3]))\n"
    assert [line.partition("gets ")[2] for line in lint(tmp_path, program)] == [
        "a set, which can't be hashed; pass a frozenset",
        "a dict, which can't be hashed; pass a tuple of pairs",
        "a tuple with a list, which can't be hashed; pass tuples only",
    ]


def test_lowering_is_a_call(tmp_path: Path) -> None:
    """lower, trace and eval_shape hash static arguments too, as does a function jitted on the spot."""
    program = "rows.lower(1.0, [2])\nrows.eval_shape(1.0, [2])\njax.jit(abs, static_argnums=0)\n"
    program += "jax.jit(lambda x, n: x, static_argnums=1)(1.0, [2])\n"
    assert [line[:11] for line in lint(tmp_path, program)] == ["1:1: JIT203", "2:1: JIT203", "4:1: JIT203"]


def test_an_array_is_reported_at_the_call(tmp_path: Path) -> None:
    """JIT204."""
    assert lint(tmp_path, "rows(1.0, n=jnp.array(3))\n") == [
        "1:1: JIT204 'n' of rows is static, but gets an array; pass a number, as int(...) gives one, or trace it"
    ]


def test_a_float_is_reported_with_its_use(tmp_path: Path) -> None:
    """JIT207 says what becomes of it, and through which helper."""
    assert lint(tmp_path, "rows(1.0, 4 / 2)\nthrough(1.0, 2.0)\n") == [
        "1:1: JIT207 'n' of rows sets a shape in jnp.ones, but gets the float 2.0; pass an int",
        "2:1: JIT207 'n' of the lambda sets a shape in jnp.zeros (via helper), but gets the float 2.0; pass an int",
    ]


def test_noqa_at_the_call(tmp_path: Path) -> None:
    """The call is the place to silence it."""
    assert lint(tmp_path, "rows(1.0, [2])  # noqa: JIT203\nrows(1.0, 2.0)  # noqa: JIT207\n") == []


def test_a_refusal_that_is_wanted_is_silent(tmp_path: Path) -> None:
    """Handlers and pytest.raises around the call."""
    program = """\
import pytest


def test_refused():
    with pytest.raises(ValueError):
        rows(1.0, [2])


def fallback():
    try:
        return rows(1.0, [2])
    except ValueError:
        return None
"""
    assert lint(tmp_path, program) == []


def test_a_test_of_the_value_is_a_doubt(tmp_path: Path) -> None:
    """What the function asks of the value may keep it away from the call."""
    program = """\
def run(x, sizes):
    sizes = [2] if sizes is None else sizes
    if hasattr(sizes, "append"):
        return x
    return rows(x, sizes)


run(1.0, [2])
"""
    assert lint(tmp_path, program) == []
