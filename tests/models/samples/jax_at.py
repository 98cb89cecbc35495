"""Sample calls of the methods of `x.at[index]`; the first value is x."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(6.0)
OWNER = type(X.at[0])


INDEX = jnp.array([1, 2])


def receiver(x: Any) -> Any:
    """What the methods are called on."""
    return x.at[INDEX]


UPDATES = ("set", "add", "subtract", "mul", "multiply", "divide", "power", "min", "max")

SAMPLES: Samples = {
    **{name: [call(X, 2.0), call(X, X[:2], mode="drop"), call(X, 1)] for name in UPDATES},
    "apply": [call(X, lambda v: v + 1, mode="drop")],
    "get": [call(X), call(X, mode="drop"), call(X, mode="fill", fill_value=2.0)],
}
LEFT_OUT = dict.fromkeys(("array", "index"), "the parts of x.at[index], for JAX's own use")
