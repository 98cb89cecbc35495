"""Functions that work only inside something else, made into functions that can be called anywhere."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import jax
import numpy as np
from jax.experimental import pallas
from jax.sharding import Mesh, PartitionSpec

AXIS = "i"
_MESH = Mesh(np.array(jax.devices()[:1]), (AXIS,))
_TOKEN = type(jax.lax.create_token())


def module_with(module: ModuleType, wrap: Callable[[Any], Any], names: Iterable[str]) -> ModuleType:
    """A copy of a module, with these functions wrapped: an OWNER for samples."""
    copy = ModuleType(module.__name__)
    vars(copy).update(vars(module))
    for name in names:
        if hasattr(module, name):
            setattr(copy, name, wrap(getattr(module, name)))
    return copy


def class_as_module(cls: type) -> ModuleType:
    """A module with what a class has: its methods take self first, its class methods don't."""
    module = ModuleType(cls.__qualname__)
    vars(module).update({name: getattr(cls, name) for name in dir(cls) if not name.startswith("_")})
    return module


def in_mapped_axis(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call `function` inside `shard_map`, where the axis "i" of size 1 has a name."""

    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        leaves, structure = jax.tree.flatten((args, kwargs))
        places = [place for place, leaf in enumerate(leaves) if _is_array(leaf)]
        kept: list[Any] = []

        def body(operands: list[Any]) -> list[Any]:
            mixed = dict(enumerate(map(_made_again, leaves))) | dict(zip(places, operands, strict=True))
            given, named = jax.tree.unflatten(structure, mixed.values())
            kept[:] = [function(*given, **named)]
            return [leaf[None] for leaf in jax.tree.leaves(kept[0]) if _is_traced_array(leaf)]

        results = iter(_shard_map(body)([leaves[place] for place in places]))
        return jax.tree.map(lambda leaf: _outside(leaf, results), kept[0])

    return inside


def in_kernel(
    function: Callable[..., Any], references: tuple[int, ...] = (), use: Callable[[Any], Any] = lambda result: result
) -> Callable[..., Any]:
    """Call `function` inside an interpreted Pallas kernel with a grid of two.

    references: the positions of arguments that are passed on as references to memory, not as what is there.
    use: what to do with the result while still in the kernel.
    """

    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        leaves, structure = jax.tree.flatten((args, kwargs))
        places = [place for place, leaf in enumerate(leaves) if _is_array(leaf)]
        kept: list[Any] = []

        def kernel(*memory: Any) -> None:
            operands = [ref if place in references else ref[...] for place, ref in zip(places, memory)]
            mixed = dict(enumerate(leaves)) | dict(zip(places, operands, strict=True))
            given, named = jax.tree.unflatten(structure, mixed.values())
            kept[:] = [use(function(*given, **named))]

        shape = jax.ShapeDtypeStruct((), jax.numpy.float32)
        run = pallas.pallas_call(kernel, out_shape=shape, grid=(2,), interpret=True)
        result = run(*(leaves[place] for place in places))
        # Where a function is called for its effects, the kernel's own result shows that it has them.
        return result if kept[0] is None else jax.tree.map(lambda leaf: _like(leaf, result), kept[0])

    return inside


def _like(leaf: Any, result: Any) -> Any:
    """What stands for a result of a kernel when the kernel has ended."""
    if _is_traced_array(leaf):
        return jax.lax.broadcast(result.astype(leaf.dtype), leaf.shape)
    return result if isinstance(leaf, jax.core.Tracer) else leaf


def _made_again(leaf: Any) -> Any:
    """A token of the trace that it is used in; anything else as it is."""
    return jax.lax.create_token() if isinstance(leaf, _TOKEN) else leaf


def _outside(leaf: Any, results: Any) -> Any:
    """What stands for a result when its trace has ended."""
    if _is_traced_array(leaf):
        return next(results)
    return jax.lax.create_token() if isinstance(leaf, jax.core.Tracer) else leaf


def _shard_map(body: Callable[..., Any]) -> Callable[..., Any]:
    specs: dict[str, Any] = {"mesh": _MESH, "in_specs": PartitionSpec(), "out_specs": PartitionSpec(AXIS)}
    if hasattr(jax, "shard_map"):
        return jax.shard_map(body, **specs, check_vma=False)
    from jax.experimental.shard_map import shard_map

    return shard_map(body, **specs, check_rep=False)


def _is_array(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array | np.ndarray)


def _is_traced_array(leaf: Any) -> bool:
    # A token or a future is traced too, but no array.
    return isinstance(leaf, jax.core.Tracer) and any(cls.__name__ == "ShapedArray" for cls in type(leaf.aval).__mro__)
