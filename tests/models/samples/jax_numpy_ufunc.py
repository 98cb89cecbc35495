"""Sample calls of the methods of jax.numpy.ufunc; the first value is the function."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(6.0).reshape(2, 3) / 4
V = jnp.array([0.5, 0.25, 1.0])
I = jnp.array([0, 2])
OWNER = jnp.ufunc
SELF = ()
OWN = jnp.frompyfunc(lambda a, b: a + b, 2, 1, identity=0)


def receiver(x: Any) -> Any:
    """The function itself, for the methods; `OWN` for the attributes."""
    return OWN if x is SELF else x


SAMPLES: Samples = {
    "reduce": [call(f, X, 1, jnp.float32, None, True, 1.0, X > 0.5) for f in (jnp.add, OWN)] + [call(jnp.maximum, X)],
    "accumulate": [call(f, X, 1) for f in (jnp.add, jnp.maximum, OWN)],
    "outer": [call(f, V, V) for f in (jnp.add, jnp.maximum, OWN)],
    "at": [call(f, V, i, 2.0, inplace=False) for f in (jnp.add, jnp.maximum, OWN) for i in (I, 1)],
    "reduceat": [call(f, X, I, 1) for f in (jnp.add, OWN)],
}
