"""Sample calls of the methods of numpy.random.Generator."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

J = jnp.arange(3)
F = jnp.arange(3.0)
R = np.random.default_rng(0)
OWNER = np.random.Generator
SELF = R

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
    "bytes": call(R, 3),
    "choice": [call(R, 3), call(R, [1, 2], 4), call(R, [1, 2], p=[0.5, 0.5], axis=0, shuffle=True)],
    "permutation": [call(R, 3), call(R, [1, 2], 0)],
    "shuffle": call(R, np.arange(3)),
    "integers": [call(R, 1, 3, 4, endpoint=True), call(R, 3, dtype=J)],
    "multivariate_hypergeometric": call(R, [3, 4], 2, 4),
    "permuted": [call(R, [1, 2], axis=0), call(R, np.arange(3.0), out=np.arange(3.0))],
    "spawn": call(R, 1).since("1.25"),
    **{name: call(R, 4, out=np.zeros(4)) for name in names("random standard_exponential standard_normal")},
}
