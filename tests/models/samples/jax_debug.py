"""Sample calls of jax.debug."""

from __future__ import annotations

import importlib.util

import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs
from tests.models.samples.jax_sharding import SHARDING

X = jnp.arange(3.0)


def receive(x: object) -> None:
    """A callback."""


SAMPLES: Samples = {
    "print": [call("{} {a}", X, a=X), call("")],
    "log": call("{} {a}", X, a=X),
    "callback": [call(receive, X), call(receive, x=X)],
    "breakpoint": [call(x=X), call_for_needs(token=X)],
    "inspect_array_sharding": call(X, callback=receive),
}
if importlib.util.find_spec("rich"):
    SAMPLES["visualize_array_sharding"] = call(X, use_color=False, scale=1.0, min_width=3, max_width=80)
    SAMPLES["visualize_sharding"] = call((3,), SHARDING)
