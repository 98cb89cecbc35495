"""Sample calls of NumPy. Samples of a Derived result are NumPy arrays: JAX traces operations on its own under jit."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Call, Samples, call, call_for_needs
from tests.models.samples import names

X = np.arange(1.0, 5.0)
J = jnp.arange(1.0, 5.0)  # for dtype=: NumPy takes the dtype of a JAX array, and rejects its own
N = np.array([1, 2, 1])
M = np.array([[2.0, 1.0], [1.0, 3.0]])
V = np.array([1.0, 2.0, 3.0])
BITS = np.array([1, 0, 1], np.uint8)


def ufuncs(arguments: int) -> list[str]:
    """The elementwise functions of so many arguments."""
    found = [name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)]
    return [name for name in found if getattr(np, name).nin == arguments and name not in NOT_ELEMENTWISE]


NOT_ELEMENTWISE = names("matmul matvec vecdot vecmat isnat")
WHOLE_NUMBERS = names("gcd lcm bitwise_and bitwise_or bitwise_xor left_shift right_shift ldexp")
WHOLE_NUMBERS += names("bitwise_left_shift bitwise_right_shift")
OPTIONS: dict[str, Any] = {"out": np.zeros(()), "where": True, "casting": "unsafe", "order": "K", "subok": True}

SAMPLES: Samples = {
    # These call the array's own method
    **{name: [call(X, 0), call(X, axis=0)] for name in names("cumprod cumsum")},
    "argsort": [call(X, 0), call(X, stable=True).since("2.0")],
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
    "linspace": [call(0.0, 1.0, 5), call(0.0, 1.0, 5, True), call_for_needs(0.0, 1.0, 5, retstep=True, axis=0)],
    "logspace": [call(0.0, 1.0, 5), call(0.0, 1.0, 5, base=2.0, endpoint=True, axis=0)],
    "geomspace": [call(1.0, 2.0, 5), call(1.0, 2.0, 5, endpoint=True, axis=0)],
    "eye": call(2, 3, 1),
    "tri": call(2, 3, 1),
    "identity": call(2),
    "indices": call((2, 3)),
    "meshgrid": call(X, V),
    "fromfunction": call(lambda i: i, (3,)),
    "fromiter": [call((1, 2), float, 2), call((1, 2), J)],
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
    **{name: call(1) for name in names("bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 int_ uint intp uintp")},
    **{name: call(1) for name in names("longlong ulonglong long ulong object_ bytes_ void record")},
    **{name: call(2.0) for name in names("float16 float32 float64 longdouble")},
    **{name: [call(2.0), call(2.0, 3.0).since("2.0")] for name in names("complex64 complex128")},
    "clongdouble": call(2.0),
    "str_": call(X),
    "can_cast": call(X, np.float32),
    "result_type": call(X, X),
    "min_scalar_type": call(2),
    "broadcast_shapes": call((2, 3), (2, 1)),
    "ndindex": [call(2), call(2, 3)],
    "base_repr": call(5, 2, 1),
    "binary_repr": call(5, 4),
    # Elementwise functions
    **{name: [call(0.5), call(0.5, **OPTIONS)] for name in ufuncs(1)},
    **{name: [call(3.0, 2.0), call(3.0, 2.0, **OPTIONS)] for name in ufuncs(2)},
    **{name: [call(3, 2), call(3, 2, **OPTIONS)] for name in WHOLE_NUMBERS},
    **{name: [call(2.0), call(2.0, **OPTIONS)] for name in names("arccosh acosh")},
    "modf": call(2.5, out=(np.zeros(()), np.zeros(())), where=True, casting="unsafe"),
    "frexp": call(2.5, out=(np.zeros(()), np.zeros((), np.intc)), where=True, casting="unsafe"),
    "divmod": call(7.5, 2.0, out=(np.zeros(()), np.zeros(())), where=True, casting="unsafe"),
    **{name: [call(2), call(2, **OPTIONS)] for name in names("invert bitwise_invert bitwise_not bitwise_count")},
    **{name: call(2.5) for name in names("sinc i0 iscomplex fix angle nan_to_num")},
    "clip": [call(2.0, 1.0, 3.0), call(X, 1.0, 3.0), call(X, min=1.0, max=2.0).since("2.1")],
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
    "where": [call(True, 1.0, 2.0), call_for_needs(X > 2)],
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
    "apply_along_axis": call(lambda a: np.sum(a), 0, M),
    "astype": call(X, float, copy=True),
    "apply_over_axes": call(lambda a, axis: np.sum(a, axis), M, [0, 1]),
    "asmatrix": call(M),
    "bmat": call([[M, M]]),
    "broadcast": call(X, X),
    "busday_count": call("2020-01-01", "2020-02-01"),
    "busday_offset": call("2020-01-01", 2, "forward"),
    "busdaycalendar": call("1111100", ["2020-01-01"]),
    "is_busday": call("2020-01-01"),
    "common_type": call(X, X),
    "datetime64": call(2, "D"),
    "timedelta64": call(2, "D"),
    "datetime_as_string": call(np.datetime64("2020-01-01"), "D", "naive"),
    "datetime_data": call("datetime64[D]"),
    "diag_indices_from": call(M),
    "ediff1d": call(X, 1.0, 2.0),
    "einsum_path": call("ij,jk->ik", M, M),
    "fill_diagonal": call(M.copy(), 1.0, True),
    "format_float_positional": call(2.5, 2, True, True, "k", False, 3, 3, 1),
    "format_float_scientific": call(2.5, 2, True, "k", False, 3, 3, 1),
    "from_dlpack": call(X),
    "frombuffer": [call(b"abcd", "u1", 2, 1), call(b"abcd", J)],
    "fromstring": call("1 2 3", float, 2, sep=" "),
    "fromfile": call(os.devnull, float, 0, "", 0),
    "loadtxt": call(["1 2", "3 4"], float, "#", " ", None, 0, 0, False, 1),
    "genfromtxt": call(["1 2", "3 4"], float, "#", " ", 0, 0),
    "frompyfunc": call(lambda x: x, 1, 1),
    "histogram2d": call(X, X, 2, [[0.0, 5.0], [0.0, 5.0]], True, X),
    "histogram_bin_edges": [call(X, 2, (0.0, 5.0)), call(X, weights=X)],
    "histogramdd": call(X, 2, [[0.0, 5.0]], True, X),
    "isdtype": call(np.float32, "real floating"),
    "isfortran": call(M),
    "isnat": call(np.datetime64("2020-01-01")),
    "isneginf": call(X),
    "isposinf": call(X),
    "mask_indices": call(3, lambda m, k: np.triu(m, k), 1),
    "matrix": call(M, float, True),
    "may_share_memory": call(X, X, 1),
    "shares_memory": call(X, X, 1),
    "mintypecode": call("d", "GDFgdf", "d"),
    "ndenumerate": call(M),
    "nditer": call(M),
    "nested_iters": call(M, [[0], [1]]),
    "packbits": call(BITS, 0, "big"),
    "unpackbits": call(BITS, 0, 3, "big"),
    "piecewise": call(X, [X > 2], [1.0, 2.0]),
    "place": call(X.copy(), X > 2, [1.0]),
    "put": call(X.copy(), 0, 2.0, "raise"),
    "put_along_axis": call(X.copy(), np.array([1]), 2.0, 0),
    "putmask": call(X.copy(), X > 2, 1.0),
    "poly": call(V),
    "poly1d": call(V, True),
    **{name: call(V, V) for name in names("polyadd polysub polymul polydiv")},
    "polyder": call(V, 1),
    "polyint": call(V, 1, 0.5),
    "real_if_close": call(X, 100),
    "recarray": call(3, formats="f8"),
    "setxor1d": call(X, V),
    "sort_complex": call(X),
    "trim_zeros": call(X, "fb"),
    "typename": call("d"),
    **{name: call(X) for name in names("unique_all unique_counts unique_inverse unique_values")},
    "unstack": call(M, axis=0),
    "unwrap": call(X, 2.0, 0, period=6.0),
    "vecdot": call(V, V),
    "vecmat": call(X[:2], M),
    "matvec": call(M, X[:2]),
    "ndarray": call((2, 3), float),
    "vectorize": call(lambda x: x),
    # Gone
    "round_": [call(X, 1), call(2.5)],
    **{name: call(X) for name in names("msort asfarray mat byte_bounds issctype obj2sctype")},
    "issubclass_": call(X, int),
    "row_stack": call([X, X]),
    "memmap": call(__file__, np.uint8, "r", 0, 2),
    "promote_types": call(np.float32, np.int32),
    "issubdtype": call(np.float32, np.floating),
    "dtype": call(float),
    "finfo": call(np.float32),
    "iinfo": call(np.int32),
    **{name: call() for name in names("geterr getbufsize get_printoptions get_include errstate printoptions")},
    "chararray": call((2, 3), 1),
    "disp": call("text"),
    "in1d": call(X, X),
    "trapz": [call(X), call(X, X, axis=0)],
}


def also(listed: str, since: str = "1.0", **options: Any) -> None:
    """Add a call with further options to functions that have a sample."""
    for name in names(listed):
        found = SAMPLES[name]
        calls = [found] if isinstance(found, Call) else list(found)
        more = replace(calls[0], kwargs={**calls[0].kwargs, **options}).since(since)
        SAMPLES[name] = [*calls, more]


def also_out(listed: str) -> None:
    """Add a call with an array for the result."""
    for name in names(listed):
        found = SAMPLES[name]
        first = found if isinstance(found, Call) else next(iter(found))
        if hasattr(np, name):
            also(name, out=np.array(getattr(np, name)(*first.args, **first.kwargs)))


MAKERS = "zeros ones empty full arange eye tri identity array asarray asanyarray ascontiguousarray asfortranarray"
also(f"{MAKERS} zeros_like ones_like empty_like full_like linspace logspace geomspace require", dtype=J)
also(f"{MAKERS} require fromiter frombuffer", like=X)
also("zeros ones empty full zeros_like ones_like empty_like full_like arange linspace eye asarray", "2.0", device="cpu")
also("asanyarray", "2.1", device="cpu")
also_out(
    "trace concatenate concat stack choose compress take nansum nanprod nancumsum nancumprod nanmean nanstd nanvar"
)
also_out("nanmax nanmin nanargmax nanargmin nanmedian median percentile quantile nanpercentile nanquantile outer dot")
also_out("cumulative_sum cumulative_prod einsum clip fix isneginf isposinf matmul vecdot vecmat matvec isnat")
also("trace cumulative_sum cumulative_prod nansum nanprod nancumsum nancumprod asarray_chkfinite", dtype=J)
also("indices concatenate concat stack hstack vstack nanmean nanstd nanvar cov corrcoef", dtype=J)
also("sort", kind="stable")
also("isin", kind="sort")
also("percentile quantile nanpercentile nanquantile", "2.0", method="inverted_cdf", weights=X)
also("histogram", range=(0.0, 5.0))
also("polyfit", w=X)
also("cov", fweights=np.array([1, 2]))
also("cov", aweights=np.array([1.0, 2.0]))
also("pad", mode="constant", constant_values=1.0)
also("asarray asanyarray asarray_chkfinite", order="C")
also("nansum nanprod nanmax nanmin", initial=1.0, where=X > 1)
also("nanmean nanstd nanvar", where=X > 1)
also("busday_count busday_offset is_busday", holidays=["2020-01-01"])
also("diff", prepend=1.0, append=2.0)
also("isnat", where=True, casting="same_kind")
also("nanstd nanvar", "2.0", mean=np.array(2.0))
also("array2string", sign=" ", floatmode="fixed")
also("astype", "2.1", device="cpu")
also("matmul vecdot vecmat matvec", casting="same_kind", order="K", subok=True)

UFUNC = "a ufunc: its options are folded into **kwargs"
PARAMETERS = "NumPy below 2.4 has other names and kinds of parameters"
NO_SIGNATURE = {name: UFUNC for name in [*ufuncs(1), *ufuncs(2), *NOT_ELEMENTWISE]}
NO_SIGNATURE |= dict.fromkeys(names("float64 double float_ complex128 cdouble complex_ cfloat"), PARAMETERS)
