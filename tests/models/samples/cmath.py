"""Sample calls of cmath."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {
    **{
        name: call(0.5)
        for name in names(
            "acos acosh asin asinh atan atanh cos cosh exp isfinite isinf isnan log10 phase polar "
            "sin sinh sqrt tan tanh"
        )
    },
    "isclose": [call(1.0, 2.0), call(1.0, 2.0, rel_tol=0.1, abs_tol=0.1)],
    "log": [call(2.0), call(2.0, 3.0)],
    "rect": call(1.0, 0.5),
}
