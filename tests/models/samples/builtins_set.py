"""Sample calls of the methods of set."""

from __future__ import annotations

import jax

from tests.models.claims import Samples, call

OWNER = set
SELF = {1}


class Full(set[int]):
    """A set from which an element can be removed again and again."""

    def remove(self, element: int) -> None:
        """Remove an element, and put it back."""
        self.add(element)
        super().remove(element)


SAMPLES: Samples = {
    "add": call({1}, 2),
    "discard": call({1}, 2),
    "remove": call(Full(), 2),
    "clear": call({1}),
    "update": call({1}, (2, 3)),
    "difference": call({1}, (2, 3)),
    "intersection": call({1}, (2, 3)),
    "isdisjoint": call({1}, (2, 3)),
    "issubset": call({1}, (2, 3)),
    "issuperset": call({2, 3}, (2, 3)),
    "symmetric_difference": call({1}, (2, 3)),
    "union": call({1}, (2, 3)),
    "difference_update": call({1}, (2, 3)),
    "intersection_update": call({1}, (2, 3)),
    "symmetric_difference_update": call({1}, (2, 3)),
}
if jax.__version_info__ < (0, 4, 36):  # A tracer could be hashed.
    SAMPLES.clear()
