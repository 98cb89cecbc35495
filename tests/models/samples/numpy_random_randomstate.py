"""Sample calls of the methods of numpy.random.RandomState."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

J = jnp.arange(3)
R = np.random.RandomState(0)
OWNER = np.random.RandomState
SELF = None

SAMPLES: Samples = {
    **{name: call(R, 2.0, 3.0, 4) for name in names("beta f gamma gumbel laplace logistic lognormal normal uniform")},
    **{name: call(R, 2.0, 3.0, 4) for name in names("noncentral_chisquare vonmises wald")},
    **{
        name: call(R, 0.5, 4)
        for name in names("chisquare exponential geometric logseries pareto poisson power rayleigh")
    },
    **{name: call(R, 0.5, 4) for name in names("standard_gamma standard_t weibull")},
    **{name: call(R, 4) for name in names("standard_cauchy standard_exponential standard_normal random")},
    "binomial": call(R, 3, 0.5, 4),
    "dirichlet": call(R, [0.5, 0.5], 4),
    "hypergeometric": call(R, 3, 4, 5, 4),
    "multinomial": call(R, 3, [0.5, 0.5], 4),
    "multivariate_normal": call(R, [0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], 4),
    "negative_binomial": call(R, 3, 0.5, 4),
    "noncentral_f": call(R, 2.0, 3.0, 0.5, 4),
    "triangular": call(R, 0.0, 1.0, 2.0, 4),
    "zipf": call(R, 2.0, 4),
    **{name: call(R, 2, 3) for name in names("rand randn")},
    "random_sample": call(R, 4),
    "random_integers": call(R, 1, 3, 4),
    "randint": [call(R, 0, 3, 4), call(R, 0, 3, 4, J)],
    "seed": call(R, 0),
    "get_state": call(R, True),
    "bytes": call(R, 3),
    "choice": [call(R, 3), call(R, [1, 2], 4), call(R, [1, 2], p=[0.5, 0.5])],
    "permutation": [call(R, 3), call(R, [1, 2])],
    "shuffle": call(R, np.arange(3)),
    "tomaxint": call(R, 4),
    "set_state": call(R, R.get_state()),
}
