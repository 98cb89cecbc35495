"""Sample calls of jax.nn.initializers."""

from __future__ import annotations

import jax

from tests.models.claims import Samples, call

KEY = jax.random.key(0)

SAMPLES: Samples = {
    "ones": [call(KEY, (2, 3)), call(KEY, 3)],
    "zeros": [call(KEY, (2, 3)), call(KEY, shape=(3,))],
}
FLOOR = 0.8
