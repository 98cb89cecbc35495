"""The user's own stubs: `jit-models`, and the release of JAX that the code runs on: `jit-jax-version`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_flake8 import flake8

PROGRAM = """\
import jax
from mylib.ops import pad_to


@jax.jit
def pad(x, n):
    return pad_to(x, n)
"""
STUB = "def pad_to(x: Array, length: Size) -> Array: ...\n"
FINDING = "'n' is traced by jax.jit but sets a shape in pad_to (line 7)"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "use.py").write_text(PROGRAM)
    (tmp_path / "stubs" / "mylib").mkdir(parents=True)
    (tmp_path / "stubs" / "mylib" / "ops.pyi").write_text(STUB)
    return tmp_path


def test_a_library_without_stubs_is_unknown(project: Path) -> None:
    assert flake8(project, "--select=JIT", "use.py").stdout == ""


def test_a_folder_of_stubs(project: Path) -> None:
    assert FINDING in flake8(project, "--select=JIT", "--jit-models=stubs", "use.py").stdout


def test_a_stub_file_is_the_module_of_its_name(project: Path) -> None:
    (project / "mylib.ops.pyi").write_text(STUB)
    assert FINDING in flake8(project, "--select=JIT", "--jit-models=mylib.ops.pyi", "use.py").stdout


def test_a_package_stub(project: Path) -> None:
    (project / "stubs" / "mylib" / "__init__.pyi").write_text("pad_to = mylib.ops.pad_to\n")
    (project / "use.py").write_text(PROGRAM.replace("mylib.ops", "mylib"))
    assert FINDING in flake8(project, "--select=JIT", "--jit-models=stubs", "use.py").stdout


def test_in_the_configuration_paths_are_relative_to_it(project: Path) -> None:
    (project / "setup.cfg").write_text("[flake8]\nselect = JIT\njit-models = stubs/\n")
    inner = project / "inner"
    inner.mkdir()
    (inner / "use.py").write_text(PROGRAM)
    done = flake8(inner, "--config=../setup.cfg", "use.py", isolated=False)
    assert FINDING in done.stdout, done.stderr


def test_with_several_jobs(project: Path) -> None:
    (project / "again.py").write_text(PROGRAM)
    done = flake8(project, "--select=JIT", "--jit-models=stubs", "--jobs=2", "use.py", "again.py")
    assert done.stdout.count(FINDING) == 2


def test_the_users_line_goes_before_the_shipped_one(project: Path) -> None:
    (project / "stubs" / "jax").mkdir()
    (project / "stubs" / "jax" / "numpy.pyi").write_text("def zeros(shape: Any) -> Array: ...\n")
    (project / "use.py").write_text("import jax\nimport jax.numpy as jnp\nf = jax.jit(lambda n: jnp.zeros(n))\n")
    assert "JIT101" in flake8(project, "--select=JIT", "use.py").stdout
    assert flake8(project, "--select=JIT", "--jit-models=stubs", "use.py").stdout == ""


def test_a_class_and_a_function_that_applies_jit(project: Path) -> None:
    (project / "stubs" / "mylib" / "ops.pyi").write_text(
        "from typing import Any\n\n"
        "class Table:\n"
        '    """Rows of numbers."""\n\n'
        "    def __init__(self, width): ...\n".replace("width", "width: Size")
        + "    def rows(\n        self,\n        count: Size,\n    ) -> Array: ...\n\n"
        "def compiled(f: Function, *, static_argnames: Any = ()) -> Transform['jit']: ...\n"
    )
    (project / "use.py").write_text(
        "from mylib.ops import Table, compiled\n\n\n@compiled\ndef rows(n):\n    return Table(3).rows(n)\n"
    )
    done = flake8(project, "--select=JIT", "--jit-models=stubs", "use.py")
    assert "'n' is traced by compiled but sets a shape in .rows (line 6)" in done.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("\ndef f(x: Arry) -> Array: ...\n", "ops.pyi:2: parameter 'x': unknown need 'Arry'", id="a word"),
        pytest.param("def f(x: Array)\n", "ops.pyi:1: expected ':'", id="syntax"),
        pytest.param("x: Concrete\nif True:\n    pass\n", "ops.pyi:2: neither a function", id="a statement"),
        pytest.param("@overload\ndef f(x: Array) -> Array: ...\n", "ops.pyi:2: 'f' has a decorator", id="a decorator"),
        pytest.param("f = g\n", "ops.pyi:1: 'g' is not in this file", id="an alias of nothing"),
        pytest.param("f = g\ng = f\n", "ops.pyi: a name or a base class stands for itself", id="aliases in a circle"),
        pytest.param("class A(A):\n    x: Concrete\n", "ops.pyi: a name or a base class", id="its own base class"),
        pytest.param("class A:\n    def f(self, x: X) -> Array: ...\n", "ops.pyi:2: parameter 'x'", id="in a class"),
        pytest.param('pi: Since["x", Concrete]\n', "ops.pyi:1: Since: 'x' is not a version", id="a version"),
    ],
)
def test_a_broken_stub_is_one_clear_message(project: Path, text: str, message: str) -> None:
    (project / "stubs" / "mylib" / "ops.pyi").write_text(text)
    done = flake8(project, "--select=JIT", "--jit-models=stubs", "use.py")
    assert done.returncode == 1
    assert "jit-models: " in done.stdout and message in done.stdout.replace("\\", "/")
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("path", ["nothing", "nothing.pyi", "empty"])
def test_a_path_without_stubs_is_one_clear_message(project: Path, path: str) -> None:
    (project / "empty").mkdir()
    done = flake8(project, "--select=JIT", f"--jit-models={path}", "use.py")
    assert done.returncode == 1
    assert f"{path}: no " in done.stdout and "Traceback" not in done.stdout + done.stderr


def test_the_release_of_jax_decides_what_is_needed(project: Path) -> None:
    (project / "stubs" / "jax").mkdir()
    (project / "stubs" / "jax" / "numpy.pyi").write_text(
        'def zeros(shape: Changed["0.7.0", Array, Size]) -> Array: ...\n'
    )
    (project / "use.py").write_text("import jax\nimport jax.numpy as jnp\nf = jax.jit(lambda n: jnp.zeros(n))\n")
    arguments = ("--select=JIT", "--jit-models=stubs", "use.py")
    assert "JIT101" in flake8(project, *arguments).stdout
    assert "JIT101" in flake8(project, "--jit-jax-version=0.10.2", *arguments).stdout
    assert flake8(project, "--jit-jax-version=0.6.2", *arguments).stdout == ""


def test_a_release_that_is_none_names_the_setting(project: Path) -> None:
    done = flake8(project, "--jit-jax-version=newest", "use.py")
    assert done.returncode == 1
    assert "jit-jax-version: 'newest' is not a release number such as 0.4.30" in done.stdout
