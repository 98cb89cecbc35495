"""Sample calls of jax.scipy.stats.dirichlet."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {name: call(jnp.array([0.4, 0.6]), jnp.array([1.0, 2.0])) for name in names("logpdf pdf")}
FLOOR = 1.0
