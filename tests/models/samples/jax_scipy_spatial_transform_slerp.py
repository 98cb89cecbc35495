"""Sample calls of the methods of Slerp; the first value is the interpolation, but of the class method."""

from __future__ import annotations

from types import ModuleType

from jax.scipy.spatial.transform import Slerp

from tests.models.claims import Samples, call
from tests.models.samples.jax_scipy_spatial_transform import TIMES, TURNS

SELF = Slerp.init(TIMES, TURNS)
OWNER = ModuleType("Slerp")  # of functions: the class method takes no self
vars(OWNER).update(init=Slerp.init, __call__=Slerp.__call__)

SAMPLES: Samples = {"init": call(TIMES, TURNS), "__call__": [call(SELF, TIMES), call(SELF, 0.5)]}
FLOOR = 0.98
