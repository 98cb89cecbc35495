"""Sample calls of jax.experimental.sparse.BCOO."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np
import scipy.sparse
from jax.experimental import sparse

from tests.models.claims import Samples, call
from tests.models.samples.inside import class_as_module

DENSE = jnp.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]])
SELF = sparse.BCOO.fromdense(DENSE)
OWNER = class_as_module(sparse.BCOO)

SAMPLES: Samples = {
    "fromdense": [call(DENSE, nse=3, index_dtype=np.int32), call(DENSE)],
    "from_scipy_sparse": call(scipy.sparse.csr_matrix(np.array(DENSE)), index_dtype=np.int32),
    "astype": [call(SELF, jnp.int32), call(SELF, dtype=jnp.int32)],
    "reshape": [call(SELF, 3, 2), call(SELF, (3, 2)), call(SELF, (3, 2), order="C")],
    "sort_indices": call(SELF),
    "sum": [call(SELF), call(SELF, 0), call(SELF, axis=1)],
    "sum_duplicates": [call(SELF, 3, False), call(SELF)],
    "todense": call(SELF),
    "transpose": call(SELF, (1, 0)),
    "update_layout": call(SELF, n_batch=0, n_dense=0),
}
FLOOR = 0.9
