"""Sample calls of an initializer; the first value is the initializer."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples.jax_nn_initializers import KEY, SHARDING

NORMAL = jax.nn.initializers.normal()

SAMPLES: Samples = {
    "__call__": [
        *[call(NORMAL, KEY, (2, 3), jnp.float32), call(NORMAL, KEY, (2,))],
        call(NORMAL, KEY, (2,), out_sharding=SHARDING).since("0.6.2"),
    ],
}
if jax.__version__ == "0.4.30":
    NO_SIGNATURE = {"__call__": "the protocol shows no self"}
FLOOR = 0.98
