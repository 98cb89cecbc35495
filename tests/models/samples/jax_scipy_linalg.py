"""Sample calls of jax.scipy.linalg."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs
from tests.models.samples import names

M = jnp.array([[2.0, 1.0], [1.0, 3.0]])
X = jnp.array([1.0, 2.0])
I32 = jnp.int32

SAMPLES: Samples = {
    "solve": [call(M, X), call(M, X, True, assume_a="pos")],
    "solve_triangular": [call(M, X), call(M, X, 0, True, True)],
    "solve_sylvester": [call(M, M, M), call(M, M, M, method="eigen", tol=1e-3)],
    "cho_solve": call((M, True), X),
    "lu_solve": call((M, jnp.array([0, 1])), X, 0),
    **{name: call(M) for name in names("inv det lu_factor schur")},
    "cholesky": call(M, True),
    "cho_factor": call(M, True),
    "lu": call(M, True),
    "qr": [call(M), call(M, mode="r", pivoting=False)],
    "qr_multiply": call(M, M, "left", False, True),
    "svd": call(M, True, True),
    "eigh": [call(M), call(M, lower=True, eigvals_only=True, type=1)],
    "eigh_tridiagonal": [
        call(X, X[:1], eigvals_only=True),
        call(X, X[:1], eigvals_only=True, select="i", select_range=(0, 1), tol=1e-3),
        call(X, X[:1], key=jax.random.key(0)).since("0.10.0"),
    ],
    "rsf2csf": call(M, M),
    "hessenberg": call(M, calc_q=True),
    "expm": call(M, upper_triangular=False, max_squarings=8),
    "expm_frechet": call(M, M, compute_expm=True),
    "funm": [call(M, lambda x: x), call_for_needs(M, lambda x: x, False)],
    "sqrtm": call(M, 1),
    "polar": [call(M), call(M, max_iterations=5), call(M, "left", method="svd")],
    "block_diag": call(M, M),
    **{name: call(X, X) for name in names("toeplitz hankel")},
    **{name: call(X) for name in names("circulant companion fiedler fiedler_companion")},
    "leslie": call(X, X[:1]),
    **{name: call(2) for name in names("hilbert invhilbert")},
    **{name: call(2, "lower") for name in names("pascal invpascal")},
    "dft": call(2, "sqrtn", dtype=jnp.complex64),
    "hadamard": call(2, I32),
    "helmert": call(3, True),
    "convolution_matrix": call(X, 3),
}
FLOOR = 0.8
