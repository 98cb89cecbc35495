"""Sample calls of jax.ref. Where the stub says `ref`, the samples give the array that it is made of."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names
from tests.models.samples.inside import module_with
from tests.models.samples.jax import SAMPLES as FUNCTIONS

X = jnp.arange(1.0, 4.0)
FIRST = jnp.array(0)


def of_reference(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a reference, made into one of the array that it is made of."""

    @functools.wraps(function)
    def inside(ref: Any, *args: Any, **kwargs: Any) -> Any:
        return function(jax.new_ref(ref), *args, **kwargs)

    return inside


if hasattr(jax, "ref"):
    OWNER = module_with(jax.ref, of_reference, names("freeze free_ref get set swap addupdate"))

SAMPLES: Samples = {
    **{name: FUNCTIONS[name] for name in names("new_ref empty_ref free_ref freeze")},
    "get": [call(X), call(X, 0)],
    "set": call(X, FIRST, X[0]),
    "swap": call(X, FIRST, X[0]),
    "addupdate": call(X, FIRST, X[0]),
}
