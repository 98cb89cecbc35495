"""Sample calls of jax.scipy.stats.bernoulli."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {
    "cdf": call(1, 0.5),
    "logpmf": call(1, 0.5, 0),
    "pmf": call(1, 0.5, 0),
    "ppf": call(0.5, 0.5),
}
FLOOR = 1.0
