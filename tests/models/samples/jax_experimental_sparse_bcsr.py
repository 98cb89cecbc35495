"""Sample calls of jax.experimental.sparse.BCSR."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import scipy.sparse
from jax.experimental import sparse

from tests.models.claims import Samples, call
from tests.models.samples.inside import class_as_module

DENSE = jnp.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]])
SELF = sparse.BCSR.fromdense(DENSE)
OWNER = class_as_module(sparse.BCSR)

SAMPLES: Samples = {
    "fromdense": [call(DENSE, nse=3, index_dtype=np.int32), call(DENSE)],
    "from_scipy_sparse": call(scipy.sparse.csr_matrix(np.array(DENSE)), index_dtype=np.int32),
    "from_bcoo": call(sparse.BCOO.fromdense(DENSE)),
    "sum_duplicates": [call(SELF, 3, False), call(SELF)],
    "to_bcoo": call(SELF),
    "todense": call(SELF),
}
FLOOR = 0.9
