"""Sample calls of jax.tree."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call

X = jnp.arange(3.0)
TREE = {"a": X, "b": (2.0, 3.0)}
STRUCTURE = jax.tree.structure(TREE)
PAIR = jax.tree.structure((0, 0))


def samples(prefix: str) -> Samples:
    """The samples of jax.tree, under names that begin with a prefix."""
    return {prefix + name: calls for name, calls in SAMPLES.items() if name != "static"}


def is_pair(x: object) -> bool:
    """Where to stop."""
    return isinstance(x, tuple)


def add(x: Any, y: Any) -> Any:
    """Add pairs too."""
    return jax.tree.map(lambda x, y: x + y, x, y)


SAMPLES: Samples = {
    # Functions of the leaves
    "map": [
        call(lambda x: x, TREE),
        call(lambda x, y: x + y, TREE, TREE),
        call(lambda x: x, TREE, is_leaf=is_pair),
    ],
    "map_with_path": [
        call(lambda path, x: x, TREE),
        call(lambda path, x, y: y, TREE, TREE),
        call(lambda path, x: x, TREE, is_leaf=is_pair),
    ],
    "reduce": [
        call(lambda x, y: x + y, TREE),
        call(lambda x, y: x + y, TREE, 1.0),
        call(lambda x, y: x, TREE, is_leaf=is_pair),
    ],
    "reduce_associative": [
        call(lambda x, y: x + y, TREE),
        call(lambda x, y: x + y, TREE, identity=X),
        call(lambda x, y: x, TREE, is_leaf=is_pair),
    ],
    "all": [call({"a": 1.0, "b": (2.0, 3.0)}), call({"a": 1.0}, is_leaf=is_pair)],
    # Trees and leaves
    "leaves": [call(TREE), call(TREE, is_leaf=is_pair)],
    "flatten": [call(TREE), call(TREE, is_leaf=is_pair)],
    "unflatten": call(STRUCTURE, (1.0, 2.0, 3.0)),
    "structure": [call(TREE), call(TREE, is_leaf=is_pair)],
    "transpose": call(STRUCTURE, PAIR, {"a": (1.0, 2.0), "b": ((1.0, 2.0), (1.0, 2.0))}),
    "broadcast": [call({"a": X, "b": X}, TREE), call({"a": X, "b": X}, TREE, is_leaf=is_pair)],
    "flatten_with_path": [call(TREE), call(TREE, is_leaf=is_pair)],
    "leaves_with_path": [call(TREE), call(TREE, is_leaf=is_pair)],
    "static": call(default=X),
}
