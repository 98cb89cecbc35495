"""Sample calls of jax.scipy.special."""

from __future__ import annotations

import jax.numpy as jnp
import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.array([0.2, 0.3])
N = jnp.array([1, 2])
DEGREES = np.array([1, 2])  # JAX finds the greatest of a NumPy array only

SAMPLES: Samples = {
    **{
        name: call(X)
        for name in names(
            "gamma gammaln gammasgn loggamma digamma erf erfc erfcx erfinv dawsn wofz exp1 expi fresnel i0 i0e i1 "
            "i1e sici spence entr erfcinv logit expit ndtr ndtri"
        )
    },
    **{
        name: call(X, X)
        for name in names("gammainc gammaincc betaln poch kl_div rel_entr xlogy xlog1py boxcox boxcox1p owens_t")
    },
    "beta": [call(X, X), call(a=X, b=X)],
    "factorial": call(X, exact=False),
    "polygamma": call(N, X),
    "betainc": call(X, X, X),
    "comb": call(N, N, repetition=False),
    "multigammaln": call(X + 2, 2),
    "expn": call(N, X),
    "bessel_jn": call(X, v=2, n_iter=20),
    "logsumexp": [call(X), call(X, 0, X, True), call(X, axis=0, where=X > 0)],
    "softmax": call(X, axis=0),
    "log_softmax": call(X, axis=0),
    "log_ndtr": call(X, 2),
    "zeta": call(X + 2, X),
    "hyp1f1": call(X, X, X),
    "hyp2f1": call(X, X, X, X),
    "bernoulli": call(4),
    "sph_harm_y": [call(DEGREES, N, X, X), call(N, N, X, X, n_max=2)],
    "sph_harm": [call(N, DEGREES, X, X), call(N, N, X, X, 2)],
    "lpmn": call(2, 2, X),
    "lpmn_values": call(2, 2, X, True),
}
FLOOR = 0.98
