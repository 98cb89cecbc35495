"""Calls that pass a parameter with a default: whatever makes them, they are evidence at the jit site."""

from __future__ import annotations

import ast

import pytest

from jitlint.checker import check
from jitlint.settings import Settings

PROGRAM = """\
from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
def pad(x, width=2):
    return jnp.concatenate([jnp.zeros(width), x]).sum()


row, rows, widths = jnp.ones(3), jnp.ones((2, 3)), [1, 2]
"""


def codes(call: str) -> list[str]:
    """The codes of the findings, with a call at the end of the program."""
    program = PROGRAM + call + "\n"
    return [f.code for f in check(program.splitlines(keepends=True), ast.parse(program), Settings())]


@pytest.mark.parametrize(
    "call",
    [
        "pad(row, 3)",
        "pad(row, width=3)",
        "pad(*(row, 3))",
        "pad(row, **{'width': 3})",
        "pad.lower(row, 3).compile()",
        "pad.eval_shape(row, 3)",
        "jax.eval_shape(pad, row, 3)",
        "jax.make_jaxpr(pad)(row, 3)",
        "jax.grad(pad)(row, 3)",
        "jax.value_and_grad(pad, argnums=0)(row, width=3)",
        "jax.vmap(pad, in_axes=(0, None))(rows, 3)",
        "jax.vmap(lambda r: pad(r, 3))(rows)",
        "jax.vmap(jax.grad(pad), (0, None))(rows, 3)",
        "jax.checkpoint(pad)(row, 3)",
        "list(map(pad, rows, widths))",
        "list(map(lambda w: pad(row, w), widths))",
        "sorted(widths, key=lambda w: pad(row, w))",
        "jax.tree.map(partial(pad, row), {'a': 3})",
        "jax.tree.map(lambda r: pad(r, 3), {'a': row})",
        "partial(pad, width=3)(row)",
        "[pad(row, w) for w in widths]",
        "(lambda r: pad(r, 3))(row)",
    ],
)
def test_a_default_that_a_call_passes(call: str) -> None:
    assert set(codes(call)) == {"JIT101"}


@pytest.mark.parametrize(
    "call",
    [
        "pad(row)",
        "jax.vmap(pad)(rows)",
        "jax.grad(pad)(row)",
        "list(map(pad, rows))",
        "jax.tree.map(pad, {'a': row})",
        "jax.make_jaxpr(pad)(row)",
        "jax.make_jaxpr(pad.__wrapped__, static_argnums=1)(row, 3)",
        "jax.vmap(lambda r: pad.__wrapped__(r, 3))(rows)",
        "lambda r: pad(r, 3)",
        "partial(pad, width=3)",
    ],
)
def test_a_default_that_no_call_passes(call: str) -> None:
    assert set(codes(call)) == {"JIT901"}


def test_a_size_that_vmap_maps_is_an_array() -> None:
    """Static can not help there."""
    assert codes("jax.vmap(pad)(rows, jnp.arange(2))") == ["JIT401"]
