"""Sample calls of jax.tree."""

from __future__ import annotations

import jax

from tests.models.claims import Samples, call

TREE = {"a": 1.0, "b": (2.0, 3.0)}
STRUCTURE = jax.tree.structure(TREE)
PAIR = jax.tree.structure((0, 0))


def samples(prefix: str) -> Samples:
    """The samples of jax.tree, under names that begin with a prefix."""
    return {prefix + name: calls for name, calls in SAMPLES.items()}


def is_pair(x: object) -> bool:
    """Where to stop."""
    return isinstance(x, tuple)


SAMPLES: Samples = {
    "map": [
        call(lambda x: x, TREE),
        call(lambda x, y: x + y, TREE, TREE),
        call(lambda x: x, TREE, is_leaf=is_pair),
    ],
    "map_with_path": [
        call(lambda path, x: x, TREE),
        call(lambda path, x, y: y, TREE, TREE),
    ],
    "reduce": [call(lambda x, y: x + y, TREE), call(lambda x, y: x + y, TREE, 1.0)],
    "reduce_associative": call(lambda x, y: x + y, TREE, identity=1.0),
    "all": call({"a": 1.0, "b": (2.0, 3.0)}),
    "leaves": [call(TREE), call(TREE, is_leaf=is_pair)],
    "flatten": [call(TREE), call(TREE, is_leaf=is_pair)],
    "unflatten": call(STRUCTURE, (1.0, 2.0, 3.0)),
    "structure": [call(TREE), call(TREE, is_leaf=is_pair)],
    "transpose": call(STRUCTURE, PAIR, {"a": (1.0, 2.0), "b": ((1.0, 2.0), (1.0, 2.0))}),
    "broadcast": call({"a": 1.0, "b": 2.0}, TREE),
    "flatten_with_path": call(TREE),
    "leaves_with_path": call(TREE),
}
FLOOR = 0.8
