"""Sample calls of numpy.polynomial. Its modules have the same functions under other prefixes."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

C = np.array([1.0, 2.0, 3.0])
P = np.array([0.5, 1.0, 1.5])

CLASS = [call(C, (-1, 1), (-1, 1)), call(C, symbol="z").since("1.24")]

SAMPLES: Samples = {name: CLASS for name in names("Chebyshev Hermite HermiteE Laguerre Legendre Polynomial")}


def functions(prefix: str, cls: str) -> Samples:
    """Sample calls of one of the modules."""
    found: Samples = {
        **{name: call(C, C) for name in names("add sub mul div")},
        **{name: call(C) for name in names("mulx roots companion fromroots weight")},
        **{name: call(C) for name in names(f"{prefix}2poly poly2{prefix}")},
        **{name: call(3) for name in names("gauss pts1 pts2")},
        "line": call(1.0, 2.0),
        "pow": call(C, 2, 9),
        "val": call(P, C, True),
        "valfromroots": call(P, C, True),
        "der": call(C, 1, 1.0, 0),
        "int": call(C, 1, [0.0], 0.0, 1.0, 0),
        "vander": call(P, 2),
        "fit": call(P, C, 1, 0.1, False, C),
        "trim": call(C, 0.1),
        "val2d": call(P, P, np.eye(2)),
        "grid2d": call(P, P, np.eye(2)),
        "val3d": call(P, P, P, np.ones((2, 2, 2))),
        "grid3d": call(P, P, P, np.ones((2, 2, 2))),
        "vander2d": call(P, P, [1, 1]),
        "vander3d": call(P, P, P, [1, 1, 1]),
        "valnd": call((P, P), np.eye(2)).since("2.5"),
        "interpolate": call(lambda x: x, 2),
    }
    functions = {name if "2" in name and "poly" in name else prefix + name: sample for name, sample in found.items()}
    return {**functions, cls: CLASS}
