"""Sample calls of a distribution of numpyro; the first value is the distribution."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpyro.distributions as dist

from tests.models.claims import Samples, call

OWNER = dist.Normal
SELF = dist.Normal(0.0, 1.0)


def drawn(distribution):
    return distribution.sample(jax.random.key(0))


def weighed(distribution):
    return distribution.log_prob(0.5)


SAMPLES: Samples = {
    "sample": [call(SELF, jax.random.key(0), (2,)), call(SELF, jax.random.key(0), sample_shape=(2, 3))],
    "log_prob": call(SELF, 0.5),
    "cdf": call(SELF, 0.5),
    "icdf": call(SELF, 0.5),
    "expand": [call(SELF, (2,)).then(drawn), call(SELF, (2,)).then(weighed)],
    "expand_by": [call(SELF, (2,)).then(drawn), call(SELF, (2,)).then(weighed)],
    "to_event": call(SELF, 0),
    "mask": call(SELF, jnp.array(True)),
    "shape": call(SELF, (2,)),
}
