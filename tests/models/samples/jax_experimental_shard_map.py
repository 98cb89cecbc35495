"""Sample calls of jax.experimental.shard_map."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, PartitionSpec

from tests.models.claims import Samples, call

MESH = Mesh(np.array(jax.devices()[:1]), ("i",))
WHOLE = PartitionSpec()


def on_ones(function: Any) -> Any:
    """Call the mapped function."""
    return function(jnp.ones(2))


SAMPLES: Samples = {
    "shard_map": [
        call(lambda x: x, MESH, WHOLE, WHOLE, True).then(on_ones),
        call(lambda x: x, MESH, WHOLE, WHOLE, auto=frozenset()).then(on_ones).until("0.8.0"),
    ],
}
FLOOR = 0.9
