"""Sample calls of numpy.random."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {
    "default_rng": call(0),
    "seed": call(0),
    "RandomState": call(0),
    **{name: call(2, 3) for name in names("rand randn")},
    **{name: call(2) for name in names("random random_sample standard_normal standard_exponential")},
    **{
        name: call(2.0, 3.0, 4)
        for name in names("beta gamma gumbel laplace logistic lognormal normal uniform vonmises wald")
    },
    **{name: call(0.5, 4) for name in names("chisquare exponential geometric pareto poisson rayleigh")},
    **{name: call(0.5, 4) for name in names("standard_gamma standard_t weibull")},
    "binomial": call(3, 0.5, 4),
    "dirichlet": call([0.5, 0.5], 4),
    "multinomial": call(3, [0.5, 0.5], 4),
    "multivariate_normal": call([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], 4),
    "randint": call(0, 3, 4),
    "triangular": call(0.0, 1.0, 2.0, 4),
    "choice": [call(3), call([1, 2], 4), call([1, 2], p=[0.5, 0.5])],
    "permutation": [call(3), call([1, 2])],
}
FLOOR = 0.95
