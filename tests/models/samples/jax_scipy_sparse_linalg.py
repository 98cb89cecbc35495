"""Sample calls of jax.scipy.sparse.linalg."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

M = jnp.array([[2.0, 1.0], [1.0, 3.0]])
X = jnp.array([1.0, 2.0])


def double(x: Any) -> Any:
    return 2.0 * x


SAMPLES: Samples = {
    **{
        name: [call(M, X), call(double, X, X, tol=1e-3, atol=1e-3, maxiter=3, M=M)]
        for name in names("bicgstab cg gmres")
    },
    "gmres": [
        *[call(M, X), call(double, X, X, tol=1e-3, atol=1e-3, restart=2, maxiter=3, M=M)],
        call(M, X, solve_method="incremental"),
    ],
}
FLOOR = 0.98
