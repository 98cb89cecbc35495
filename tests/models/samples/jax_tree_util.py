"""Sample calls of jax.tree_util: those of jax.tree under their old names, and the registration of classes."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples.inside import module_with
from tests.models.samples.jax_tree import PAIR, STRUCTURE, TREE, samples

X = jnp.arange(3.0)


@dataclasses.dataclass
class Point:
    """A class to register."""

    x: Any = 0.0
    y: Any = 0.0
    hidden: Any = dataclasses.field(default=0.0, init=False)

    def tree_flatten(self) -> tuple[tuple[Any, Any], None]:
        """The children."""
        return (self.x, self.y), None

    def tree_flatten_with_keys(self) -> Any:
        """The children and their keys."""
        keys = jax.tree_util.GetAttrKey
        return ((keys("x"), self.x), (keys("y"), self.y)), None

    @classmethod
    def tree_unflatten(cls, _: None, children: tuple[Any, Any]) -> Point:
        """The instance again."""
        return cls(*children)


def of_new_class(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register a new class at each call: a class can be registered only once."""

    @functools.wraps(function)
    def inside(cls: Any, *args: Any, **kwargs: Any) -> Any:
        return function(type("New", (cls,), {}) if isinstance(cls, type) else cls, *args, **kwargs)

    return inside


REGISTER = """register_pytree_node register_pytree_node_class register_pytree_with_keys
    register_pytree_with_keys_class register_dataclass register_static"""
OWNER = module_with(jax.tree_util, of_new_class, REGISTER.split())


def flatten(point: Point) -> Any:
    """The children."""
    return point.tree_flatten()


def flatten_with_keys(point: Point) -> Any:
    """The children and their keys."""
    return point.tree_flatten_with_keys()


def unflatten(_: None, children: Any) -> Point:
    """The instance again."""
    return Point(*children)


SAMPLES: Samples = {
    **samples("tree_"),
    # Trees and leaves
    "build_tree": call(jax.tree.structure((0, 0)), (X, X)),
    "all_leaves": [call([X, X]), call([X, X], is_leaf=lambda x: True)],
    "flatten_one_level": call(TREE),
    "flatten_one_level_with_keys": call(TREE),
    "is_tree_node": call(X),
    "keystr": [call((X,)), call((X,), simple=True, separator="/").since("0.5.3")],
    "treedef_is_leaf": call(STRUCTURE),
    "treedef_children": call(STRUCTURE),
    "treedef_tuple": call([STRUCTURE, PAIR]),
    # Functions and classes as trees
    "Partial": call(lambda x, y: x, X, y=X),
    "register_pytree_node": [
        call(Point, flatten, unflatten),
        call(Point, flatten, unflatten, flatten_with_keys).since("0.4.38"),
    ],
    "register_pytree_node_class": call(Point),
    "register_pytree_with_keys": call(Point, flatten_with_keys, unflatten, flatten),
    "register_pytree_with_keys_class": call(Point),
    "register_dataclass": [
        call(Point, ["x"], ["y"]),
        call(Point, ["x"], [], ["y"]).since("0.4.35"),
    ],
    "register_static": call(Point),
}
