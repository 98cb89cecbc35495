"""Sample calls of jax.numpy."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from tests.models.claims import Call, Samples, call, call_for_needs

X = jnp.arange(6.0).reshape(2, 3) / 4
V = jnp.array([0.5, 0.25, 1.0])
M = X > 0.5
I = jnp.array([2, 0, 1])
SQUARE = jnp.arange(9.0).reshape(3, 3)
BOX = jnp.arange(24.0).reshape(2, 3, 4)
BYTES = jnp.array([1, 200, 3], jnp.uint8)
DTYPES_ONLY = "0.8.0"  # before, an array could stand for its dtype
STAGED = "0.4.36"  # before, what did nothing handed its argument back
NUMPY = np.array([0.5, 0.25, 1.0])
REPLICATED = NamedSharding(Mesh(np.array(jax.devices()[:1]), ("x",)), PartitionSpec())
FOLDER = TemporaryDirectory()
FILE = str(Path(FOLDER.name) / "v.npy")
np.save(FILE, NUMPY)


def _plus(a: Any, b: Any) -> Any:
    return a + b


def _all(names: str, *calls: Call) -> dict[str, Call | list[Call]]:
    return {name: list(calls) for name in names.split()}


SAMPLES: Samples = {
    # Making arrays from sizes
    **_all("zeros ones empty", call(3), call((2, 3), dtype=jnp.int32).since(DTYPES_ONLY)),
    "full": [call(3, 2.0), call((2, 3), 1, dtype=jnp.int32)],
    **_all("zeros_like ones_like empty_like", call(X), call(X, shape=(3, 2)), call(X, jnp.int32, 3)),
    "full_like": [call(X, 2.0), call(X, 1, shape=(3, 2))],
    "eye": [call(3), call(3, 4, 1)],
    "identity": call(3),
    "tri": [call(3), call(3, 4, 1)],
    "arange": [call(3), call(1, 5, 2), call(1, 5, step=2)],
    "linspace": [call(0.0, 1.0), call(0.0, 1.0, 5, True, axis=0), call_for_needs(V, V, 4, False, True, axis=1)],
    "logspace": [call(0.0, 1.0, 5, True, 10.0, axis=0)],
    "geomspace": [call(1.0, 2.0, 5, True, axis=0)],
    "indices": [call((2, 3)), call_for_needs((2, 3), sparse=True)],
    "fromfunction": [call(lambda i, j: i + j, (2, 3)), call(lambda i, j, k: i + j * k, (2, 3), k=SQUARE[:2])],
    **_all("bartlett blackman hamming hanning", call(5)),
    "kaiser": call(5, 2.0),
    "vander": call(V, 2, True),
    # Making arrays from data
    "array": [
        call(X, copy=True, ndmin=2),
        call([1, 2, (3)]),
        call(X, None, True, "K", 2).until("0.12.0"),
        call(X, jnp.float32).since("0.4.36"),
    ],
    "asarray": [call(X, order="K", copy=True), call([1.0, 2.0])],
    "copy": call(X, "K"),
    "frombuffer": call(b"01234567", jnp.uint8, 4, 2),
    "fromstring": call("1 2 3", count=2, sep=" "),
    "from_dlpack": [call(V), call_for_needs(V, device=jax.devices()[0], copy=True)],
    "load": call(FILE),
    "meshgrid": call(V, V, copy=True, sparse=True),
    "ix_": call(I, I),
    "diag": [call(V, 1), call(SQUARE)],
    "diagflat": call(X, 1),
    # Shapes
    "reshape": [
        call(X, (3, 2)),
        call(X, -1, copy=True).since("0.4.33"),
        call(X, (-1, 2)),
        call(X, newshape=(3, 2)).until("0.6.0"),
    ],
    "ravel": call(X),
    "resize": [call(X, (3, 4)), call(X, 5)],
    "transpose": [call(X), call(X, (1, 0))],
    "permute_dims": call(X, (1, 0)),
    "matrix_transpose": call(X),
    "moveaxis": [call(X, 0, 1), call(X, (0, 1), (1, 0))],
    "rollaxis": call(X, 1, 0),
    "swapaxes": call(X, 0, 1),
    "squeeze": [call(X[None]), call(X[None], 0), call(X[None, None], (0, 1))],
    "expand_dims": [call(X, 0), call(X, (0, 1))],
    "broadcast_to": [call(V, (2, 3)), call(1.0, 3)],
    "broadcast_arrays": [call(X, X), call(V, X).since(STAGED)],
    "broadcast_shapes": call((2, 3), (1, 3), 3),
    **_all("atleast_1d atleast_2d", call(X), call_for_needs(V, V), call(1.0).since(STAGED)),
    "atleast_3d": [call(X), call_for_needs(V, V), call(1.0)],
    "shape": call(X),
    "size": [call(X), call(X, 0)],
    "ndim": call(X),
    # Joining, splitting, tiling
    **_all("concatenate concat stack", call([X, X], axis=1), call((V, V))),
    **_all("hstack vstack dstack column_stack", call([X, X]), call((V, V))),
    "block": call([[X, X], [X, X]]),
    "append": [call(X, X, axis=0), call(X, 1.0)],
    **_all("split array_split", call(X, 3, axis=1), call(SQUARE, [1, 2]), call(SQUARE, (1, 2), 1)),
    "hsplit": [call(X, 3), call(X, [1, 2])],
    "vsplit": [call(X, 2), call(X, [1])],
    "dsplit": [call(BOX, 2), call(BOX, [1, 2])],
    "unstack": call(X, axis=1),
    "tile": [call(X, 2), call(X, (2, 1))],
    "repeat": [
        call(X, 2),
        call(X, 3, axis=1),
        call(X, jnp.array([1, 2]), axis=0),
        call(X, jnp.array([1, 2]), axis=0, total_repeat_length=3),
        call(V, 2, total_repeat_length=4),
    ],
    "pad": [call(X, 1), call(X, ((1, 2), (0, 1)), constant_values=2.0), call(X, (1, 2), mode="edge")],
    # Rearranging
    "flip": [call(X), call(X, 0), call(X, (0, 1))],
    **_all("fliplr flipud", call(X)),
    "roll": [call(X, 1), call(X, (1, 2), (0, 1)), call(X, 1, 0)],
    "rot90": [call(X), call(X, 1, (0, 1))],
    "insert": [call(X, 1, 2.0, axis=0), call(V, jnp.array([1, 2]), 2.0)],
    "delete": [call(X, 1, axis=0), call(X, jnp.array([0]), 1), call(V, jnp.array([0]), assume_unique_indices=True)],
    "trim_zeros": [call(jnp.array([0.0, 1.0, 0.0])), call(jnp.array([0.0, 1.0, 0.0]), axis=0).since("0.8.0")],
    "fill_diagonal": call(SQUARE, 2.0, wrap=False, inplace=False),
    "place": call(X, M, V, inplace=False),
    "put": call(X, I, V, "clip", inplace=False),
    "put_along_axis": call(X, jnp.array([[0], [1]]), 2.0, 1, False, mode="clip"),
    # Elementwise
    **_all(
        "abs absolute acos arccos arcsin arcsinh arctan asin asinh atan cbrt ceil conj conjugate cos cosh"
        " deg2rad degrees exp exp2"
        " expm1 fabs fix floor i0 iscomplex isfinite isinf isnan isneginf isposinf isreal log log10 log1p"
        " log2 logical_not"
        " negative positive rad2deg radians real reciprocal rint sign signbit sin sinc sinh spacing sqrt"
        " square tan tanh trunc"
        " frexp modf nan_to_num",
        call(X),
        call(0.5),
    ),
    "imag": [call(X), call(0.5).since(STAGED)],
    **_all("bitwise_count bitwise_invert bitwise_not invert", call(I), call(3)),
    **_all("acosh arccosh", call(X + 1)),
    **_all("arctanh atanh", call(X / 4)),
    **_all(
        "add arctan2 atan2 copysign divide divmod equal float_power floor_divide fmax fmin fmod greater"
        " greater_equal heaviside"
        " hypot less less_equal logaddexp logaddexp2 maximum minimum mod multiply nextafter not_equal pow"
        " power remainder"
        " subtract true_divide isclose logical_and logical_or logical_xor",
        call(X, V),
        call(X, 2.0),
        call(1.0, 2.0),
    ),
    **_all(
        "bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor gcd lcm left_shift right_shift",
        call(I, I),
        call(I, 2),
    ),
    "ldexp": [call(X, I), call(X, 2)],
    "angle": call(X, True),
    **_all("around round round_", call(X), call(X, 1)),
    "clip": [call(X, 0.1, 0.5), call(X, min=V), call(a=X, a_min=0.1, a_max=0.5).until("0.10.0")],
    "nan_to_num": call(X, True, 0.0, 1.0, 2.0),
    "where": [call(M, X, 0.0), call(True, X, V), call(M), call_for_needs(M, size=3, fill_value=1)],
    "select": [call([M, ~M], [X, V], 1.0)],
    "choose": [call(I % 2, [V, V * 2], mode="clip")],
    "piecewise": [
        call(X, [M, ~M], [lambda v: v + 1, lambda v: v * 2]),
        call(X, [M, ~M], [1.0, 2.0]),
        call(X, [M, ~M], [jnp.add, jnp.multiply], 2.0),
        call(X, [M], [lambda v, c: v + c, lambda v, c: v * c], c=2.0),
    ],
    "isclose": call(X, V, 0.1, 0.1, True),
    "unwrap": call(X, 1.0, 1, 3.0),
    "interp": [call(X, V, V), call(X, V, V, 0.0, 1.0), call(X, V, V, period=2.0)],
    # Reductions
    **_all("all any", call(X), call(X, 0, None, True), call(X, (0, 1)), call(X, where=M)),
    **_all(
        "sum prod max min amax amin nansum nanprod nanmax nanmin",
        call(X),
        call(X, axis=0, keepdims=True, initial=1.0, where=M),
        call(X, axis=(0, 1)),
    ),
    "sum": [call(X), call(X, axis=(0, 1), keepdims=True, initial=1.0, where=M), call(X, 0, promote_integers=False)],
    "prod": [call(X), call(X, axis=(0, 1), keepdims=True, initial=1.0, where=M), call(X, 0, promote_integers=False)],
    **_all("mean nanmean", call(X), call(X, axis=0, keepdims=True, where=M), call(X, (0, 1))),
    **_all(
        "std var",
        call(X),
        call(X, (0, 1), ddof=1, keepdims=True, where=M),
        call(X, 0, mean=X.mean(0)[None]).since("0.8.1"),
        call(X, 0, correction=1),
    ),
    **_all(
        "nanstd nanvar",
        call(X),
        call(X, (0, 1), ddof=1, keepdims=True, where=M),
        call(X, 0, mean=X.mean(0)[None]).since("0.8.1"),
    ),
    "minmax": [call(X), call(X, (0, 1), None, True, 1.0, M)],
    **_all("ptp", call(X), call(X, 0, None, True)),
    **_all("median nanmedian", call(X), call(X, 0, None, False, True)),
    "average": [call(X), call_for_needs(X, 1, V, True, True)],
    **_all(
        "quantile nanquantile",
        call(X, 0.5),
        call(X, V, 1, keepdims=True, overwrite_input=False),
        call(X, 0.5, 1, weights=V, method="inverted_cdf").since("0.10.0"),
        call(X, 0.5, interpolation="lower").until("0.9.0"),
    ),
    **_all(
        "percentile nanpercentile",
        call(X, 50.0),
        call(X, V, 1, keepdims=True, overwrite_input=False),
        call(X, 50.0, 1, weights=V, method="inverted_cdf").since("0.10.0"),
        call(X, 50.0, interpolation="lower").until("0.9.0"),
    ),
    **_all("argmax argmin nanargmax nanargmin", call(X), call(X, 0, None, True)),
    "count_nonzero": [call(X), call(X, 0, True)],
    **_all("cumsum cumprod nancumsum nancumprod", call(X), call(X, 0)),
    **_all("cumulative_sum cumulative_prod", call(V), call(X, axis=0, include_initial=True)),
    "diff": [call(X), call(X, 1, 0, X[:1], X[:1])],
    "ediff1d": call(V, 1.0, 2.0),
    "gradient": [call(V), call(X, 2.0, axis=0), call(V, V).since("0.4.31")],
    "trapezoid": [call(V), call(X, V, 1.0, 1), call(V, dx=0.5)],
    **_all("allclose", call(X, V, 0.1, 0.1, True)),
    "array_equal": [call(X, X, True), call(X, V)],
    "array_equiv": call(X, V),
    # Linear algebra
    **_all("dot vdot inner outer", call(V, V)),
    "vecdot": [call(V, V), call(X, X, axis=0)],
    "matmul": call(X, V),
    "matvec": call(X, V),
    "vecmat": call(V, SQUARE),
    "tensordot": [call(X, V, 1), call(X, X, axes=((0, 1), (0, 1)))],
    "einsum": [
        call("ij,j->i", X, V),
        call("ij->", X, optimize=True),
        call("ij,j->i", X, V, _dot_general=jax.lax.dot_general),
    ],
    "einsum_path": call("ij,j->i", X, V, optimize=True),
    "kron": call(X, V),
    "cross": [call(V, V), call(SQUARE, SQUARE, 0, 0, 0), call(SQUARE, SQUARE, axis=1)],
    "trace": call(SQUARE, 1, 0, 1),
    "diagonal": call(SQUARE, 1, 0, 1),
    **_all("tril triu", call(X), call(X, 1)),
    **_all("convolve correlate", call(V, V)),
    "corrcoef": call(X, X, True),
    "cov": [call(X, X, True, True), call(X, ddof=1), call(X, fweights=I, aweights=V)],
    # Indexing
    "take": [call(X, I), call(X, 1, 0), call(X, I, 1, None, None, False, False, 2.0), call(X, I, mode="clip")],
    "take_along_axis": [
        call(X, jnp.array([[0], [1]]), 1),
        call(X, jnp.array([[0], [1]]), 1, "fill", 2.0),
        call(X, jnp.array([[0], [1]]), 1, wrap_negative_indices=True).since("0.10.2"),
    ],
    "compress": [call(V > 0.3, X, axis=1), call(V > 0.3, X, 1, size=2, fill_value=0)],
    "extract": [call(M, X), call(M, X, size=2, fill_value=0)],
    **_all("nonzero flatnonzero argwhere", call(M), call(M, size=2, fill_value=0)),
    "diag_indices": call(3, 2),
    "diag_indices_from": call(SQUARE),
    **_all("tril_indices triu_indices", call(3), call(3, 1, 4)),
    **_all("tril_indices_from triu_indices_from", call(SQUARE), call(SQUARE, 1)),
    "mask_indices": call(3, jnp.triu, 1, size=4).since("0.4.34"),
    "ravel_multi_index": call((I, I), (3, 3), mode="wrap"),
    "unravel_index": [call(I, (3, 3)), call(4, (3, 3))],
    # Sorting, searching, counting, sets
    "sort": [call(X), call(X, 0, stable=True, descending=True)],
    "argsort": [call(X), call(X, 0, stable=True, descending=True)],
    "lexsort": [call((V, V)), call(X, axis=0)],
    "sort_complex": call(V),
    **_all("partition argpartition", call(X, 1), call(X, 1, 0)),
    "top_k": [call(X, 2), call(X, 2, axis=0, mode="smallest", sorted=False)],
    "searchsorted": [call(V, X), call(V, 0.5, sorter=I)],
    "digitize": [call(X, V, True), call(X, V, method="scan").since("0.4.34")],
    "bincount": [
        call(I),
        call(I, V, 2),
        call(I, V, 2, length=4),
        call(I, length=4, out_sharding=REPLICATED).since("0.10.2"),
    ],
    "histogram": [call(X), call(X, 4, (0.0, 1.0), X, True), call_for_needs(X, V)],
    "histogram_bin_edges": [call(X), call(X, 4, (0.0, 1.0), X)],
    "histogram2d": [call(V, V), call(V, V, 4, [(0.0, 1.0), (0.0, 1.0)], V, True)],
    "histogramdd": [call(X), call(SQUARE, 4, [(0.0, 9.0)] * 3, V, True)],
    "unique": [
        call(V),
        call(V, size=2, fill_value=0),
        call_for_needs(X, True, True, True, 0, size=2),
        call_for_needs(V, True, True, True, size=2, equal_nan=True),
        call_for_needs(V, size=2, sorted=True).since("0.5.3"),
    ],
    **_all("unique_all unique_counts unique_inverse unique_values", call(V), call(V, size=2, fill_value=0)),
    "union1d": [call(V, V), call(V, V, size=4, fill_value=0)],
    "intersect1d": [
        call(V, V),
        call(V, V).until("0.4.33"),
        call(V, V, size=3).since("0.4.33"),
        call_for_needs(V, V, True, True, size=3, fill_value=0).since("0.4.33"),
    ],
    "setdiff1d": [call(V, V), call(V, V, True, size=3, fill_value=0)],
    "setxor1d": [call(V, V), call(V, V, True, size=3, fill_value=0).since("0.4.33")],
    "isin": call(X, V, True, True),
    # Polynomials
    "poly": [call(V), call(SQUARE)],
    **_all("polyadd polysub", call(V, V)),
    "polydiv": [call(V, V[:2]), call(V, V[:2], trim_leading_zeros=False)],
    "polymul": [call(V, V), call(V, V, trim_leading_zeros=False)],
    "polyder": [call(V), call(V, 1)],
    "polyint": [call(V), call(V, 1, 2.0)],
    "polyfit": [call(V, V, 1), call_for_needs(V, V, 1, 0.1, True, V), call_for_needs(SQUARE[0], V, 0, cov=True)],
    "polyval": [call(V, X), call(V, X, unroll=2)],
    "roots": [call(V), call(V, strip_zeros=False)],
    # Bits
    "packbits": [call(M), call(M, 1)],
    "unpackbits": [call(BYTES), call(BYTES, 0, 4)],
    # Functions of functions
    "apply_along_axis": call(lambda v, a, b: v.sum() * a + b, 1, X, 2.0, b=1.0),
    "apply_over_axes": call(lambda a, axis: a.sum(axis, keepdims=True), X, (0, 1)),
    "vectorize": call(lambda v, n: v + n, excluded={1}, signature="()->()").then(lambda f: f(X, 2)),
    "frompyfunc": call(lambda a, b: a + b, 2, 1, identity=0).then(lambda f: f.reduce(V)),
    "ufunc": [
        call(lambda a, b: a + b, 2, 1, name="plus", nargs=2, identity=0).then(lambda f: f.reduce(V)),
        call(_plus, 2, 1, call=_plus, reduce=_plus, accumulate=_plus, at=_plus, reduceat=_plus).since("0.4.33"),
    ],
    # Types
    "astype": [call(X, None, copy=True), call(X, jnp.int32, copy=True).since(DTYPES_ONLY)],
    "finfo": [call(jnp.float32), call(X)],
    "iinfo": [call(jnp.int32), call(I)],
    "dtype": [call(jnp.float32), call(X, True, True)],
    "issubdtype": call(X, X),
    "isdtype": [call(jnp.dtype("float32"), "real floating"), call(X, X)],
    "can_cast": [call(jnp.float32, jnp.float16), call(X, X)],
    "promote_types": [call(jnp.float32, jnp.int32), call(X, I)],
    "result_type": [call(X, 1.0), call(X, jnp.int32)],
    **_all("isscalar iscomplexobj isrealobj iterable", call(X), call(1.0)),
    # Printing
    "save": call(BytesIO(), X),
    "savez": call(BytesIO(), X, x=X),
    **_all("array_repr array_str", call(NUMPY, 75, 8, True)),
    "get_printoptions": call(),
    **_all("set_printoptions printoptions", call(precision=8)),
    # Scalar types
    **_all(
        "bool_ int1 int2 int4 int8 int16 uint uint2 uint4 uint8 uint16 uint32 uint64 bfloat16 float16 float32 float64"
        " float_ single double float8_e3m4 float8_e4m3 float8_e4m3b11fnuz float8_e4m3fn float8_e4m3fnuz float8_e5m2"
        " float8_e5m2fnuz float8_e8m0fnu float4_e2m1fn complex64 complex128 complex_ csingle cdouble",
        call(1),
        call(I),
    ),
    **_all("int_ int32 int64", call(1), call(V)),
    # XLA on a CPU can't make these.
    **_all("uint1 float6_e2m3fn float6_e3m2fn", call_for_needs(1), call_for_needs(I)),
}
NO_SIGNATURE = dict.fromkeys(
    ("save", "savez", "set_printoptions"), "NumPy's own function, as the installed NumPy has it"
)
