# Making one
def fromdense(mat: Unless[Counted, "nse"], *, nse: Size = None, index_dtype: Dtype = ..., n_dense: Static = 0, n_batch: Static = 0) -> Object["jax.experimental.sparse.BCSR"]: ...
def from_bcoo(arr: Array) -> Object["jax.experimental.sparse.BCSR"]: ...
def from_scipy_sparse(mat: Any, *, index_dtype: Dtype = None, n_dense: Static = 0, n_batch: Static = 0) -> Object["jax.experimental.sparse.BCSR"]: ...

# Methods
def sum_duplicates(self: Unless[Counted, "nse", "remove_zeros"], nse: Size = None, remove_zeros: Static = True) -> Object["jax.experimental.sparse.BCSR"]: ...
def to_bcoo(self: Array) -> Object["jax.experimental.sparse.BCOO"]: ...
def todense(self: Array) -> Array: ...

# What it is made of
data: Derived
indices: Derived
indptr: Derived
shape: Concrete
dtype: Concrete
ndim: Concrete
size: Concrete
nse: Concrete
n_batch: Concrete
n_dense: Concrete
n_sparse: Concrete
indices_sorted: Concrete
unique_indices: Concrete
T: Unknown
