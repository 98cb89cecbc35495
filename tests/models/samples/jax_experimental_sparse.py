"""Sample calls of jax.experimental.sparse."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.experimental import sparse
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from tests.models.claims import Samples, call

DENSE = jnp.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]])
BCOO = sparse.BCOO.fromdense(DENSE)
BCSR = sparse.BCSR.fromdense(DENSE)
COO = sparse.COO.fromdense(DENSE)
CSR = sparse.CSR.fromdense(DENSE)
EVERYWHERE = NamedSharding(Mesh(np.array(jax.devices()[:1]), ("i",)), PartitionSpec())
KEY = jax.random.key(0)
X, TWO = jnp.ones(3), jnp.ones((3, 2))
SIGNAL, KERNEL = (sparse.BCOO.fromdense(jnp.ones((1, 1, size))) for size in (8, 3))
ROWS = jax.lax.GatherDimensionNumbers(offset_dims=(1,), collapsed_slice_dims=(0,), start_index_map=(0,))
PRODUCT = (((1,), (0,)), ((), ()))
NARROW: dict[str, Any] = {"nse": 3, "index_dtype": np.int32}


def total(matrix: Any) -> Any:
    """A number made of a sparse matrix."""
    return (matrix @ X).sum()


def twice(x: Any) -> Any:
    """A function of an array."""
    return x * 2.0


def on_sparse(function: Any) -> Any:
    """Call the transformed function."""
    return function(BCOO)


def on_dense(function: Any) -> Any:
    """Call the transformed function."""
    return function(X)


SAMPLES: Samples = {
    # Making sparse arrays
    "empty": [call((2, 3), jnp.float32, np.int32, "bcoo"), call((2, 3), nse=2)],
    "eye": [call(3, 3, 1, jnp.float32, np.int32, "bcoo"), call(3, n_batch=0, n_dense=0)],
    "random_bcoo": call(
        KEY, (2, 3), dtype=jnp.float32, indices_dtype=np.int32, nse=2, generator=jax.random.uniform, minval=0.5
    ),
    "todense": call(BCOO),
    # Transformations
    "sparsify": call(total).then(on_sparse),
    **{name: call(total, 0).then(on_sparse) for name in ("grad", "value_and_grad")},
    **{name: call(twice, 0).then(on_dense) for name in ("jacfwd", "jacrev", "jacobian")},
    # BCOO
    "BCOO": call((BCOO.data, BCOO.indices), shape=(2, 3)).then(sparse.todense),
    "bcoo_broadcast_in_dim": call(BCOO, shape=(1, 2, 3), broadcast_dimensions=(1, 2)),
    "bcoo_concatenate": call([BCOO, BCOO], dimension=0),
    "bcoo_conv_general_dilated": [
        call(SIGNAL, KERNEL, window_strides=(1,), padding="VALID"),
        call(SIGNAL, KERNEL, window_strides=(1,), padding=[(1, 1)], lhs_dilation=(1,), rhs_dilation=(1,)),
        call(SIGNAL, KERNEL, window_strides=(1,), padding="VALID", dimension_numbers=("NCH", "OIH", "NCH")),
        call(SIGNAL, KERNEL, window_strides=(1,), padding="VALID", precision="highest"),
        call(SIGNAL, KERNEL, window_strides=(1,), padding="VALID", preferred_element_type=jnp.float32),
        call(SIGNAL, KERNEL, window_strides=(1,), padding="VALID", out_sharding=EVERYWHERE).since("0.8.0"),
    ],
    "bcoo_dot_general": call(BCOO, TWO, dimension_numbers=PRODUCT),
    "bcoo_dot_general_sampled": call(DENSE, TWO, jnp.array([[0, 0], [1, 1]]), dimension_numbers=PRODUCT),
    "bcoo_dynamic_slice": call(BCOO, (0, 1), (1, 2)),
    "bcoo_extract": call(BCOO, DENSE, assume_unique=True),
    "bcoo_fromdense": [call(DENSE, **NARROW), call(DENSE)],
    "bcoo_gather": call(BCOO, jnp.array([[0], [1]]), ROWS, (1, 3), fill_value=0.0),
    "bcoo_multiply_dense": call(BCOO, DENSE),
    "bcoo_multiply_sparse": call(BCOO, BCOO),
    "bcoo_reduce_sum": call(BCOO, axes=(0,)),
    "bcoo_reshape": call(BCOO, new_sizes=(3, 2), dimensions=(0, 1)),
    "bcoo_rev": call(BCOO, (0,)),
    "bcoo_slice": call(BCOO, start_indices=(0, 1), limit_indices=(1, 3), strides=(1, 1)),
    "bcoo_sort_indices": call(BCOO),
    "bcoo_squeeze": call(sparse.BCOO.fromdense(DENSE[None]), dimensions=(0,)),
    "bcoo_sum_duplicates": [call(BCOO, 3), call(BCOO)],
    "bcoo_todense": call(BCOO),
    "bcoo_transpose": call(BCOO, permutation=(1, 0)),
    "bcoo_update_layout": call(BCOO, n_batch=0, n_dense=0),
    # BCSR
    "BCSR": call((BCSR.data, BCSR.indices, BCSR.indptr), shape=(2, 3)).then(sparse.todense),
    "bcsr_broadcast_in_dim": call(BCSR, shape=(1, 2, 3), broadcast_dimensions=(1, 2)),
    "bcsr_concatenate": call([BCSR, BCSR], dimension=0),
    "bcsr_dot_general": call(BCSR, TWO, dimension_numbers=PRODUCT, preferred_element_type=jnp.float32),
    "bcsr_extract": call(BCSR.indices, BCSR.indptr, DENSE),
    "bcsr_fromdense": [call(DENSE, **NARROW), call(DENSE)],
    "bcsr_sum_duplicates": [call(BCSR, 3), call(BCSR)],
    "bcsr_todense": call(BCSR),
    # COO
    "COO": call((COO.data, COO.row, COO.col), shape=(2, 3)).then(sparse.todense),
    "coo_fromdense": [call(DENSE, **NARROW), call(DENSE)],
    "coo_matmat": call(COO, TWO),
    "coo_matvec": call(COO, X),
    "coo_todense": call(COO),
    # CSR and CSC
    "CSR": call((CSR.data, CSR.indices, CSR.indptr), shape=(2, 3)),
    "CSC": call((CSR.data, CSR.indices, CSR.indptr), shape=(3, 2)),
    "csr_fromdense": [call(DENSE, **NARROW), call(DENSE)],
    "csr_matmat": call(CSR, TWO),
    "csr_matvec": call(CSR, X),
    "csr_todense": call(CSR),
}
FLOOR = 0.95
