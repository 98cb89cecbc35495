# Making one
def fromdense(mat: Unless[Counted, "nse"], *, nse: Size = None, index_dtype: Dtype = ...) -> Object["jax.experimental.sparse.COO"]: ...

# Methods
def todense(self: Array) -> Array: ...
def transpose(self: Array, axes: Any = None) -> Object["jax.experimental.sparse.COO"]: ...

# What it is made of
data: Derived
row: Derived
col: Derived
shape: Concrete
dtype: Concrete
ndim: Concrete
size: Concrete
nse: Concrete
T: Unknown
