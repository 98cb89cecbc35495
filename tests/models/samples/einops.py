"""Sample calls of einops."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call, call_for_needs

X = np.arange(6.0, dtype=np.float32).reshape(2, 3)
Y = jnp.asarray(X)

SAMPLES: Samples = {
    "rearrange": [
        call(X, "a b -> b a"),
        call(X, "a (b c) -> a b c", c=3),
        call_for_needs([Y, Y], "n a b -> a (n b)", n=2),
    ],
    "reduce": [call(X, "a b -> b", "sum"), call(X, "a (b c) -> a b", "mean", c=3)],
    "repeat": call(X, "a b -> a b n", n=2),
    "einsum": call(X, X, "a b, a b -> b"),
    "pack": call_for_needs([Y, Y], "a *"),
    "unpack": call(X, [(1,), (2,)], "a *"),
    "parse_shape": call(X, "a b"),
    "asnumpy": call(jnp.ones(3)),
}
