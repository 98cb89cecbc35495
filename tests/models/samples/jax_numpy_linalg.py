"""Sample calls of jax.numpy.linalg."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs

V = jnp.array([0.5, 0.25, 1.0])
A = jnp.array([[2.0, 0.5, 0.1], [0.5, 3.0, 0.2], [0.1, 0.2, 4.0]])
B = jnp.arange(6.0).reshape(3, 2)
T = jnp.eye(4).reshape(2, 2, 2, 2)

SAMPLES: Samples = {
    "cholesky": [call(A, upper=True), call(A, symmetrize_input=False).since("0.6.0")],
    "eig": call(A),
    "eigh": [call(A), call(A, "L", False)],
    "eigvals": call(A),
    "eigvalsh": [call(A, "L"), call(A, symmetrize_input=False).since("0.6.0")],
    "qr": [call(B), call(B, "r")],
    "svd": [call(B), call(B, False, True), call(A, hermitian=True), call_for_needs(B, False, True, False, (0, 2))],
    "svdvals": call(B),
    "cond": [call(A), call(A, 2)],
    "det": call(A),
    "matrix_norm": [call(A), call(A, keepdims=True, ord=1)],
    "matrix_rank": [call(B), call(B, 0.1), call(B, tol=0.1), call(A, hermitian=True).since("0.10.1")],
    "norm": [call(B), call(B, 1, 0, True), call(B, 2, (0, 1))],
    "slogdet": [call(A), call(A, method="lu")],
    "trace": call(A, offset=1),
    "vector_norm": [call(V), call(B, axis=0, keepdims=True, ord=1), call(B, axis=(0, 1))],
    "inv": call(A),
    "lstsq": [call(B, V), call(B, V, 0.1, numpy_resid=False)],
    "pinv": [call(B), call(A, 0.1, True), call(B, rcond=0.1)],
    "solve": call(A, V),
    "tensorinv": [call(T), call(T, 2)],
    "tensorsolve": [call(T, jnp.ones((2, 2))), call(T, jnp.ones((2, 2)), (0, 1))],
    "cross": [call(V, V), call(A, A, axis=0)],
    "diagonal": call(A, offset=1),
    "matmul": call(A, V),
    "matrix_power": call(A, 2),
    "matrix_transpose": call(B),
    "multi_dot": call([A, A, B]),
    "outer": call(V, V),
    "tensordot": [call(A, V, axes=1), call(A, A, axes=((0, 1), (0, 1)))],
    "vecdot": [call(V, V), call(A, A, axis=0)],
}
