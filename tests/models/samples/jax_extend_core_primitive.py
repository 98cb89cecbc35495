"""Sample calls of a primitive; the first value is the primitive."""

from __future__ import annotations

import jax.numpy as jnp
from jax.extend import core
from jax.interpreters import mlir

from tests.models.claims import Samples, call

SCALED = core.Primitive("scaled")
SCALED.def_impl(lambda x, **params: x)
SCALED.def_abstract_eval(lambda x, **params: x)
mlir.register_lowering(SCALED, lambda context, x, **params: [x])

OWNER = core.Primitive
SAMPLES: Samples = {"bind": call(SCALED, jnp.ones(3), times=2)}
