"""Sample calls of jax.scipy.linalg."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

M = jnp.array([[2.0, 1.0], [1.0, 3.0]])
X = jnp.array([1.0, 2.0])

SAMPLES: Samples = {
    "solve": [call(M, X), call(M, X, True, assume_a="pos")],
    "solve_triangular": [call(M, X), call(M, X, 0, True, True)],
    "cho_solve": call((M, True), X),
    "lu_solve": call((M, jnp.array([0, 1])), X, 0),
    **{name: call(M) for name in names("inv det lu_factor")},
    "cholesky": call(M, True),
    "cho_factor": call(M, True),
    "lu": call(M, True),
    "qr": [call(M), call(M, mode="r", pivoting=False)],
    "svd": call(M, True, True),
    "eigh": call(M, lower=True, eigvals_only=True, type=1),
    "eigh_tridiagonal": call(X, X[:1], eigvals_only=True),
    "schur": call(M),
    "rsf2csf": call(M, M),
    "hessenberg": call(M, calc_q=True),
    "expm": call(M, upper_triangular=False, max_squarings=8),
    "expm_frechet": call(M, M, compute_expm=True),
    "funm": call(M, lambda x: x),
    "sqrtm": call(M, 1),
    "polar": call(M, max_iterations=5),
    "block_diag": call(M, M),
    "toeplitz": call(X, X),
    "hankel": call(X, X),
    "circulant": call(X),
    "companion": call(X),
    **{name: call(2) for name in names("dft hadamard hilbert invhilbert pascal invpascal")},
    "helmert": call(3, True),
    "convolution_matrix": call(X, 3),
}
FLOOR = 0.85
