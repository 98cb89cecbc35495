"""Sample calls of numpyro.distributions: a distribution is asked for its density and for a sample."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

KEY = jax.random.key(0)
P = jnp.array([0.2, 0.8])


def drawn(distribution):
    value = distribution.sample(KEY)
    return value, distribution.log_prob(value)


LOCATED = [call(0.5, 2.0, validate_args=False).then(drawn)]
POSITIVE = [call(0.5, validate_args=False).then(drawn)]
PAIR = [call(0.5, 2.0, validate_args=False).then(drawn)]
CHANCE = [call(P, validate_args=False).then(drawn), call(logits=P).then(drawn)]

SAMPLES: Samples = {
    **dict.fromkeys(names("Normal Laplace Cauchy LogNormal Gumbel Logistic"), LOCATED),
    **dict.fromkeys(names("Exponential HalfNormal HalfCauchy Chi2 Poisson"), POSITIVE),
    **dict.fromkeys(
        names("Beta Gamma InverseGamma Pareto Weibull VonMises NegativeBinomial2 ZeroInflatedPoisson"), PAIR
    ),
    **dict.fromkeys(names("Bernoulli Categorical Geometric"), CHANCE),
    "StudentT": call(3.0, 0.5, 2.0, validate_args=False).then(drawn),
    "Uniform": call(0.5, 2.0, validate_args=False).then(drawn),
    "Dirichlet": call(P, validate_args=False).then(drawn),
    "MultivariateNormal": [
        call(P, jnp.eye(2), validate_args=False).then(drawn),
        call(P, precision_matrix=jnp.eye(2)).then(drawn),
        call(P, scale_tril=jnp.eye(2)).then(drawn),
    ],
    "LKJ": call(3, 0.5, "cvine", validate_args=False).then(drawn),
    "LKJCholesky": call(3, 0.5, "cvine", validate_args=False).then(drawn),
    "Binomial": [call(5, P, validate_args=False).then(drawn), call(5, logits=P).then(drawn)],
    "Multinomial": [call(5, P, total_count_max=5, validate_args=False).then(drawn), call(5, logits=P).then(drawn)],
    "Delta": call(P, 0.5, 1, validate_args=False).then(drawn),
    "OrderedLogistic": call(P, jnp.arange(3.0), validate_args=False).then(drawn),
    "GaussianRandomWalk": call(0.5, 3, validate_args=False).then(drawn),
}
