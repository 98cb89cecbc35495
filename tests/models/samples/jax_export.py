"""Sample calls of jax.export."""

from __future__ import annotations

import functools
import importlib.util
from collections import namedtuple
from collections.abc import Callable
from itertools import count
from types import ModuleType
from typing import Any

import jax
import jax.numpy as jnp

from tests.models.claims import Samples, call
from tests.models.samples.inside import module_with
from tests.models.samples.jax import on_x, square
from tests.models.samples.jax_tree_util import of_new_class

try:
    from jax import export
except ImportError:  # 0.4.30 needs the package absl for it
    export = None

X = jnp.arange(1.0, 4.0)
Pair = namedtuple("Pair", "x y")
_number = count()


def under_new_name(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register a new class under a new name at each call: each can be registered only once."""

    @functools.wraps(function)
    def inside(nodetype: Any, *, serialized_name: Any, **kwargs: Any) -> Any:
        name = f"{serialized_name}{next(_number)}" if isinstance(serialized_name, str) else serialized_name
        return function(nodetype, serialized_name=name, **kwargs)

    return of_new_class(functools.wraps(function)(inside))


SAMPLES: Samples = {}
if export is not None:
    OWNER: ModuleType = module_with(
        export, under_new_name, ["register_namedtuple_serialization", "register_pytree_node_serialization"]
    )
    SCOPE = export.SymbolicScope()
    SAMPLES = {
        # Export
        "export": [
            call(jax.jit(square), platforms=["cpu"]).then(on_x),
            call(jax.jit(square), disabled_checks=[export.DisabledSafetyCheck.custom_call("name")]).then(on_x),
            call(jax.jit(square), _override_lowering_rules=((jax.lax.sin_p, square),)).then(on_x).since("0.6.0"),
        ],
        "default_export_platform": call(),
        "register_namedtuple_serialization": call(Pair, serialized_name="name"),
        "register_pytree_node_serialization": call(
            Pair, serialized_name="name", serialize_auxdata=square, deserialize_auxdata=square, from_children=square
        ),
        # Symbolic shapes
        "symbolic_shape": [
            call("n, 2", constraints=["n >= 2"]),
            call("n, _", scope=SCOPE, like=(3, 2)),
        ],
        "symbolic_args_specs": [call(X, "n", constraints=["n >= 2"]), call(X, "n", scope=SCOPE)],
        "symbolic_dim_bounds": call(3),
        "is_symbolic_dim": call(X),
        "SymbolicScope": call(["n >= 2"]),
    }
    if importlib.util.find_spec("flatbuffers"):
        SAMPLES["deserialize"] = call(export.export(jax.jit(square))(X).serialize())
