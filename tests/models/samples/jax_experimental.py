"""Sample calls of jax.experimental."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call


def identity(x: jax.Array) -> jax.Array:
    """A callback."""
    return x


SAMPLES: Samples = {
    "io_callback": [
        call(identity, jax.ShapeDtypeStruct((), jnp.float32), 1.0),
        call(identity, jax.ShapeDtypeStruct((), jnp.float32), x=1.0),
    ],
}
FLOOR = 0.9
