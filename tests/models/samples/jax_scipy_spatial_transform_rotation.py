"""Sample calls of the methods of Rotation; the first value is the rotation, but of the class methods."""

from __future__ import annotations

from types import ModuleType

import jax.numpy as jnp
from jax.scipy.spatial.transform import Rotation

from tests.models.claims import Samples, call, call_for_needs
from tests.models.samples import names
from tests.models.samples.jax_scipy_spatial_transform import TURN, TURNS

V = jnp.array([0.5, 0.25, 1.0])
SELF = TURN
OWNER = ModuleType("Rotation")  # of functions: the class methods take no self
vars(OWNER).update((name, getattr(Rotation, name)) for name in [*vars(Rotation), "__len__"] if name != "__doc__")

SAMPLES: Samples = {
    "from_euler": [call("xyz", V), call("x", 0.5, True)],
    "from_matrix": call(jnp.eye(3)),
    "from_mrp": call(V),
    "from_quat": call(TURN.quat),
    "from_rotvec": call(V, True),
    "concatenate": call([TURNS, TURNS]),
    "identity": [call(), call(dtype=jnp.float32)],
    "as_euler": call(TURN, "xyz", True),
    **{name: call(TURN) for name in names("as_matrix as_mrp inv magnitude")},
    "as_quat": [call_for_needs(TURN), call(TURN, True, True).since("0.5.0")],
    "as_rotvec": [call(TURN), call(TURN, True)],
    "apply": call(TURN, V, True),
    "mean": [call(TURNS), call(TURNS, V[:2])],
    "__mul__": call(TURN, TURN),
    "__getitem__": [call(TURNS, 0), call(TURNS, jnp.array([0]))],
    "__len__": call(TURNS),
}
FLOOR = 0.9
