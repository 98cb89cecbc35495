"""Sample calls of jax.lax.linalg."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

M = jnp.array([[2.0, 1.0], [1.0, 3.0]])
X = jnp.array([1.0, 2.0])
V = jnp.ones(3)


def positive(x: float) -> bool:
    """A choice of eigenvalues."""
    return x > 0


SAMPLES: Samples = {
    "cholesky": call(M, symmetrize_input=True),
    "eigh": call(M, lower=True, symmetrize_input=True, sort_eigenvalues=True, subset_by_index=(0, 2)),
    "eig": call(M, compute_left_eigenvectors=True, compute_right_eigenvectors=True),
    "lu": call(M),
    "qr": [call(M, full_matrices=True), call(M, pivoting=True, use_magma=True).since("0.6.0")],
    "svd": [call(M, full_matrices=True, compute_uv=True), call(M, full_matrices=False, subset_by_index=(0, 2))],
    "schur": call(M, compute_schur_vectors=True, sort_eig_vals=False, select_callable=positive),
    "hessenberg": call(M),
    "tridiagonal": call(M, lower=True),
    "qdwh": [call(M, is_hermitian=False, max_iterations=5, eps=1e-3), call(M, dynamic_shape=(2, 2))],
    "triangular_solve": call(
        M, M, left_side=True, lower=True, transpose_a=True, conjugate_a=False, unit_diagonal=False
    ),
    "tridiagonal_solve": call(V, V, V, jnp.ones((3, 2))),
    "householder_product": call(M, X),
    "ormqr": call(M, X, M, left=True, transpose=True),
    "symmetric_product": call(M, M, alpha=1.0, beta=0.0, symmetrize_output=True),
    "cholesky_update": call(M, X),
    "lu_pivots_to_permutation": call(jnp.array([0, 1]), 2),
}
FLOOR = 0.98
