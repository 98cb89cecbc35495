"""The attributes of a minimization's results."""

from __future__ import annotations

from jax.scipy.optimize import minimize

from tests.models.claims import Samples
from tests.models.samples.jax_scipy_optimize import X, bowl

SELF = minimize(bowl, X, method="BFGS")

SAMPLES: Samples = {}
FLOOR = 0.8
