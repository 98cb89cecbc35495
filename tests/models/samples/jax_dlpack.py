"""Sample calls of jax.dlpack."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call, call_for_needs
from tests.models.samples.jax_sharding import CPU

X = jnp.arange(1.0, 4.0)
V = np.arange(3.0, dtype=np.float32)

SAMPLES: Samples = {
    "from_dlpack": [call(V), call_for_needs(V, CPU, True)],
    "to_dlpack": call(X),
    "is_supported_dtype": call(X),
}
