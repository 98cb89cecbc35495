"""Every public callable of the installed JAX has a stub line; `test_claims.py` fails on a line without a callable."""

from __future__ import annotations

import importlib
import pkgutil
import types

import jax
import jax.scipy
import pytest

from tests.models.claims import MODELS, lines, samples_of

MODULES = [
    "jax",
    "jax.numpy",
    "jax.numpy.linalg",
    "jax.numpy.fft",
    "jax.lax",
    "jax.lax.linalg",
    "jax.random",
    "jax.nn",
    "jax.nn.initializers",
    "jax.image",
    "jax.ops",
    "jax.tree",
    "jax.tree_util",
    "jax.dtypes",
    "jax.debug",
    "jax.experimental.pallas",
    "jax.experimental.sparse",
    *(found.name for found in pkgutil.walk_packages(jax.scipy.__path__, "jax.scipy.") if "._" not in found.name),
]
CLASSES = {"jax.Array": type(jax.numpy.ones(1)), "jax.At": type(jax.numpy.ones(1).at[0])}


def public_names(owner: object) -> set[str]:
    """The public names of a module or class, modules left out."""
    names = {name for name in dir(owner) if not name.startswith("_")}
    return {name for name in names if not isinstance(getattr(owner, name, None), types.ModuleType)}


@pytest.mark.parametrize("module", MODULES)
def test_every_public_callable_has_a_line(module: str) -> None:
    owner = importlib.import_module(module)
    public = {name for name in public_names(owner) if callable(getattr(owner, name, None))}
    assert public - set(lines(module)) == set()


@pytest.mark.parametrize("cls", CLASSES)
def test_every_public_attribute_has_a_line(cls: str) -> None:
    assert public_names(CLASSES[cls]) - set(lines(cls)) - set(samples_of(cls).LEFT_OUT) == set()


@pytest.mark.parametrize("method", ["reduce", "accumulate", "reduceat", "at", "outer"])
def test_every_ufunc_method_has_a_line(method: str) -> None:
    assert MODELS.find(f"jax.numpy.add.{method}") is not None
    assert MODELS.find(f"numpy.add.{method}") is not None
