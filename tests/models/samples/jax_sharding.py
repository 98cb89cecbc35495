"""Sample calls of jax.sharding."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import jax
import jax.numpy as jnp
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from tests.models.claims import Samples, call

X = jnp.arange(1.0, 4.0)
CPU = jax.devices("cpu")[0]
KIND = CPU.default_memory().kind
SUM = jax.sharding.UnreducedKind.sum if hasattr(jax.sharding, "UnreducedKind") else None
MESH = Mesh([CPU], ("i",))
SPLIT = PartitionSpec("i")
SHARDING = NamedSharding(MESH, SPLIT)
KINDS = hasattr(jax.sharding, "AxisType")
AXIS_TYPES = (jax.sharding.AxisType.Explicit,) if KINDS else ()
EXPLICIT = NamedSharding(Mesh([CPU], ("i",), axis_types=AXIS_TYPES), SPLIT) if KINDS else SHARDING


def enter(manager: AbstractContextManager[Any]) -> Any:
    """Use a context manager."""
    with manager:
        return ()


def under_mesh(function: Any) -> Any:
    """Use a function that needs a mesh around it."""
    with jax.sharding.use_abstract_mesh(MESH.abstract_mesh):
        return function(X)


def under_explicit_mesh(function: Any) -> Any:
    """Use a function that needs a mesh with explicit axes around it."""
    with jax.sharding.use_abstract_mesh(EXPLICIT.mesh.abstract_mesh):
        return function(X)


def square(x: Any) -> Any:
    """A function to transform."""
    return x * x


def sharding_of(spec: Any) -> Any:
    """Use a PartitionSpec."""
    return NamedSharding(MESH, spec)


def put(sharding: Any) -> Any:
    """Use a sharding."""
    return jax.device_put(X, sharding)


INSTANCES = {"Sharding": SHARDING}

SAMPLES: Samples = {
    # Shardings
    # What is no mesh crashes NamedSharding in 0.4.30.
    "NamedSharding": [call(MESH, SPLIT, memory_kind=KIND).since("0.6.0")],
    "PartitionSpec": [
        call("i").then(sharding_of),
        call("i", unreduced={"j"}, unreduced_kind=SUM).then(hash).since("0.11.0"),
        call("i", unreduced={"j"}, reduced={"k"}).then(hash).since("0.7.0"),
    ],
    "SingleDeviceSharding": call(CPU, memory_kind=KIND).then(put).since("0.6.0"),
    "make_single_device_sharding": call(CPU, memory_kind=KIND),
    "PositionalSharding": [call([CPU]), call([CPU], memory_kind=KIND).since("0.6.0")],
    "reshard": call(X, EXPLICIT),
    # Meshes
    "Mesh": [call([CPU], "i"), call([CPU], ("i",), axis_types=AXIS_TYPES).since("0.5.3")],
    "AbstractMesh": [
        call((("i", 1),)).until("0.5.3"),
        call((1,), ("i",)).since("0.5.3"),
        call((1,), ("i",), axis_types=AXIS_TYPES).since("0.5.3"),
    ],
    "get_abstract_mesh": call(),
    "use_abstract_mesh": call(getattr(MESH, "abstract_mesh", None)).then(enter),
    "no_collectives": call(frozenset()).then(enter),
    # Functions with other kinds of axes
    "auto_axes": call(square, axes="i", out_sharding=SPLIT).then(under_explicit_mesh),
    "explicit_axes": call(square, axes="i", in_sharding=SPLIT).then(under_mesh),
}
_CPP = "the class is C++ code that gives no signature"
NO_SIGNATURE = {"NamedSharding": _CPP, "SingleDeviceSharding": _CPP}
