"""Every public callable of NumPy and of Python's modules that takes arguments has a stub line, and no line lacks one.

The lines are those for the installed versions; `test_python_claims.py` and `test_claims.py` say what is in them.
"""

from __future__ import annotations

import importlib
import inspect
import types
from typing import Any

import numpy as np
import pytest

from jitlint.models.versions import parse_version
from tests.models.claims import MODELS, lines
from tests.models.samples import names

MODULES = ["math", "cmath", "operator", "functools", "itertools", "random", "statistics", "collections", "copy"]
MODULES += ["numpy", "numpy.linalg", "numpy.fft", "numpy.random", "numpy.lib.stride_tricks", "numpy.polynomial"]
MODULES += [f"numpy.polynomial.{name}" for name in ("polynomial", "chebyshev", "legendre", "laguerre")]
MODULES += ["numpy.polynomial.hermite", "numpy.polynomial.hermite_e", "builtins"]
CLASSES = ["builtins.str", "builtins.dict", "builtins.list", "builtins.set", "builtins.tuple", "builtins.frozenset"]
CLASSES += ["builtins.int", "builtins.float", "random.Random", "statistics.NormalDist", "numpy.random.Generator"]
CLASSES += ["numpy.random.RandomState", "numpy.ufunc"]
PARTS = ["fractions.Fraction", "decimal.Decimal"]
"""Of these modules only a class is modelled."""

LEFT_OUT = {
    "test": "runs NumPy's own tests",
    "help": "reads from the keyboard, as the next ones do",
    "exit": "",
    "quit": "",
    "copyright": "",
    "credits": "",
    "license": "",
    "_": "the last result of an interactive session",
    "RankWarning": "a warning, here before NumPy 2.0",
    "Tester": "NumPy's own tests",
}
OLD_NUMPY = names(
    "DataSource add_docstring add_newdoc add_newdoc_ufunc deprecate deprecate_with_doc fastCopyAndTranspose "
    "format_parser get_array_wrap geterrobj seterrobj lookfor set_numeric_ops set_string_function source who"
)
"""What NumPy 1 had for itself and its documentation."""
SOME_MACHINES = {"float128", "complex256"}
"""Types that not every machine has."""
numpy_1 = parse_version(np.__version__) < (2, 0)


def owner_of(name: str) -> Any:
    """The module, or the class, of a stub file."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        parent, _, last = name.rpartition(".")
        return getattr(importlib.import_module(parent), last)


def public_names(owner: Any) -> set[str]:
    """The names that a module promises, or that a class has."""
    listed = getattr(owner, "__all__", None)
    # NumPy lists some modules and leaves some functions out, so its names are read.
    listed = dir(owner) if listed is None or owner.__name__.startswith("numpy") else listed
    public = {name for name in listed if not name.startswith("_")}
    return {name for name in public if not isinstance(getattr(owner, name), types.ModuleType)}


def takes_arguments(value: Any) -> bool:
    """Whether a call with arguments makes sense; exceptions and warnings take anything and need nothing."""
    if not callable(value) or isinstance(value, type) and issubclass(value, BaseException):
        return False
    try:
        return bool(inspect.signature(value).parameters)
    except (TypeError, ValueError):
        return True


@pytest.mark.parametrize("module", [*MODULES, *CLASSES])
def test_every_public_callable_has_a_line(module: str) -> None:
    owner = owner_of(module)
    needed = {name for name in public_names(owner) if takes_arguments(getattr(owner, name))} - set(LEFT_OUT)
    if module == "numpy" and numpy_1:
        needed.difference_update(OLD_NUMPY)
    if module == "numpy.lib.stride_tricks":
        needed = {name for name in needed if getattr(owner, name).__name__ in ("as_strided", "sliding_window_view")}
    if module.startswith("numpy.polynomial."):
        needed &= set(owner.__all__)
    assert needed - set(lines(module)) == set()


@pytest.mark.parametrize("module", [*MODULES, *CLASSES])
def test_no_line_without_something(module: str) -> None:
    """A name that came or went has a line that says when: `Since`, `Until`."""
    owner = owner_of(module)
    assert {name for name in lines(module) if not hasattr(owner, name)} <= SOME_MACHINES


@pytest.mark.parametrize("name", PARTS)
def test_classes_of_other_modules(name: str) -> None:
    module, _, cls = name.rpartition(".")
    assert lines(module) == [cls]
    assert callable(owner_of(name))


@pytest.mark.parametrize(
    "name", [name for name in dir(np) if isinstance(getattr(np, name), np.ufunc) and not name.startswith("_")]
)
def test_every_ufunc_has_the_methods(name: str) -> None:
    for method in ("reduce", "accumulate", "reduceat", "outer", "at"):
        assert MODELS.find(f"numpy.{name}.{method}") is not None


@pytest.mark.parametrize("maker", ["default_rng", "Generator", "RandomState"])
def test_generators_have_methods(maker: str) -> None:
    """`np.random.default_rng(0).normal(size=n)` is looked up in the stub of the class."""
    model = MODELS.find(f"numpy.random.{maker}")
    cls = getattr(getattr(model, "returns", None), "cls", "")
    assert MODELS.find(f"{cls}.normal") is not None
