"""Sample calls of jax.experimental.sparse.CSC."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
from jax.experimental import sparse

from tests.models.claims import Samples, call
from tests.models.samples.inside import class_as_module

DENSE = jnp.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]])
SELF = sparse.CSC.fromdense(DENSE)
OWNER = class_as_module(sparse.CSC)

SAMPLES: Samples = {
    "fromdense": [call(DENSE, nse=3, index_dtype=np.int32), call(DENSE)],
    "todense": call(SELF),
    "transpose": call(SELF),
}
FLOOR = 0.9
