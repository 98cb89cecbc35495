"""Sample calls of jax.dtypes."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(3.0)
N = jnp.arange(3)

SAMPLES: Samples = {
    "canonicalize_dtype": call("float32", allow_extended_dtype=True),
    "finfo": call(X),
    "iinfo": call(N),
    "issubdtype": call(X, N),
    "itemsize_bits": call(X),
    "result_type": call(X, N, return_weak_type_flag=True),
    "scalar_type_of": call(X),
}
