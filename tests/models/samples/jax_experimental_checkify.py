"""Sample calls of jax.experimental.checkify."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
from jax.experimental import checkify

from tests.models.claims import Samples, call
from tests.models.samples.inside import module_with

X = jnp.ones(2)


def checked(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call `function` inside checkify, without which no check can be staged."""

    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        kept: list[Any] = []
        checkify.checkify(lambda: kept.append(function(*args, **kwargs)))()
        return kept[0]

    return inside


def positive(x: Any) -> Any:
    """A function with a check."""
    checkify.check(x[0] > 0, "not positive")
    return x


OWNER = module_with(checkify, checked, ("check", "debug_check", "check_error"))
SAMPLES: Samples = {
    "checkify": call(positive, checkify.user_checks).then(lambda function: function(X)),
    "check": call(jnp.array(True), "{} {x}", X, x=X),
    "debug_check": call(jnp.array(True), "{} {x}", X, x=X),
    "check_error": call(checkify.checkify(positive)(X)[0]),
}
FLOOR = 0.9
