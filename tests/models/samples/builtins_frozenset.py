"""Sample calls of the methods of frozenset."""

from __future__ import annotations

import jax

from tests.models.claims import Samples, call
from tests.models.samples import names

OWNER = frozenset
SELF = frozenset({1})
METHODS = names("difference intersection isdisjoint issubset issuperset symmetric_difference union")

SAMPLES: Samples = {**{name: call(SELF, (2, 3)) for name in METHODS}, "issuperset": call(frozenset({2, 3}), (2, 3))}
if jax.__version_info__ < (0, 4, 36):  # A tracer could be hashed.
    SAMPLES.clear()
