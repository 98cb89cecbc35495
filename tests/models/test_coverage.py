"""Every public name of the modules that promise it has a stub line."""

from __future__ import annotations

import importlib
import types

import jax
import pytest

from tests.models.claims import lines

pytestmark = pytest.mark.skipif(not jax.__version__.startswith("0.10."), reason="the stubs describe JAX 0.10")


@pytest.mark.parametrize("module", ["jax.numpy", "jax.numpy.linalg", "jax.numpy.fft"])
def test_every_public_name_has_a_line(module: str) -> None:
    members = vars(importlib.import_module(module)).items()
    public = {name for name, member in members if name[0] != "_" and not isinstance(member, types.ModuleType)}
    assert public == set(lines(module))
