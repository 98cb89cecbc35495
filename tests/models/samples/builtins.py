"""Sample calls of the builtin functions."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(1.0, 4.0)


def larger(x: object) -> bool:
    """Whether something is no None; a test that asks no array for its truth."""
    return x is not None


def depth(x: object) -> int:
    """An order that asks no array for its value."""
    return len(repr(type(x)))


SAMPLES: Samples = {
    "bool": call(1),
    "int": [call(2), call(2.5), call("3", 8)],
    "float": call(2),
    "complex": call(2, 3),
    "hex": call(2),
    "bin": call(2),
    "oct": call(2),
    "chr": call(65),
    "abs": call(-2),
    "round": [call(2.5), call(2.5, 1), call(2.5, ndigits=1)],
    "divmod": call(7, 2),
    "pow": [call(2, 3), call(2, exp=3)],
    "sum": [call((2, 3)), call([2, 3], 1), call((2, 3), start=1)],
    "min": [call(2, 3), call([2, 3]), call(2, 3, key=depth), call((), default=2)],
    "max": [call(2, 3), call((2, 3)), call(2, 3, key=depth), call((), default=2)],
    "sorted": [call([2, 1]), call((2, 1), key=depth), call([2, 1], reverse=True)],
    "any": [call((0, 1)), call([True])],
    "all": [call((True, True)), call([1])],
    "range": [call(3), call(0, 6, 2)],
    "enumerate": [call((2, 3)), call([2, 3], 1), call([2, 3], start=1)],
    "zip": [call((1, 2), (3, 4)), call((1, 2), (3, 4), strict=True)],
    "map": call(lambda x: x + 1, (1, 2)),
    "filter": call(larger, (1, 2)),
    "reversed": call((1, 2)),
    "iter": call((1, 2)),
    "len": [call(X), call((1, 2))],
    "tuple": call([1, 2]),
    "list": call((1, 2)),
    "set": call((1, 2)),
    "frozenset": call([1, 2]),
    "dict": call(a=1, b=X),
    "str": [call(2), call(X)],
    "repr": call(2),
    "ascii": call(2),
    "format": call(2),
    "print": [call(2, end=""), call("", flush=True, end="")],
    "bytes": call(2),
    "bytearray": call(2),
    "isinstance": call(2, int),
    "type": call(2),
    "callable": call(2),
    "hash": [call(2), call((2, 3))],
    "id": call(2),
    "hasattr": call(X, "shape"),
    "getattr": [call(X, "shape"), call("", "shape", 2)],
    "dir": call(2),
}
FLOOR = 0.75
