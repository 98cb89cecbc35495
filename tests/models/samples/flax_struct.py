"""Sample calls of flax.struct."""

from __future__ import annotations

from flax import struct

from tests.models.claims import Samples, call


class Sized:
    """A class with a leaf and a static field."""

    size: int
    mode: str = struct.field(pytree_node=False, default="same")


class Node(struct.PyTreeNode):
    """The same, derived from a base."""

    size: int
    mode: str = struct.field(pytree_node=False, default="same")


INSTANCES = {"PyTreeNode": Node(1)}

SAMPLES: Samples = {"dataclass": call(Sized)}
