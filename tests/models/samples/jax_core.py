"""Sample calls of jax.core."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples.jax import MANUAL, shape_of
from tests.models.samples.jax_sharding import MESH, SPLIT, enter

X = jnp.arange(3.0)
CLOSED = jax.make_jaxpr(lambda x: x + 1.0)(X)
JAXPR = CLOSED.jaxpr
MEMORY = jax.memory.Space.Device if hasattr(jax, "memory") else None
WITH_CONSTANT = jax.make_jaxpr(lambda x: x + X)(X)
ABSTRACT = jax.sharding.NamedSharding(MESH.abstract_mesh, SPLIT) if hasattr(MESH, "abstract_mesh") else None
LAYOUT = None
if jax.__version_info__ >= (0, 12):
    from jax.experimental.layout import Layout

    LAYOUT = Layout((0,))
AVAL = jax.core.ShapedArray((3,), jnp.float32)

SAMPLES: Samples = {
    # Tracing
    "ensure_compile_time_eval": call(),
    "eval_context": call().then(enter),
    "trace_state_clean": call(),
    "unsafe_am_i_under_a_jit_DO_NOT_USE": call(),
    "unsafe_am_i_under_a_vmap_DO_NOT_USE": call(),
    "unsafe_get_axis_names_DO_NOT_USE": call(),
    "nonempty_axis_env_DO_NOT_USE": call(),
    # Values
    "get_aval": call(X),
    "get_type": call(X),
    "is_concrete": call(X),
    "valid_jaxtype": call(X),
    "concrete_or_error": call(lambda x: x, 1, X),
    # Shapes and types
    "max_dim": call(2, 3),
    "min_dim": call(2, 3),
    "is_constant_dim": call(X),
    "is_constant_shape": call((X,)),
    "canonicalize_shape": call((2, 3), X),
    "primal_dtype_to_tangent_dtype": call(X),
    "ShapedArray": [
        call((3,), X, True).then(shape_of),
        call((3,), X, named_shape={"i": 2}).then(shape_of).until("0.4.35"),
        call((3,), X, vma=frozenset()).then(shape_of).since("0.6.0").until("0.10.0"),
        call((3,), X, layout=LAYOUT).then(hash).since("0.12.0.1"),
        call((3,), X, sharding=ABSTRACT).then(shape_of).since("0.5.3"),
        call((3,), X, manual_axis_type=MANUAL, memory_space=MEMORY).then(shape_of).since("0.10.0"),
    ],
    # Programs
    "eval_jaxpr": [call(WITH_CONSTANT.jaxpr, [X], X), call(JAXPR, [], X, propagate_source_info=True)],
    "jaxpr_as_fun": call(CLOSED, X).then(lambda function: function()),
    "check_jaxpr": call(JAXPR),
    "jaxprs_in_params": call({"n": X}),
    "subjaxprs": call(JAXPR),
}
