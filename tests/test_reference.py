"""jit_with_static_n: what it returns, what it refuses, and what jax.jit and jitlint make of it."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jitlint
from jitlint.reference import jit_with_static_n


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=120)


# What it returns.


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [
        ([7.0, 8.0], 2, [7.0, 8.0, 7.0, 8.0]),
        ([0.0, 1.0, 2.0], 3, [0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0]),
        ([1.0, 2.0], 1, [1.0, 2.0]),
        ([], 4, []),
    ],
)
def test_the_examples(x: list[float], n: int, expected: list[float]) -> None:
    result = jit_with_static_n(jnp.array(x), n)
    assert isinstance(result, jax.Array)
    assert result.shape == (len(x) * n,)
    assert result.tolist() == expected


@pytest.mark.parametrize(
    "n",
    [
        2,
        2.0,
        Fraction(2),
        np.int8(2),
        np.uint64(2),
        np.float16(2),
        np.float64(2),
        np.array(2),
        np.array(2.0),
        jnp.array(2),
        jnp.array(2.0),
        jnp.array(2, dtype=jnp.bfloat16),
    ],
    ids=repr,
)
def test_every_kind_of_number_is_cast(n: Any) -> None:
    assert jit_with_static_n(jnp.array([7.0, 8.0]), n).tolist() == [7.0, 8.0, 7.0, 8.0]


@pytest.mark.parametrize("n", [0, 0.0, -0.0, False, np.int32(0), jnp.array(0)], ids=repr)
def test_zero_gives_an_empty_array(n: Any) -> None:
    result = jit_with_static_n(jnp.array([7, 8], dtype=jnp.int16), n)
    assert result.shape == (0,)
    assert result.dtype == jnp.int16


def test_a_bool_counts_as_zero_or_one() -> None:
    assert jit_with_static_n(jnp.array([7.0, 8.0]), True).tolist() == [7.0, 8.0]


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint16", "int32", "float16", "bfloat16", "float32", "complex64"])
def test_the_dtype_is_kept(dtype: str) -> None:
    x = jnp.array([0, 1], dtype=dtype)
    assert jit_with_static_n(x, 2.0).dtype == x.dtype


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.integers(-1000, 1000), max_size=5), n=st.integers(0, 6), as_float=st.booleans())
def test_it_agrees_with_numpy(values: list[int], n: int, as_float: bool) -> None:
    x = np.array(values, dtype=np.int32)
    result = jit_with_static_n(jnp.array(x), float(n) if as_float else n)
    np.testing.assert_array_equal(np.asarray(result), np.tile(x, n), strict=True)


# What it refuses.


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (-1, "-1"),
        (-2.0, "-2.0"),
        (2.5, "2.5"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
        (np.int32(-3), "-3"),
        (np.float32(0.5), "0.5"),
        (np.array(np.nan), "nan"),
        (jnp.array(-4), "-4"),
        (jnp.array(1.5), "1.5"),
        (jnp.array(jnp.inf), "inf"),
    ],
    ids=repr,
)
def test_a_bad_n_is_named_with_its_value(n: Any, shown: str) -> None:
    with pytest.raises(ValueError, match=rf"^n must be .* got {shown}$"):
        jit_with_static_n(jnp.array([1.0]), n)


@pytest.mark.parametrize("n", ["2", b"2", None, 2 + 0j, [2], jnp.array([2])], ids=repr)
def test_what_is_no_number_is_a_type_error(n: Any) -> None:
    with pytest.raises(TypeError):
        jit_with_static_n(jnp.array([1.0]), n)


@pytest.mark.parametrize("x", [3.0, jnp.array(3.0), jnp.full((2, 2), 3.0), jnp.full((1, 0, 2), 3.0)])
def test_an_x_that_is_not_1d_is_named_with_its_value(x: Any) -> None:
    with pytest.raises(ValueError, match=r"^x must be a 1-D array") as caught:
        jit_with_static_n(x, 2)
    assert str(jnp.shape(x)) in str(caught.value)
    assert repr(x) in str(caught.value)


def test_a_static_n_is_checked_under_jit_too() -> None:
    jitted = jax.jit(jit_with_static_n, static_argnames=["n"])
    with pytest.raises(ValueError, match=r"^n must be .* got -1(\n|$)"):
        jitted(jnp.array([1.0]), -1)
    with pytest.raises(ValueError, match=r"^x must be a 1-D array, got shape \(2, 2\)"):
        jitted(jnp.ones((2, 2)), 2)


# What jax.jit makes of it.


def test_it_is_traced_once_per_distinct_n() -> None:
    traced: list[Any] = []

    def counted(x: jax.Array, n: Any) -> jax.Array:
        traced.append(n)
        return jit_with_static_n(x, n)

    jitted = jax.jit(counted, static_argnames=["n"])
    for start in (7.0, 0.0, 1.0):
        x = jnp.array([start, start + 1])
        for n in (2, 3, 0, 2, 3, 0):
            np.testing.assert_array_equal(np.asarray(jitted(x, n)), np.tile(np.asarray(x), n))
    assert traced == [2, 3, 0]


def test_equal_numbers_of_another_type_give_the_same_result() -> None:
    """The traces of 2 and 2.0: JAX 0.10 compares the types of static arguments too, so these are two."""
    traced: list[Any] = []

    def counted(x: jax.Array, n: Any) -> jax.Array:
        traced.append(n)
        return jit_with_static_n(x, n)

    jitted = jax.jit(counted, static_argnames=["n"])
    x = jnp.array([7.0, 8.0])
    results = [jitted(x, n).tolist() for n in (2, 2.0, 2, 2.0)]
    assert results == [[7.0, 8.0, 7.0, 8.0]] * 4
    assert [type(n) for n in traced] == [int, float]


def test_plain_jit_raises_as_jax_does() -> None:
    """Not our ValueError, and not jitlint's wording: the error of JAX comes through."""
    jitted = jax.jit(jit_with_static_n)  # noqa: JIT104
    for n in (2, 2.0, -1, jnp.array(2)):
        with pytest.raises(jax.errors.ConcretizationTypeError, match="argument n"):
            jitted(jnp.array([7.0, 8.0]), n)


