"""Sample calls of numpy.fft."""

from __future__ import annotations

import numpy as np

from tests.models.claims import Samples, call
from tests.models.samples import names

X = np.arange(1.0, 5.0)
M = np.eye(4)

SAMPLES: Samples = {
    **{name: call(X, 3, 0) for name in names("fft hfft ifft ihfft irfft rfft")},
    **{name: call(M, (3, 3), (0, 1)) for name in names("fft2 fftn ifft2 ifftn irfft2 irfftn rfft2 rfftn")},
    "fftfreq": call(4, 1.0),
    "rfftfreq": call(4, 1.0),
    "fftshift": call(X, 0),
    "ifftshift": call(X, 0),
}
FLOOR = 0.95
