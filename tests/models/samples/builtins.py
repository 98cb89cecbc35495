"""Sample calls of the builtin functions."""

from __future__ import annotations

import io
import os
from types import SimpleNamespace

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call, call_for_needs

X = jnp.arange(1.0, 4.0)
NOTHING = SimpleNamespace(name=1)
NOWHERE = io.StringIO()


class Lasting:
    """An object whose attributes can be deleted again and again."""

    def __delattr__(self, name: str) -> None:
        """Delete nothing."""


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
    "ord": call("a"),
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
    "iter": [call((1, 2)), call_for_needs(lambda: 1, 1)],
    "next": call_for_needs(iter(()), 2),
    "slice": call(1, 2).then(lambda made: (made.start, made.stop)),
    "len": [call(X), call((1, 2))],
    "tuple": call([1, 2]),
    "list": call((1, 2)),
    "set": call((1, 2)),
    "frozenset": call([1, 2]),
    "dict": call(a=1, b=X),
    "str": [call(X), call(b"a", "utf-8", "strict")],
    "repr": call(X),
    "ascii": call(X),
    "format": call(X),
    "print": [call(X, file=NOWHERE), call("", sep="", end="", flush=True)],
    "open": call(os.devnull, "r", -1, "utf-8", "strict", "", True, os.open),
    "bytes": [call(2), call("a", "utf-8", "strict")],
    "bytearray": [call(2), call("a", "utf-8", "strict")],
    "memoryview": call(b"a"),
    "isinstance": call(X, int),
    "issubclass": call(bool, int),
    "type": call(X),
    "callable": call(X),
    "hash": [call(2), call((2, 3))],
    "id": call(X),
    "hasattr": call(X, "shape"),
    "getattr": [call(X, "shape"), call("", "shape", 2)],
    "setattr": call(NOTHING, "name", X),
    "delattr": call(Lasting(), "name"),
    "dir": call(X),
    "compile": call("1", "<text>", "eval", 0, False, -1),
    "eval": [call("a", {"a": 1}), call("a", {}, {"a": 1})],
    "exec": [call("a", {"a": X}), call("a", {}, {"a": X})],
}
if jax.__version_info__ < (0, 4, 36):  # A tracer could be hashed.
    for name in ("set", "frozenset", "hash"):
        del SAMPLES[name]
