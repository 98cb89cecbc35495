"""Sample calls of jax.experimental.pjit."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
from jax.experimental import pjit as module

from tests.models.claims import Samples, call

HERE = jax.sharding.SingleDeviceSharding(jax.devices()[0])


def add(x: Any, n: Any = 1) -> Any:
    """What is jitted."""
    return x + n


def on_ones(function: Any) -> Any:
    """Call the jitted function."""
    return function(jnp.ones(2))


OWNER = module
SAMPLES: Samples = {
    "pjit": [
        call(add, HERE, HERE).then(on_ones),
        call(add, static_argnums=1, donate_argnums=0).then(on_ones),
        call(add, static_argnames="n", donate_argnames="x").then(on_ones),
        call(add, backend="cpu").then(on_ones),
        call(add, device=jax.devices()[0]).then(on_ones),
    ],
}
FLOOR = 0.9
