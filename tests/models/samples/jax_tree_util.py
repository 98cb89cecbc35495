"""Sample calls of jax.tree_util: those of jax.tree under their old names."""

from __future__ import annotations

from tests.models.claims import call
from tests.models.samples.jax_tree import TREE, samples

SAMPLES = {**samples("tree_"), "all_leaves": call([1.0, 2.0]), "Partial": call(lambda x: x, TREE)}
FLOOR = 0.8
