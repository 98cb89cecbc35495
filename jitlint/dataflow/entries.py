"""Calls outside of any trace that trace a function: `jax.eval_shape(f, x)`, `jax.vmap(f)(x)`, `lax.scan(f, init, xs)`.

Each is a jit site of its own, with one call: that one.
"""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments, bind
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.state import CallInSight, Scope
from jitlint.dataflow.values import (
    Callee,
    Class,
    Constant,
    Declaration,
    Display,
    Function,
    Instance,
    JitSite,
    Jitted,
    Mapping,
    Origin,
    Partial,
    Transformed,
    Value,
)
from jitlint.jit_sites import signature

DECLARED_BY = {"jax.pmap": "static_broadcasted_argnums", "jax.make_jaxpr": "static_argnums"}
"""Functions that trace what they are given as `jax.jit` does, and the option that declares positions static."""
TRACED_BODIES = frozenset(f"jax.lax.{name}" for name in ("scan", "fori_loop", "while_loop", "cond", "switch", "map"))
"""Functions that trace those they are given wherever they are called; others of `jax.lax` call them with arrays."""

ENTRIES = TRACED_BODIES | DECLARED_BY.keys() | {"jax.eval_shape", "jax.vmap", "jax.checkpoint", "jax.remat"}
"""Functions other than jit whose calls are jit sites."""


def enter(
    scope: Scope,
    library: str,
    label: str,
    function: Value,
    arguments: Arguments,
    node: cst.CSTNode,
    kept: frozenset[str] = frozenset(),
) -> None:
    """Note a call that traces its arguments, but for the parameters in `kept`."""
    parameters = _parameters(scope, function, arguments)
    bound = None if parameters is None else bind(parameters, arguments)
    if parameters is None or bound is None:
        return
    given = {p.name: bound.get(p.name) for p in parameters if _is_plain(p) and _is_exact(p.name, bound, kept)}
    site = JitSite(node, label, function, Declaration(kept), library, scope.frame.root.file, tuple(given.items()))
    scope.analysis.sites.setdefault(site)
    scope.analysis.calls.append(CallInSight(site, tuple(bound.items()), node, arguments.positional, arguments.keywords))


def enter_with_arrays(
    scope: Scope,
    library: str,
    label: str,
    function: Value,
    arguments: Arguments,
    node: cst.CSTNode,
    eager: bool = False,
) -> None:
    """Note a call of a function with arguments that are traced already, or are not.

    eager: operations on what is not traced are done at once.
    """
    parameters = _parameters(scope, function, arguments)
    bound = None if parameters is None else bind(parameters, arguments)
    if parameters is None or bound is None:
        return
    given = {
        p.name: _named(bound[p.name], Origin(p.name)) if p.name in bound else None
        for p in parameters
        if _is_plain(p) or p.name in bound
    }
    declaration = Declaration(frozenset(p.name for p in parameters))
    site = JitSite(node, label, function, declaration, library, scope.frame.root.file, tuple(given.items()), eager)
    scope.analysis.sites.setdefault(site)


def _parameters(scope: Scope, function: Value, arguments: Arguments) -> tuple[Parameter, ...] | None:
    """Return the parameters of a function of which a site can be made; None for any other."""
    form = function.form
    if scope.catching or is_disguised(function):
        return None
    if scope.tracing or not scope.reachable or scope.frame.root is not scope.analysis.module:
        return None
    if not isinstance(form, (*Callee, Instance)) or isinstance(form, (Class, Jitted)):
        return None
    if arguments.star is not None or arguments.double_star is not None:
        return None
    return signature(function, scope.analysis.models)


def is_disguised(function: Value) -> bool:
    """Whether a decorator of unknown effect is around a function, which may rewrite it."""
    form = function.form
    if isinstance(form, Function):
        return form.disguised or form.wrapped is not None and is_disguised(form.wrapped)
    return isinstance(form, (Partial, Transformed)) and is_disguised(form.callee)


def _is_plain(parameter: Parameter) -> bool:
    return parameter.kind not in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


def _is_exact(name: str, bound: dict[str, Value], kept: frozenset[str]) -> bool:
    """Whether a parameter is what the call says: left out, not traced, or None, which has no leaf to trace."""
    return name not in bound or name in kept or bound[name].form == Constant(None)


def _named(value: Value, origin: Origin) -> Value:
    """Return a staged value that names the parameter it came in by."""
    form = value.form
    if isinstance(form, Display):
        rest = None if form.rest is None else _named(form.rest, origin)
        items, last = (tuple(_named(item, origin) for item in side) for side in (form.items, form.last))
        return replace(value, form=replace(form, items=items, rest=rest, last=last))
    if isinstance(form, Mapping):
        rest = None if form.rest is None else _named(form.rest, origin)
        return replace(value, form=replace(form, items=tuple((k, _named(i, origin)) for k, i in form.items), rest=rest))
    return replace(value, origins=frozenset({origin})) if value.staged else value
