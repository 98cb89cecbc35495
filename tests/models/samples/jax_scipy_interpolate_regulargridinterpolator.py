"""Sample calls of an interpolator; the first value is the interpolator."""

from __future__ import annotations

from jax.scipy.interpolate import RegularGridInterpolator

from tests.models.claims import Samples, call
from tests.models.samples.jax_scipy_interpolate import GRID, POINTS, VALUES

SAMPLES: Samples = {"__call__": call(RegularGridInterpolator(GRID, VALUES), POINTS, "nearest")}
FLOOR = 0.98
