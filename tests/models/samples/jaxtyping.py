"""Sample calls of jaxtyping."""

from __future__ import annotations

from tests.models.claims import Samples, call

SAMPLES: Samples = {"jaxtyped": call(lambda x: x, typechecker=None)}
