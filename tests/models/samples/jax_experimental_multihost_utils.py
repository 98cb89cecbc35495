"""Sample calls of jax.experimental.multihost_utils."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, PartitionSpec

from tests.models.claims import Samples, call

X = jnp.ones(2)
MESH = Mesh(np.array(jax.devices()[:1]), ("i",))

SAMPLES: Samples = {
    "assert_equal": call(X).since("0.6.2"),
    "broadcast_one_to_all": call(X).since("0.6.2"),
    "process_allgather": call(X, tiled=True),
    "sync_global_devices": call("name").since("0.6.2"),
    "reached_preemption_sync_point": call(1),
    "live_devices": call(jax.devices()).since("0.9.0"),
    "global_array_to_host_local_array": call(X, MESH, PartitionSpec()),
    "host_local_array_to_global_array": call(X, MESH, PartitionSpec()),
}
FLOOR = 0.7
