"""Sample calls of the methods of jax.numpy.ufunc; the first value is the function."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from tests.models.claims import Call, Samples, call

X = jnp.arange(6.0).reshape(2, 3) / 4
V = jnp.array([0.5, 0.25, 1.0])
I = jnp.array([0, 2])
OWNER = jnp.ufunc
SELF = ()
OWN = jnp.frompyfunc(lambda a, b: a + b, 2, 1, identity=0)


def receiver(x: Any) -> Any:
    """The function itself, for the methods; `OWN` for the attributes."""
    return OWN if x is SELF else x


def _of(*args: Any, **kwargs: Any) -> list[Call]:
    """The call for a ufunc of the user's, and for JAX's own since they are ufuncs."""
    return [call(OWN, *args, **kwargs), call(jnp.add, *args, **kwargs).since("0.4.34")]


SAMPLES: Samples = {
    "reduce": [*_of(X, 1, jnp.float32, None, True, 1.0, X > 0.5), call(jnp.maximum, X).since("0.6.2")],
    "accumulate": [*_of(X, 1), call(jnp.maximum, X, 1).since("0.6.2")],
    "outer": [*_of(V, V), call(jnp.maximum, V, V).since("0.6.2")],
    "at": [*_of(V, I, 2.0, inplace=False), *_of(V, 1, 2.0, inplace=False)],
    "reduceat": _of(X, I, 1),
}
