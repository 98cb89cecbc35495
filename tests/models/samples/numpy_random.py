"""Sample calls of numpy.random."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

J = jnp.arange(3)

SAMPLES: Samples = {
    # Generators
    "default_rng": call(0),
    "Generator": call(np.random.PCG64(0)),
    "RandomState": call(0),
    **{name: call(0) for name in names("MT19937 PCG64 PCG64DXSM Philox SFC64 SeedSequence")},
    # Samplers
    **{name: call(2.0, 3.0, 4) for name in names("beta f gamma gumbel laplace logistic lognormal normal uniform")},
    **{name: call(2.0, 3.0, 4) for name in names("noncentral_chisquare vonmises wald")},
    **{name: call(0.5, 4) for name in names("chisquare exponential geometric logseries pareto poisson power rayleigh")},
    **{name: call(0.5, 4) for name in names("standard_gamma standard_t weibull")},
    **{name: call(4) for name in names("standard_cauchy standard_exponential standard_normal random")},
    "binomial": call(3, 0.5, 4),
    "dirichlet": call([0.5, 0.5], 4),
    "hypergeometric": call(3, 4, 5, 4),
    "multinomial": call(3, [0.5, 0.5], 4),
    "multivariate_normal": call([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], 4),
    "negative_binomial": call(3, 0.5, 4),
    "noncentral_f": call(2.0, 3.0, 0.5, 4),
    "triangular": call(0.0, 1.0, 2.0, 4),
    "zipf": call(2.0, 4),
    **{name: call(2, 3) for name in names("rand randn")},
    "random_sample": call(4),
    "random_integers": call(1, 3, 4),
    "randint": [call(0, 3, 4), call(0, 3, 4, J)],
    "seed": call(0),
    "get_state": call(True),
    **{name: [call(4), call(size=4)] for name in names("ranf sample")},
    # Choosing and permuting
    "bytes": call(3),
    "choice": [call(3), call([1, 2], 4), call([1, 2], p=[0.5, 0.5])],
    "permutation": [call(3), call([1, 2])],
    "shuffle": call(np.arange(3)),
}
