"""Compilations in vain, JIT301 and JIT302: what the messages say, and where they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """\
from functools import partial

import jax


@partial(jax.jit, static_argnames=("step", "scale"))
def update(x, step, scale=None):
    return x


def advance(x, step):
    return update(x, step + 1)


def total(rows):
    return [jax.jit(lambda row: row.sum())(row) for row in rows]


def mean(x):
    return jax.jit(jax.grad(jax.numpy.mean))(x)


for step in range(100):
    update(1.0, step)
    update(1.0, 0, scale=lambda x: x)
    update(1.0, step)  # noqa: JIT301
    advance(1.0, step)
    mean(1.0)
"""

EXPECTED = """\
16:13: JIT302 jax.jit is applied to a lambda that is made anew on each pass of a loop: each one compiles; \
apply it once, before the loop
20:12: JIT302 jax.jit is applied to a gradient that is made anew on each call of mean, which is called in a loop: \
each one compiles; apply it once, outside of mean
24:5: JIT301 'step' of update is static, but gets a new value on each pass of a loop: each one compiles; \
let it be traced, or loop inside of jit
25:5: JIT301 'scale' of update is static, but gets a new function on each pass of a loop: each one compiles; \
make it once, before the loop
27:5: JIT301 'step' of update is static, but gets a new value on each pass of a loop (via advance): each one compiles; \
let it be traced, or loop inside of jit
"""


def found_in(folder: Path, program: str) -> list[str]:
    """What flake8 prints for a program, without the path."""
    (folder / "program.py").write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "flake8", "--isolated", "--select=JIT3", "program.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line.partition(":")[2] for line in done.stdout.splitlines()]


def test_messages_and_places(tmp_path: Path) -> None:
    """JIT301 stands at the call in the loop, JIT302 where jit is applied; noqa silences."""
    assert found_in(tmp_path, PROGRAM) == EXPECTED.splitlines()


def test_imported_jitted_function(tmp_path: Path) -> None:
    """The jitted function may stand in another file of the project."""
    definition = "import jax\n\n\ndef _grow(x, n):\n    return x * n\n\n\ngrow = jax.jit(_grow, static_argnums=1)\n"
    (tmp_path / "ops.py").write_text(definition, encoding="utf-8")
    head = "import jax\nfrom ops import grow\n\nsine = jax.jit(jax.numpy.sin)\n"
    program = f"{head}for n in range(9):\n    grow(jax.numpy.ones(2), n)\n"
    assert [line.partition(" is")[0] for line in found_in(tmp_path, program)] == ["6:5: JIT301 'n' of _grow"]


def test_a_string_can_not_be_traced(tmp_path: Path) -> None:
    """The advice for a text that the pass decides."""
    definition = (
        "import jax\n\n\ndef _show(x, label):\n    return 2 * x\n\n\nshow = jax.jit(_show, static_argnames='label')\n"
    )
    program = f'{definition}for n in range(9):\n    show(1.0, f"step {{n}}")\n'
    (found,) = found_in(tmp_path, program)
    assert found.endswith(
        "gets a new string on each pass of a loop: each one compiles; keep the string out of the jitted function"
    )
