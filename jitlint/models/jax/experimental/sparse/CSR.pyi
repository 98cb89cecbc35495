# Making one
def fromdense(mat: Unless[Counted, "nse"], *, nse: Size = None, index_dtype: Any = ...) -> Object["jax.experimental.sparse.CSR"]: ...

# Methods
def todense(self: Array) -> Array: ...
def transpose(self: Array, axes: Any = None) -> Object["jax.experimental.sparse.CSC"]: ...

# What it is made of
data: Derived
indices: Derived
indptr: Derived
shape: Concrete
dtype: Concrete
ndim: Concrete
size: Concrete
nse: Concrete
T: Unknown
