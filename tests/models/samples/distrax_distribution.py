"""Sample calls of a distribution of distrax; the first value is the distribution."""

from __future__ import annotations

import distrax
import jax

from tests.models.claims import Samples, call

OWNER = distrax.Normal
SELF = distrax.Normal(0.0, 1.0)
KEY = jax.random.key(0)

SAMPLES: Samples = {
    "sample": [call(SELF, seed=KEY, sample_shape=2), call(SELF, seed=KEY, sample_shape=(2, 3))],
    "sample_and_log_prob": call(SELF, seed=KEY, sample_shape=(2,)),
    "log_prob": call(SELF, 0.5),
    "prob": call(SELF, 0.5),
    "cdf": call(SELF, 0.5),
    "entropy": call(SELF),
    "kl_divergence": call(SELF, SELF),
    "mean": call(SELF),
    "mode": call(SELF),
    "variance": call(SELF),
    "stddev": call(SELF),
}
