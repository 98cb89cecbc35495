"""Sample calls of the methods of jax.scipy.stats.gaussian_kde; the first value is the density."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax.scipy.stats import gaussian_kde

from tests.models.claims import Samples, call
from tests.models.samples import names

DATA = jnp.array([0.5, 1.0, 2.0, 2.5])
SELF = gaussian_kde(DATA)

SAMPLES: Samples = {
    **{name: call(SELF, DATA) for name in names("evaluate __call__ pdf logpdf")},
    "integrate_gaussian": call(SELF, DATA[:1], jnp.eye(1)),
    "integrate_box_1d": call(SELF, 0.5, 1.5),
    "integrate_kde": call(SELF, SELF),
    "resample": [call(SELF, jax.random.key(0)), call(SELF, jax.random.key(0), (2,))],
}
FLOOR = 0.98
