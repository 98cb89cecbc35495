"""Sample calls of Python's random."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call, call_for_needs

X = np.ones(2)

SAMPLES: Samples = {
    # Numbers
    "betavariate": call(2.0, 3.0),
    "binomialvariate": call(2, 0.5),
    "expovariate": call(2.0),
    "gammavariate": call(2.0, 3.0),
    "gauss": call(2.0, 3.0),
    "lognormvariate": call(2.0, 3.0),
    "normalvariate": call(2.0, 3.0),
    "random": call(),
    "paretovariate": call(2.0),
    "triangular": [call(0.0, 1.0), call_for_needs(0.0, 1.0, 0.5)],
    "uniform": call(2.0, 3.0),
    "vonmisesvariate": call(2.0, 3.0),
    "weibullvariate": call(2.0, 3.0),
    # Whole numbers and bytes
    "getrandbits": call(3),
    "randbytes": call(3),
    "randint": call(1, 3),
    "randrange": [call(3), call(1, 9, 2)],
    # Elements of a sequence
    "choice": call((X, X)),
    "choices": [call([X, X], [1, 1], k=2), call([1, 2], cum_weights=[1, 2])],
    "sample": [call([1, 2], 1), call([1, 2], 3, counts=[1, 4])],
    "shuffle": call([1, 2]),
    # State
    "getstate": call(),
    "seed": call(0, 2),
    # Generators
    "Random": call(0),
    "SystemRandom": call(0),
}