def test_a_0d_jax_array_cannot_be_a_static_argument() -> None:
    with pytest.raises(ValueError, match=r"[Nn]on-hashable static arg"):
        jax.jit(jit_with_static_n, static_argnames=["n"])(jnp.array([7.0]), jnp.array(2))


def test_a_closed_over_0d_jax_array_is_fine_under_jit() -> None:
    n = jnp.array(2)
    assert jax.jit(lambda x: jit_with_static_n(x, n))(jnp.array([7.0, 8.0])).tolist() == [7.0, 8.0, 7.0, 8.0]


def test_it_does_not_call_jit_itself() -> None:
    tree = ast.parse(inspect.getsource(jit_with_static_n))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "jit"]


# What jitlint makes of it.

COPY = """\
from __future__ import annotations

from typing import SupportsFloat

import jax
import jax.numpy as jnp


{function}

right = jax.jit(jit_with_static_n, static_argnames=["n"])
wrong = jax.jit(jit_with_static_n)
"""


def test_jitlint_flags_exactly_the_plain_jit_of_a_copy(tmp_path: Path) -> None:
    text = COPY.format(function=inspect.getsource(jit_with_static_n))
    site = text.splitlines().index("wrong = jax.jit(jit_with_static_n)") + 1
    sink = next(number for number, line in enumerate(text.splitlines(), 1) if "float(n)" in line and "#" not in line)
    file = tmp_path / "tiled.py"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "flake8", "--isolated", "--max-line-length=120", file.name]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert done.stderr == ""
    [finding] = done.stdout.splitlines()
    assert finding.startswith(f"tiled.py:{site}:9: JIT104 'n' ")
    assert f"line {sink}" in finding


# How it is imported.


def test_both_imports_give_the_same_function() -> None:
    assert jitlint.jit_with_static_n is jit_with_static_n


def test_importing_the_package_loads_nothing_heavy() -> None:
    done = run_python("import sys, jitlint; print(sorted({'jax', 'flake8', 'libcst', 'numpy'} & set(sys.modules)))")
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_this"):
        jitlint.nothing_like_this  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("module", ["jitlint", "jitlint.reference"])
def test_without_jax_the_error_says_what_to_install(module: str) -> None:
    done = run_python(f"import sys; sys.modules['jax'] = None\nfrom {module} import jit_with_static_n")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == 'ImportError: jit_with_static_n needs jax: pip install "jitlint[jax]"'
