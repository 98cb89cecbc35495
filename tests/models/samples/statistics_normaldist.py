"""Sample calls of the methods of statistics.NormalDist."""

from __future__ import annotations

from statistics import NormalDist

from tests.models.claims import Samples, call

OWNER = NormalDist
SELF = None
D = NormalDist(1.0, 2.0)

SAMPLES: Samples = {
    "cdf": call(D, 2.0),
    "inv_cdf": call(D, 0.5),
    "overlap": call(D, D),
    "pdf": call(D, 2.0),
    "quantiles": call(D, 2),
    "samples": call(D, 2, seed=0),
    "zscore": call(D, 2.0),
}
