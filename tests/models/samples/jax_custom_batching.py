"""Sample calls of jax.custom_batching."""

from __future__ import annotations

from typing import Any

from tests.models.claims import Samples, call
from tests.models.samples.jax import X, on_x, square


def with_rule(function: Any) -> Any:
    """Use a custom_vmap function."""
    function.def_vmap(lambda size, mapped, x: (x, mapped[0]))
    return function(X)


SAMPLES: Samples = {
    "custom_vmap": call(square).then(with_rule),
    "sequential_vmap": call(square).then(on_x),
}
