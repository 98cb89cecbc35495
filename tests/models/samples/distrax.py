"""Sample calls of distrax: a distribution is asked for its density and for a sample."""

from __future__ import annotations

import distrax
import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

KEY = jax.random.key(0)
P = jnp.array([0.2, 0.8])


def drawn(distribution):
    value = distribution.sample(seed=KEY)
    return value, distribution.log_prob(value)


PAIR = call(0.5, 2.0).then(drawn)
CHANCE = [call(P, dtype=jnp.int32).then(drawn), call(probs=P).then(drawn)]

SAMPLES: Samples = {
    **dict.fromkeys(names("Normal Laplace Logistic Gumbel Uniform Beta Gamma VonMises LogStddevNormal"), PAIR),
    **dict.fromkeys(names("Bernoulli Categorical OneHotCategorical"), CHANCE),
    "Dirichlet": call(P).then(drawn),
    "MultivariateNormalDiag": call(P, P).then(drawn),
    "MultivariateNormalTri": call(P, jnp.eye(2), is_lower=False).then(drawn),
    "MultivariateNormalFullCovariance": call(P, jnp.eye(2)).then(drawn),
    "Softmax": call(P, 0.5, jnp.int32).then(drawn),
    "EpsilonGreedy": call(P, 0.5, jnp.int32).then(drawn),
    "Greedy": call(P, jnp.int32).then(drawn),
    "Multinomial": [call(5, P, dtype=jnp.float32).then(drawn), call(5, probs=P).then(drawn)],
    "Deterministic": call(P, 0.1, 0.1).then(drawn),
    "Independent": call(distrax.Normal(P, P), 1).then(drawn),
}
