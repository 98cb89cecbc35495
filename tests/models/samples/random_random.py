"""Sample calls of the methods of random.Random."""

from __future__ import annotations

from random import Random

import numpy as np

from tests.models.claims import Samples, call, call_for_needs

OWNER = Random
X = np.ones(2)
SELF = None
R = Random(0)

SAMPLES: Samples = {
    # Numbers
    "betavariate": call(R, 2.0, 3.0),
    "binomialvariate": call(R, 2, 0.5),
    "expovariate": call(R, 2.0),
    "gammavariate": call(R, 2.0, 3.0),
    "gauss": call(R, 2.0, 3.0),
    "lognormvariate": call(R, 2.0, 3.0),
    "normalvariate": call(R, 2.0, 3.0),
    "paretovariate": call(R, 2.0),
    "triangular": [call(R, 0.0, 1.0), call_for_needs(R, 0.0, 1.0, 0.5)],
    "uniform": call(R, 2.0, 3.0),
    "vonmisesvariate": call(R, 2.0, 3.0),
    "weibullvariate": call(R, 2.0, 3.0),
    # Whole numbers and bytes
    "getrandbits": call(R, 3),
    "randbytes": call(R, 3),
    "randint": call(R, 1, 3),
    "randrange": [call(R, 3), call(R, 1, 9, 2)],
    # Elements of a sequence
    "choice": call(R, (X, X)),
    "choices": [call(R, [X, X], [1, 1], k=2), call(R, [1, 2], cum_weights=[1, 2])],
    "sample": [call(R, [1, 2], 1), call(R, [1, 2], 3, counts=[1, 4])],
    "shuffle": call(R, [1, 2]),
    # State
    "seed": call(R, 0, 2),
    "random": call(R),
    "getstate": call(R),
}
