"""Sample calls of jax.profiler."""

from __future__ import annotations

import os

from tests.models.claims import Samples, call
from tests.models.samples.jax import X, on_x, square
from tests.models.samples.jax_sharding import enter

SAMPLES: Samples = {
    "annotate_function": call(square, "name", step=X).then(on_x),
    "TraceAnnotation": call("name", step=X).then(enter),
    "StepTraceAnnotation": call("name", step_num=X).then(enter),
    "device_memory_profile": call("cpu"),
    "save_device_memory_profile": call(os.devnull, "cpu"),
}
NO_SIGNATURE = {"TraceAnnotation": "the class is C++ code that gives no signature"}
