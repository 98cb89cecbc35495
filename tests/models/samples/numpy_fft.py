"""Sample calls of numpy.fft."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.models.claims import Call, Samples, call
from tests.models.samples import names

X = np.arange(1.0, 5.0)
M = np.eye(4)


def transform(name: str, *args: Any) -> list[Call]:
    """A call of a transform with its norm, and one with an array for the result."""
    result = getattr(np.fft, name)(*args)
    return [call(*args, "ortho"), call(*args, out=result).since("2.0")]


SAMPLES: Samples = {
    **{name: transform(name, X, 3, 0) for name in names("fft ifft ihfft irfft rfft")},
    "hfft": call(X, 3, 0, "ortho"),
    "irfftn": transform("irfftn", M, (3, 3), (0, 1)),
    **{name: call(M, (3, 3), (0, 1), "ortho") for name in names("fft2 fftn ifft2 ifftn irfft2 rfft2 rfftn")},
    "fftfreq": [call(4, 1.0), call(4, device="cpu").since("2.0")],
    "rfftfreq": [call(4, 1.0), call(4, device="cpu").since("2.0")],
    "fftshift": call(X, 0),
    "ifftshift": call(X, 0),
}
