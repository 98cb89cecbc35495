# The attributes and methods of jax.numpy.ufunc: jnp.add, jnp.logical_and, what jnp.frompyfunc makes. In the methods,
# `self` is the ufunc.

# What it is

nin: Concrete
nout: Concrete
nargs: Concrete
identity: Concrete

# Methods

def reduce(self: Static, a: Array, axis: Axis = 0, dtype: Dtype = None, out: Any = None, keepdims: Static = False, initial: Array = None, where: Array = None) -> Array: ...
def accumulate(self: Static, a: Array, axis: Axis = 0, dtype: Dtype = None, out: Nothing = None) -> Array: ...
def outer(self: Static, A: Array, B: Array, /, **kwargs: Until["0.4.33", Any]) -> Array: ...
def at(self: Static, a: Array, indices: Array, b: Array = None, /, *, inplace: Static = True) -> Array: ...
def reduceat(self: Static, a: Array, indices: Array, axis: Axis = 0, dtype: Dtype = None, out: Nothing = None) -> Array: ...
