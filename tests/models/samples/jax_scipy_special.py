"""Sample calls of jax.scipy.special."""

from __future__ import annotations

import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples import names

X = jnp.array([0.2, 0.3])
N = jnp.array([1, 2])

SAMPLES: Samples = {
    **{
        name: call(X)
        for name in names(
            "gamma gammaln gammasgn loggamma digamma erf erfc erfcx erfinv dawsn wofz exp1 expi fresnel i0 i0e i1 "
            "i1e sici spence entr logit expit ndtr ndtri"
        )
    },
    **{
        name: call(X, X)
        for name in names("gammainc gammaincc beta betaln poch kl_div rel_entr xlogy xlog1py boxcox boxcox1p owens_t")
    },
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
}
FLOOR = 0.95
