"""Sample calls of jax.ffi."""

from __future__ import annotations

from tests.models.claims import Samples, call
from tests.models.samples.jax import LIKE_X, X, on_x

SAMPLES: Samples = {
    "ffi_call": [
        call("target", X, vmap_method="sequential", input_layouts=[(0,)], output_layouts=(0,)).then(on_x),
        call("target", LIKE_X, input_output_aliases={0: 0}).then(on_x),
        call("target", LIKE_X, custom_call_api_version=2, legacy_backend_config="").then(on_x),
    ],
}
