"""Sample calls of jax.scipy.optimize."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.array([1.0, 2.0])


def bowl(x: Any, *shifts: Any) -> Any:
    return jnp.sum((x - 2.0) ** 2) + sum(shifts)


SAMPLES: Samples = {
    "minimize": [
        call(bowl, X, method="BFGS"),
        # A partial function is not watched: it is called with `args` as they are, traced or not.
        call(partial(bowl), X, (1.0,), method="BFGS", options={"gtol": 1e-3, "maxiter": 5}),
    ],
    "OptimizeResults": call(X, True, 0, 0.5, X, X, 1, 2, 3),
}
FLOOR = 0.9
