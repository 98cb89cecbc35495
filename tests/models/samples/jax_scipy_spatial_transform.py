"""Sample calls of jax.scipy.spatial.transform."""

from __future__ import annotations

import jax.numpy as jnp
from jax.scipy.spatial.transform import Rotation

from tests.models.claims import Samples, call

QUAT = jnp.array([0.0, 0.6, 0.0, 0.8])
TURN = Rotation(QUAT)
TURNS = Rotation(jnp.stack([QUAT, QUAT[::-1]]))
TIMES = jnp.array([0.0, 1.0])

SAMPLES: Samples = {
    "Rotation": call(QUAT),
    "Slerp": call(TIMES, TIMES[1:], TURNS, TURNS.as_rotvec()),
}
FLOOR = 0.98
