"""The collective operations of jax.lax, which need an axis name around them, against JAX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest

from jitlint.models import SHIPPED, Model, Need, ReturnKind

X = jnp.ones((2, 2, 2))
CALLS: dict[str, dict[str, Any]] = {
    "all_gather": {"axis": 0},
    "all_to_all": {"split_axis": 0, "concat_axis": 0},
    "pmax": {},
    "pmean": {},
    "pmin": {},
    "ppermute": {"perm": [(0, 1), (1, 0)]},
    "pshuffle": {"perm": [1, 0]},
    "psum": {},
    "psum_scatter": {"scatter_dimension": 0},
    "pswapaxes": {"axis": 0},
}


def run(name: str, options: dict[str, Any], traced: str = "") -> Any:
    """Call under jit inside a mapped axis, with one option traced; whether the result is traced."""
    found = []

    def body(xs: jax.Array, value: Any) -> Any:
        given = {**options, traced: value} if traced else options

        def one(x: Any) -> Any:
            found.append(isinstance(function(x, "i", **given), jax.core.Tracer))
            return x

        return jax.vmap(one, axis_name="i")(xs)

    function: Callable[..., Any] = getattr(jax.lax, name)
    jax.jit(body).lower(X, options.get(traced, 0))
    return found[0]


@pytest.mark.parametrize("name", CALLS)
def test_collective(name: str) -> None:
    model = SHIPPED.find(f"jax.lax.{name}")
    assert isinstance(model, Model) and model.returns.kind is ReturnKind.TREE
    assert run(name, CALLS[name])
    for parameter in model.parameters:
        if parameter.name in CALLS[name]:
            assert parameter.need in (Need.STATIC, Need.AXIS)
            with pytest.raises(Exception, match=r"."):
                run(name, CALLS[name], traced=parameter.name)


def test_axis_index_and_size() -> None:
    found: list[Any] = []

    def body(x: Any) -> Any:
        found.extend([jax.lax.axis_index("i"), jax.lax.axis_size("i")])
        return x

    jax.make_jaxpr(jax.vmap(body, axis_name="i"))(X)
    index, size = (SHIPPED.find(f"jax.lax.{name}") for name in ("axis_index", "axis_size"))
    assert isinstance(index, Model) and index.returns.kind is ReturnKind.ARRAY
    assert isinstance(size, Model) and size.returns.kind is ReturnKind.CONCRETE
    assert [isinstance(value, jax.core.Tracer) for value in found] == [True, False]
