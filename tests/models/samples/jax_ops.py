"""Sample calls of jax.ops."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names
from tests.models.samples.jax_sharding import EXPLICIT

X = jnp.arange(1.0, 4.0)
N = jnp.arange(3)

SAMPLES: Samples = {
    name: [
        call(X, N, 3),
        call(X, N, num_segments=3, indices_are_sorted=True, unique_indices=True, bucket_size=2, mode="drop"),
        call(X, N, 3, out_sharding=EXPLICIT).since("0.10.2"),
    ]
    for name in names("segment_sum segment_prod segment_max segment_min")
}
