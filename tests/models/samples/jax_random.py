"""Sample calls of jax.random."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

KEY = jax.random.key(0)
OLD = jax.random.PRNGKey(0)
P = jnp.array([0.2, 0.3])
C = jnp.eye(2)


SAMPLES: Samples = {
    "key": call(0),
    "PRNGKey": call(0),
    "split": [call(KEY), call(KEY, 3), call(KEY, num=3), call(OLD, (2, 3))],
    "fold_in": call(KEY, 3),
    "clone": call(KEY),
    "key_data": call(KEY),
    "wrap_key_data": call(OLD),
    "key_impl": call(KEY),
    **{
        name: [call(KEY, (2, 3)), call(KEY, shape=(2,))]
        for name in names("bits cauchy exponential gumbel laplace logistic maxwell normal rademacher")
    },
    "uniform": [call(KEY, (2,)), call(KEY, (2,), minval=0.0, maxval=2.0), call(KEY, (2,), jnp.float32, 0.0, 2.0)],
    "randint": call(KEY, (2,), 0, 5),
    "truncated_normal": [call(KEY, -1.0, 1.0), call(KEY, -1.0, 1.0, (2,))],
    "ball": call(KEY, 3, 2, (4,)),
    "orthogonal": [call(KEY, 3, (2,)), call(KEY, 3, m=2)],
    "bernoulli": [call(KEY), call(KEY, 0.5, (2,)), call(KEY, P)],
    "beta": [call(KEY, 0.5, 0.5, (2,)), call(KEY, P, P)],
    "binomial": call(KEY, 3.0, 0.5, (2,)),
    "categorical": [call(KEY, P), call(KEY, C, 0), call(KEY, P, shape=(3,), replace=True)],
    **{name: [call(KEY, 0.5, (2,)), call(KEY, P)] for name in names("chisquare t gamma loggamma geometric pareto")},
    **{name: [call(KEY, 0.5, (2,)), call(KEY, P)] for name in names("lognormal poisson rayleigh wald")},
    "generalized_normal": call(KEY, 2.0, (2,)),
    "dirichlet": [call(KEY, P), call(KEY, P, (3,))],
    "double_sided_maxwell": call(KEY, 0.0, 1.0, (2,)),
    "f": [call(KEY, 2.0, 3.0, (2,)), call(KEY, P, P)],
    "multinomial": [call(KEY, 5.0, P), call(KEY, 5.0, P, shape=(2,), unroll=1)],
    "multivariate_normal": [call(KEY, P, C), call(KEY, P, C, (3,))],
    "triangular": [call(KEY, 0.0, 1.0, 2.0, (2,)), call(KEY, P, P + 1, P + 2)],
    "weibull_min": call(KEY, 1.0, 2.0, (2,)),
    "choice": [call(KEY, 5, (2,)), call(KEY, P, (2,), True), call(KEY, P, p=P), call(KEY, C, axis=0)],
    "permutation": [call(KEY, 5), call(KEY, C, 1, True), call(KEY, C, axis=0, independent=True)],
}
FLOOR = 0.8
