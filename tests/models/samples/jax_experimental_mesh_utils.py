"""Sample calls of jax.experimental.mesh_utils."""

from __future__ import annotations

import jax

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "create_device_mesh": call((1,), jax.devices()[:1]),
    "create_hybrid_device_mesh": call((1,), (1,), jax.devices()[:1], process_is_granule=True),
}
FLOOR = 0.7
