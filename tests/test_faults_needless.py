"""JIT903: static arguments that need not be, as flake8 prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_flake8 import flake8

STEP = """\
from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames=("rate",))
def step(params, rate: float):
    return params - rate


step(jnp.ones(2), 0.5)
"""
TEXT = (
    "JIT903 'rate' of step is static, but nothing needs its value; trace it, so that its values share one compilation"
)


def test_a_needless_static_is_reported_on_demand(tmp_path: Path) -> None:
    """The report stands at the option that declares it."""
    (tmp_path / "step.py").write_text(STEP)
    assert flake8(tmp_path, "step.py").stdout == ""
    assert flake8(tmp_path, "--select=JIT903", "step.py").stdout == f"step.py:7:19: {TEXT}\n"
    (tmp_path / "step.py").write_text(STEP.replace('("rate",))', '("rate",))  # noqa: JIT903'))
    assert flake8(tmp_path, "--select=JIT903", "step.py").stdout == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("params - rate", "params - unknown(rate)", id="an unknown function"),
        pytest.param("params - rate", "params - rate.real", id="an attribute"),
        pytest.param("params - rate", "params - unknown", id="not used"),
        pytest.param("params - rate", "stage(params) - rate", id="an unknown operand"),
        pytest.param(": float", "", id="nobody says number"),
        pytest.param("jit, ", "jit, in_shardings=unknown, ", id="shardings count the traced ones"),
        pytest.param("params - rate", "params - jnp.power(2.0, rate)", id="a power"),
        pytest.param("params - rate", "params - [rate][0]", id="a container"),
        pytest.param("params - rate", "jax.vmap(unknown(lambda p: p - rate))(params)", id="an inner function"),
    ],
)
def test_what_is_not_known_is_silent(tmp_path: Path, old: str, new: str) -> None:
    program = STEP.replace(old, new, 1).replace("step(jnp.ones(2), 0.5)", "")
    assert program != STEP
    (tmp_path / "step.py").write_text(program)
    assert flake8(tmp_path, "--select=JIT903", "step.py").stdout == ""
