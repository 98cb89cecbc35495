"""What the stubs of Python and NumPy say in general: which error each need raises, and which functions they must have.

`test_claims.py` runs their lines one by one, as those of JAX.
"""

from __future__ import annotations

import copy
import itertools
import math
import operator
import random
import statistics
from collections import Counter, deque
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import jax
import numpy as np
import pytest

from jitlint.models import SHIPPED, Model, Need
from tests.models.claims import MODELS, _calls, _library_object, lines
from tests.models.trial import Trial

HASHING = pytest.mark.skipif(jax.__version_info__ < (0, 4, 36), reason="a tracer can be hashed")
CONCRETE = {Need.NUMPY, Need.LOOP, Need.TRUTH, Need.CONVERT, Need.INDEX, Need.KEY}


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
        pytest.param(lambda n: np.random.default_rng(0).normal(size=n), "TypeError", id="numpy: a generator's size"),
        pytest.param(lambda n: np.random.default_rng(n), "TypeError", id="numpy: a seed"),
        pytest.param(lambda n: np.add.reduce(n), "TracerArrayConversionError", id="numpy: a method of a ufunc"),
        pytest.param(lambda n: np.arange(3)[n], "TracerArrayConversionError", id="numpy: an index"),
        pytest.param(random.getrandbits, "TracerIntegerConversionError", id="conversion: random.getrandbits"),
        pytest.param(lambda n: random.sample((1, 2), n), "TracerBoolConversionError", id="branch: random.sample"),
        pytest.param(lambda n: random.choices((1, 2), k=n), "TracerIntegerConversionError", id="loop: random.choices"),
        pytest.param(lambda n: statistics.mean((n, 1)), "TypeError", id="conversion: statistics.mean"),
        pytest.param(lambda n: statistics.median((n, 1)), "TracerBoolConversionError", id="branch: statistics.median"),
        pytest.param(lambda n: list(iter(lambda: 2, n)), "TracerBoolConversionError", id="branch: the end of iter"),
        pytest.param(lambda n: deque((), maxlen=n), "TypeError", id="loop: the length of a deque"),
        pytest.param(lambda n: Fraction(n, 3), "TypeError", id="conversion: Fraction"),
        pytest.param(lambda n: {}.get(n), "TypeError", id="not an array: a dict key", marks=HASHING),
        pytest.param(lambda n: {n}, "TypeError", id="not an array: a set element", marks=HASHING),
        pytest.param(lambda n: Counter((n,)), "TypeError", id="not an array: what Counter counts", marks=HASHING),
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
        pytest.param(lambda n: next(itertools.cycle((n,))), id="itertools.cycle hands on"),
        pytest.param(lambda n: random.uniform(0, n), id="random.uniform multiplies"),
        pytest.param(lambda n: random.choice((n, 1)), id="random.choice hands on"),
        pytest.param(lambda n: copy.deepcopy(n), id="a copy of a tracer"),
        pytest.param(lambda n: Counter(a=n), id="Counter keeps a value"),
        pytest.param(lambda n: np.zeros(2, dtype=n), id="NumPy takes the dtype of an array"),
    ],
)
def test_no_error(function: Callable[[Any], Any]) -> None:
    run(function)


@pytest.mark.parametrize("module", ["numpy", "builtins", "math", "operator", "itertools", "random", "copy"])
def test_needs_hold_beside_traced_arrays(module: str) -> None:
    """`np.std(x, ddof=n)` works where x is traced, as JAX does it then; so no need may be claimed for n."""
    wrong = [f"{name}({parameter}=)" for name in lines(module) for parameter in without_need(module, name)]
    assert wrong == []


def without_need(module: str, name: str) -> list[str]:
    """The parameters for which a need is claimed that vanishes when the array arguments are traced too."""
    model = MODELS.find(f"{module}.{name}")
    if not isinstance(model, Model) or all(p.need not in (Need.ARRAY, Need.WHOLE) for p in model.parameters):
        return []
    concrete = [p for p in model.parameters if p.need in CONCRETE and not p.unless]
    _, function = _library_object(module, name)
    found: list[str] = []
    for sample in _calls(module, name, MODELS):
        trial = Trial(model, function, sample)
        arrays = trial.array_leaves()
        for parameter in concrete if arrays and not trial.problem else []:
            for slot in trial.slots_of(parameter):
                count = len(jax.tree.leaves(trial.values[slot]))
                traced: dict[Any, Any] = {**arrays, **{(slot, i): 1 for i in range(count)}}
                if count and not trial._run(traced, lower=True).error:
                    found.append(parameter.name)
    return found


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
