"""Sample calls of numpyro's primitives."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist

from tests.models.claims import Samples, call, call_for_needs

KEY = jax.random.key(0)


def entered(plate):
    with numpyro.handlers.seed(rng_seed=KEY), plate:
        return numpyro.sample("x", dist.Normal())


SAMPLES: Samples = {
    "plate": [call("plate", 4, dim=-1).then(entered), call("plate", 4, subsample_size=4).then(entered)],
    "sample": [
        call("x", dist.Normal(), rng_key=KEY, sample_shape=(2,)),
        call_for_needs("x", dist.Normal(), obs=jnp.ones(3)),
    ],
    "deterministic": call("x", jnp.ones(3)),
    "factor": call("x", jnp.ones(3)),
}
