"""Sample calls of math."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples import names

SAMPLES: Samples = {
    **{
        name: call(0.5)
        for name in names(
            "ceil floor trunc fabs modf frexp ulp isfinite isinf isnan cbrt exp exp2 expm1 log1p log2 log10 sqrt "
            "acos asin atan cos sin tan degrees radians asinh atanh cosh sinh tanh erf erfc gamma lgamma"
        )
    },
    **{name: call(2.0, 3.0) for name in names("fmod copysign remainder log pow atan2 hypot")},
    "nextafter": [call(2.0, 3.0), call(2.0, 3.0, steps=2).since("3.12")],
    **{name: call(6, 4) for name in names("comb gcd lcm perm")},
    "acosh": call(2.0),
    "ldexp": call(2.0, 3),
    "isclose": [call(1.0, 2.0), call(1.0, 2.0, rel_tol=0.1, abs_tol=0.1)],
    "factorial": call(3),
    "isqrt": call(9),
    "dist": call([1.0, 2.0], [3.0, 4.0]),
    "fsum": call([1.0, 2.0]),
    "fma": call(2.0, 3.0, 4.0).since("3.13"),
    "sumprod": call((2, 3), (4, 5)).since("3.12"),
    "prod": [call((2, 3)), call([2, 3], start=2)],
}
