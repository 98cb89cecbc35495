"""Sample calls of operator."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

M = np.eye(2)
X = jnp.eye(2)

SAMPLES: Samples = {
    **{name: call(3, 2) for name in names("add sub mul truediv floordiv mod pow and_ or_ xor lshift rshift")},
    **{name: call(3, 2) for name in names("iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift")},
    **{name: call(3) for name in names("abs neg pos invert inv")},
    **{name: call(3, 2) for name in names("eq ne lt le gt ge")},
    **{name: call(M, M) for name in names("is_ is_not")},
    "matmul": call(M, M),
    "imatmul": call(M, M),
    "truth": call(1),
    "not_": call(1),
    "index": call(1),
    "contains": call((1, 2), 2),
    "countOf": call([1], 2),
    "indexOf": call((1, 2), 2),
    "getitem": call(X, 0),
    "setitem": call([1, 2], 0, 1),
    "delitem": call([1] * 9, 0),
    "concat": call((1, 2), (3,)),
    "iconcat": call((1, 2), (3,)),
    "attrgetter": [call("real", "imag").then(lambda get: get(1))],
    "itemgetter": [call(0, 1).then(lambda get: get(X))],
    "methodcaller": call("bit_length").then(lambda make: make(1)),
    "length_hint": call(M, 0),
}
