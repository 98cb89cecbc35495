"""Sample calls of jax.custom_derivatives."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.custom_derivatives
import jax.numpy as jnp
from jax.custom_derivatives import CustomVJPPrimal

from tests.models.claims import Samples, call
from tests.models.samples import names
from tests.models.samples.inside import module_with
from tests.models.samples.jax import SAMPLES as FUNCTIONS

X = jnp.arange(1.0, 4.0)


def of_primals(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of a tree of CustomVJPPrimal, made into one of a tree of arrays."""

    @functools.wraps(function)
    def inside(tree: Any) -> Any:
        return function(jax.tree.map(lambda x: CustomVJPPrimal(x, True), tree))

    return inside


OWNER = module_with(jax.custom_derivatives, of_primals, ["custom_vjp_primal_tree_values"])

SAMPLES: Samples = {
    **{name: FUNCTIONS[name] for name in names("custom_jvp custom_vjp custom_gradient closure_convert")},
    "linear_call": call(lambda r, x: x / r, lambda r, t: t / r, X, X),
    "custom_vjp_primal_tree_values": call({"a": X}),
    "zero_from_primal": call(X, symbolic_zeros=True),
}
