"""Sample calls of jax.custom_transpose."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples.jax import square

SAMPLES: Samples = {"custom_transpose": call(square)}
