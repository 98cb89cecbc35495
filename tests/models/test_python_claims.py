"""What the stubs of Python and NumPy say in general: which error each need raises, and which functions they must have.

`test_claims.py` runs their lines one by one, as those of JAX.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable
from typing import Any

import jax
import numpy as np
import pytest

from jitlint.models import SHIPPED, Model, Need
from tests.models.claims import lines


def run(function: Callable[[Any], Any], value: Any = 2) -> None:
    """Call a function under jit with a traced argument."""

    def body(x: Any) -> tuple[()]:
        function(x)
        return ()

    jax.jit(body)(value)


@pytest.mark.parametrize(
    ("function", "error"),
    [
        pytest.param(lambda n: range(n), "TracerIntegerConversionError", id="loop: range"),
        pytest.param(lambda n: [0] * n, "TypeError", id="loop: list repetition"),
        pytest.param(lambda n: enumerate((), n), "TracerIntegerConversionError", id="loop: enumerate"),
        pytest.param(lambda n: max(n, 3), "TracerBoolConversionError", id="branch: max"),
        pytest.param(lambda n: sorted([n, 3]), "TracerBoolConversionError", id="branch: sorted"),
        pytest.param(lambda n: n in (1, 2), "TracerBoolConversionError", id="branch: in"),
        pytest.param(lambda n: [1, 2].count(n), "TracerBoolConversionError", id="branch: count"),
        pytest.param(int, "ConcretizationTypeError", id="conversion: int"),
        pytest.param(math.sqrt, "ConcretizationTypeError", id="conversion: math.sqrt"),
        pytest.param(math.factorial, "TracerIntegerConversionError", id="conversion: math.factorial"),
        pytest.param(operator.index, "TracerIntegerConversionError", id="conversion: operator.index"),
        pytest.param(lambda n: f"{n:.2f}", "TypeError", id="conversion: a format specification"),
        pytest.param(lambda n: [1, 2, 3].pop(n), "TracerIntegerConversionError", id="slice: an index into a list"),
        pytest.param(np.zeros, "TypeError", id="numpy: zeros of a number"),
        pytest.param(lambda n: np.zeros((n, 2)), "TracerIntegerConversionError", id="numpy: zeros of a tuple"),
        pytest.param(np.arange, "TracerArrayConversionError", id="numpy: arange"),
        pytest.param(np.sin, "TracerArrayConversionError", id="numpy: sin"),
        pytest.param(np.asarray, "TracerArrayConversionError", id="numpy: asarray"),
        pytest.param(lambda n: {}.get(n), "TypeError", id="not an array: a dict key"),
        pytest.param(lambda n: {n}, "TypeError", id="not an array: a set element"),
        pytest.param(lambda n: getattr(math, n), "TypeError", id="not an array: an attribute name"),
    ],
)
def test_error(function: Callable[[Any], Any], error: str) -> None:
    with pytest.raises(Exception, match=r".") as caught:
        run(function)
    assert type(caught.value).__name__ == error


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(lambda n: round(n), id="round calls the array's own method"),
        pytest.param(lambda n: divmod(n, 2), id="divmod is arithmetic"),
        pytest.param(lambda n: sum((n, 2)), id="sum adds"),
        pytest.param(lambda n: math.prod((n, 2)), id="math.prod multiplies"),
        pytest.param(lambda n: f"{n}", id="text without a format specification"),
        pytest.param("{}".format, id="str.format without a format specification"),
        pytest.param(lambda n: operator.mod("%s", n), id="percent s"),
        pytest.param(lambda n: max([n]), id="the order of one element is not asked"),
        pytest.param(lambda n: max([n, 2], key=lambda x: 0), id="max asks the key, not the element"),
        pytest.param(lambda n: {}.get(1, n), id="the default of get is no key"),
        pytest.param(lambda n: next(iter(()), n), id="the default of next"),
        pytest.param(lambda n: isinstance(n, int), id="isinstance"),
        pytest.param(lambda n: np.ndim(n), id="np.ndim"),
        pytest.param(lambda n: np.sum(n), id="np.sum calls the array's own method"),
        pytest.param(lambda n: np.array_equal(n, 2), id="np.array_equal catches the error: False"),
        pytest.param(lambda n: next(itertools.count(n)), id="itertools.count adds"),
    ],
)
def test_no_error(function: Callable[[Any], Any]) -> None:
    run(function)


@pytest.mark.parametrize("name", ["sum", "prod", "mean", "max", "ndim", "shape", "size", "squeeze", "reshape"])
def test_numpy_asks_an_array_but_converts_a_tuple(name: str) -> None:
    """The need Whole: an array's own method does the work, but of a tuple with a traced part NumPy makes an array."""
    model = SHIPPED.find(f"numpy.{name}")
    assert isinstance(model, Model) and model.parameters[0].need is Need.WHOLE
    rest = [(2,)] if name == "reshape" else []
    function = getattr(np, name)
    run(lambda x: function(x, *rest), np.ones(2))
    with pytest.raises(jax.errors.TracerArrayConversionError):
        run(lambda n: function((n, 3), *rest))


@pytest.mark.parametrize(
    "module", ["builtins", "math", "operator", "functools", "numpy", "jax", "jax.lax", "jax.random"]
)
def test_every_line_is_read(module: str) -> None:
    names = lines(module)
    assert len(names) == len(set(names))
    assert all(SHIPPED.find(f"{module}.{name}") is not None for name in names)
    assert {name for name in names if not name.startswith("_")} <= SHIPPED.names(module)
