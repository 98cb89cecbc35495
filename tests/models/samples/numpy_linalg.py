"""Sample calls of numpy.linalg."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

X = np.arange(1.0, 4.0)
J = jnp.arange(1.0, 4.0)
M = np.array([[2.0, 1.0], [1.0, 3.0]])

SAMPLES: Samples = {
    **{
        name: call(M)
        for name in names(
            "cholesky eig eigh eigvals eigvalsh qr svd svdvals inv pinv cond det matrix_norm matrix_rank norm "
            "slogdet trace vector_norm diagonal matrix_transpose"
        )
    },
    **{name: call(M, X[:2]) for name in names("lstsq solve tensorsolve")},
    **{name: call(X, X) for name in names("cross outer vecdot")},
    "norm": [call(X), call(M, axis=0, keepdims=True)],
    "vector_norm": [call(X), call(M, axis=0, keepdims=True)],
    "matrix_norm": [call(M), call(M, keepdims=True)],
    "tensorinv": call(M, 1),
    "matmul": call(M, M),
    "matrix_power": call(M, 2),
    "multi_dot": [call([M, M]), call([M, M], out=M @ M)],
    "tensordot": call(M, M, axes=1),
    "trace": [call(M, offset=0), call(M, dtype=J)],
    "diagonal": call(M, offset=0),
    "pinv": [call(M), call(M, 0.1), call(M, rtol=0.1).since("2.0")],
    "tensorsolve": [call(M, X[:2]), call(M, X[:2], (0,))],
}
NO_SIGNATURE = {"matmul": "a ufunc"}
