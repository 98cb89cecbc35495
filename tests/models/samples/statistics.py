"""Sample calls of statistics."""

from __future__ import annotations

import jax

from tests.models.claims import Samples, call
from tests.models.samples import names

X, Y = [1.0, 2.0, 4.0], [1.0, 3.0, 4.0]

SAMPLES: Samples = {
    **{name: call(X) for name in names("fmean geometric_mean harmonic_mean mean median median_high median_low")},
    **{name: call(X) for name in names("median_grouped mode multimode quantiles")},
    **{name: [call(X), call(X, 2.0)] for name in names("pstdev pvariance stdev variance")},
    **{name: call(X, Y) for name in names("correlation covariance linear_regression")},
    "fmean": [call(X), call(X, Y).since("3.11")],
    "harmonic_mean": [call(X), call(X, Y)],
    "kde": call(X, 2.0).since("3.13"),
    "kde_random": call(X, 2.0).since("3.13"),
    "LinearRegression": call(1.0, 2.0),
    "NormalDist": call(1.0, 2.0),
}
if jax.__version_info__ < (0, 4, 36):  # A tracer could be hashed.
    del SAMPLES["mode"], SAMPLES["multimode"]
