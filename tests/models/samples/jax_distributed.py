"""Sample calls of jax.distributed."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {"is_initialized": call()}
