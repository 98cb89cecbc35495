"""The machinery finds wrong claims: each stub line here says something that JAX contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitlint.models import Models
from tests.models import claims
from tests.models.claims import Outcome

WRONG = [
    ("def zeros(shape: Shape, dtype: Dtype = None) -> Array: ...", "signature"),
    ("def vander(x: Array, increasing: Static = False, N: Size = None) -> Array: ...", "signature"),
    ("def tile(A: Array, reps: Array) -> Array: ...", "reps is Array"),
    ("def roll(a: Array, shift: Static, axis: Axis = None) -> Array: ...", "shift is Static"),
    ("def roll(a: Array, shift: Array, axis: Array = None) -> Array: ...", "axis is Array"),
    ("def shape(a: Array) -> Array: ...", "returns Array"),
    ("def shape(a: Counted) -> Concrete: ...", "a is Counted"),
    ("def sin(x: Array, /) -> Concrete: ...", "returns Concrete"),
    ("def sin(x: Array, /) -> Derived: ...", "returns Derived"),
    ("def sin(x: Array, /) -> Mask: ...", "returns Mask"),
    ("def frexp(x: Array, /) -> tuple[Array, Array, Array]: ...", "returns tuple"),
    ("def split(ary: Array, indices_or_sections: Index, axis: Axis = 0) -> tuple[Array, ...]: ...", "returns tuple"),
    ("def sort(a: Array, axis: Axis, *, kind: Ignored, order: Any, stable: Any) -> Array: ...", "kind is"),
    ("def sin(x: Ignored, /) -> Array: ...", "x is Ignored"),
    ("def sin(x: Nothing, /) -> Array: ...", "x is Nothing"),
    ("def argwhere(a: Counted, *, size: Size = None, fill_value: Array = None) -> Array: ...", "a is Counted"),
    ("def argwhere(a: Array, *, size: Size = None, fill_value: Array = None) -> Array: ...", "the sample works"),
    ("def vectorize(pyfunc: Body, *, excluded: Any, signature: Any) -> Unknown: ...", "pyfunc is Body"),
    ("def fromfunction(function: Called, shape: Shape, *, dtype: Any) -> Unknown: ...", "function is Called"),
    ("def fromfunction(function: Function, shape: Shape, *, dtype: Any) -> Unknown: ...", "function is Function"),
    ("no_such_thing: Concrete", "no_such_thing"),
    ("def no_such_thing(x: Array) -> Array: ...", "no_such_thing"),
]  # fmt: skip


@pytest.fixture
def stub_file(tmp_path: Path) -> Path:
    """A `jax/numpy.pyi` in place of the shipped one."""
    (tmp_path / "jax").mkdir()
    return tmp_path / "jax" / "numpy.pyi"


@pytest.mark.parametrize(("line", "claim"), WRONG)
def test_wrong_claims_are_found(stub_file: Path, line: str, claim: str) -> None:
    stub_file.write_text(line + "\n")
    models = Models(roots=(stub_file.parent.parent,))
    (name,) = claims.lines("jax.numpy", models)
    wrong = [verdict.claim for verdict in claims.check("jax.numpy", name, models) if verdict.outcome is Outcome.WRONG]
    assert any(claim in found for found in wrong), wrong
