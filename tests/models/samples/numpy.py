"""Sample calls of NumPy. Samples of a Derived result are NumPy arrays: JAX traces operations on its own under jit."""

from __future__ import annotations

import io

import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

X = np.arange(1.0, 5.0)
N = np.array([1, 2, 1])
M = np.array([[2.0, 1.0], [1.0, 3.0]])
V = np.array([1.0, 2.0, 3.0])


def ufuncs(arguments: int) -> list[str]:
    """The elementwise functions of so many arguments."""
    found = [name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)]
    return [name for name in found if getattr(np, name).nin == arguments and name not in NOT_ELEMENTWISE]


NOT_ELEMENTWISE = names("matmul matvec vecdot vecmat isnat bitwise_count bitwise_invert bitwise_not")
NOT_ELEMENTWISE += names("bitwise_left_shift bitwise_right_shift spacing")
WHOLE_NUMBERS = names("gcd lcm bitwise_and bitwise_or bitwise_xor left_shift right_shift ldexp")

SAMPLES: Samples = {
    # These call the array's own method
    **{name: [call(X, 0), call(X, axis=0)] for name in names("cumprod cumsum")},
    "argsort": [call(X, 0), call(X, stable=True)],
    **{name: [call(X, 0), call(X, axis=0, keepdims=True)] for name in names("argmax argmin")},
    **{
        name: [call(X, 0), call(X, axis=0, keepdims=True), call(2.0)]
        for name in names("all any amax amin max min mean prod sum")
    },
    **{name: [call(X, 0, ddof=1), call(X, keepdims=True)] for name in names("std var")},
    **{name: [call(X, 1), call(2.5)] for name in names("around round")},
    "flip": [call(X), call(M, 0), call(M, axis=(0, 1))],
    "moveaxis": call(M, 0, 1),
    "permute_dims": [call(M), call(M, (1, 0))],
    "repeat": [call(X, 2), call(M, 2, 0)],
    "reshape": [call(X, 4), call(X, (2, 2))],
    "rollaxis": call(M, 1, 0),
    "squeeze": [call(X), call(M[None], 0)],
    "swapaxes": call(M, 0, 1),
    "transpose": [call(M), call(M, (1, 0))],
    "searchsorted": call(X, X),
    "split": [call(X, 2), call(X, [1, 2]), call(M, 2, 0)],
    "array_split": [call(X, 2), call(X, 2, 0)],
    "imag": call(X),
    "real": call(X),
    "isreal": call(X),
    # Python values of a traced array
    "ndim": [call(X), call(2)],
    "shape": [call(X), call(2)],
    "size": [call(X), call(2), call(M, 0)],
    **{name: call(X) for name in names("iscomplexobj isrealobj isscalar iterable")},
    "array_equal": call(X, X),
    # Making arrays
    **{name: [call(2), call((2, 3)), call(shape=2)] for name in names("zeros ones empty")},
    "full": [call(2, 1.0), call((2, 3), 1.0)],
    **{name: [call(X), call(X, shape=(2, 3))] for name in names("zeros_like ones_like empty_like")},
    "full_like": [call(X, 2.0), call(X, 2.0, shape=(2, 3))],
    "arange": [call(3), call(0, 6, 2)],
    "linspace": [call(0.0, 1.0, 5), call(0.0, 1.0, 5, True), call(0.0, 1.0, 5, retstep=True, axis=0)],
    "logspace": [call(0.0, 1.0, 5), call(0.0, 1.0, 5, base=2.0, endpoint=True, axis=0)],
    "geomspace": [call(1.0, 2.0, 5), call(1.0, 2.0, 5, endpoint=True, axis=0)],
    "eye": call(2, 3, 1),
    "tri": call(2, 3, 1),
    "identity": call(2),
    "indices": call((2, 3)),
    "meshgrid": call(X, V),
    "fromfunction": call(lambda i: i, (3,)),
    "fromiter": call((1, 2), float, 2),
    "diag": call(X, 1),
    "diagflat": call(X, 1),
    "tril": call(M, 1),
    "triu": call(M, 1),
    "vander": call(X, 2),
    **{name: call(4) for name in names("bartlett blackman hamming hanning")},
    "kaiser": call(4, 1.0),
    "diag_indices": call(3, 2),
    "tril_indices": call(3, 1, 2),
    "triu_indices": call(3, 1, 2),
    "tril_indices_from": call(M, 1),
    "triu_indices_from": call(M, 1),
    # Making NumPy arrays of other arrays
    "array": [call(X), call(2), call([1, 2])],
    **{name: [call(X), call([1, 2])] for name in names("asarray asanyarray ascontiguousarray asfortranarray")},
    **{name: call(X) for name in names("asarray_chkfinite copy require array2string array_repr array_str")},
    "save": call(io.BytesIO(), X),
    "savez": [call(io.BytesIO(), X), call(io.BytesIO(), a=X)],
    "savez_compressed": [call(io.BytesIO(), X), call(io.BytesIO(), a=X)],
    "savetxt": call(io.BytesIO(), X),
    "copyto": call(X.copy(), X),
    # Numbers and types
    **{name: call(1) for name in names("bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64")},
    **{name: call(2.0) for name in names("float16 float32 float64")},
    **{name: call(2.0, 3.0) for name in names("complex64 complex128")},
    "can_cast": call(X, np.float32),
    "result_type": call(X, X),
    "min_scalar_type": call(2),
    "broadcast_shapes": call((2, 3), (2, 1)),
    "ndindex": [call(2), call(2, 3)],
    "base_repr": call(5, 2, 1),
    "binary_repr": call(5, 4),
    # Elementwise functions
    **{name: call(0.5) for name in ufuncs(1)},
    **{name: call(3.0, 2.0) for name in ufuncs(2)},
    **{name: call(3, 2) for name in WHOLE_NUMBERS},
    "arccosh": call(2.0),
    "acosh": call(2.0),
    "invert": call(2),
    **{name: call(2.5) for name in names("sinc i0 iscomplex fix angle nan_to_num")},
    "clip": [call(2.0, 1.0, 3.0), call(X, 1.0, 3.0), call(X, min=1.0, max=2.0)],
    "isclose": call(2.0, 2.0, 0.1, 0.1, True),
    "allclose": call(X, X, 0.1, 0.1, True),
    "array_equiv": call(X, X),
    # Shape and order of an array
    **{name: call(M, 1, 0, 1) for name in names("diagonal trace")},
    **{name: call(M) for name in names("ravel atleast_1d atleast_2d atleast_3d matrix_transpose")},
    "expand_dims": call(X, 0),
    "broadcast_to": call(X, (2, 4)),
    "broadcast_arrays": call(X, M[:, :1]),
    **{name: call([X, X], axis=0) for name in names("concatenate concat stack")},
    **{name: call([X, X]) for name in names("hstack vstack dstack column_stack block")},
    "append": call(X, X, 0),
    "delete": call(X, 1, 0),
    "insert": call(X, 1, 2.0, 0),
    "resize": call(X, (2, 3)),
    "tile": [call(X, 2), call(X, (2, 3))],
    "pad": [call(X, 1), call(X, (1, 2))],
    "roll": call(X, 1, 0),
    "rot90": call(M, 1, (0, 1)),
    "fliplr": call(M),
    "flipud": call(M),
    "hsplit": call(M, 2),
    "vsplit": call(M, 2),
    "dsplit": call(M[None], 2),
    # Choosing and searching
    "where": [call(True, 1.0, 2.0), call(X > 2)],
    "select": call([X > 2], [X], 1.0),
    "choose": call(0, [1, 2]),
    "compress": call(X > 2, X, 0),
    "extract": call(X > 2, X),
    "take_along_axis": call(X, np.array([1]), 0),
    "take": [call(X, 1), call(X, [1, 2], 0)],
    **{name: call(X) for name in names("nonzero argwhere flatnonzero")},
    **{name: call(X, axis=0) for name in names("sort unique")},
    "count_nonzero": call(X, axis=0, keepdims=True),
    "lexsort": call((X, X), 0),
    "partition": call(X, 1, 0),
    "argpartition": call(X, 1, 0),
    "digitize": call(2.0, X),
    "isin": call(2.0, X),
    **{name: call(X, X) for name in names("intersect1d setdiff1d union1d")},
    "unravel_index": call(2, (2, 2)),
    "ravel_multi_index": call((1, 1), (2, 2)),
    "ix_": call([1], [0]),
    # Sums, statistics and polynomials
    **{name: call(X, axis=0) for name in names("nancumsum nancumprod cumulative_sum cumulative_prod")},
    **{name: call(X, axis=0, keepdims=True) for name in names("nansum nanprod nanmean nanmax nanmin")},
    **{name: call(X, axis=0, keepdims=True) for name in names("nanargmax nanargmin nanmedian median ptp")},
    **{name: call(X, axis=0, ddof=1, keepdims=True) for name in names("nanstd nanvar")},
    "average": [call(X, axis=0, keepdims=True), call(X, weights=X)],
    **{name: call(X, 0.5, axis=0, keepdims=True) for name in names("percentile quantile nanpercentile nanquantile")},
    "cov": [call(M, ddof=1), call(X, X)],
    "corrcoef": [call(M), call(X, X)],
    "histogram": [call(X, 2), call(X, weights=X)],
    "bincount": [call(N), call(N, minlength=5), call(N, weights=V)],
    "diff": call(X, 1, 0),
    "gradient": call(X, axis=0),
    "trapezoid": [call(X), call(X, X, axis=0)],
    "interp": call(2.0, X, X),
    **{name: call(X, X) for name in names("convolve correlate dot inner outer vdot")},
    "polyfit": call(X, X, 1),
    "polyval": call(X, 2.0),
    "roots": call(X),
    # Products
    "kron": call(M, M),
    "cross": call(V, V, axis=0),
    "tensordot": call(M, M, 1),
    "matmul": call(M, M),
    "einsum": call("ij,jk->ik", M, M),
    "apply_along_axis": call(sum, 0, M),
}
FLOOR = 0.85
UFUNC = "a ufunc: its options are folded into **kwargs"
NO_SIGNATURE = {name: UFUNC for name in [*ufuncs(1), *ufuncs(2), "matmul"]}
