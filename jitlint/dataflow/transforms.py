"""Functions that take a function and return one (jit, vmap, grad, partial, ...), and calls of what they return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments, bind
from jitlint.dataflow.containers import items_in_order
from jitlint.dataflow.entries import DECLARED_BY, enter, enter_with_arrays, is_disguised
from jitlint.dataflow.lattice import as_primal, display, is_number, operation, stage
from jitlint.dataflow.library import Call, inner_place
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.sinks import BY_HASH, hand_over, notice, reach
from jitlint.dataflow.state import CallInSight, Evidence, Scope
from jitlint.dataflow.values import (
    NONE,
    UNKNOWN,
    Callee,
    Class,
    Constant,
    Display,
    Instance,
    JitSite,
    Jitted,
    Library,
    Mapping,
    Partial,
    Shapeless,
    SinkKind,
    Transformed,
    Value,
)
from jitlint.jit_sites import read_declaration, signature, static_at, static_names

_FILTERED = ("filter_grad", "filter_value_and_grad")
"""Gradients that leave alone what is no array."""
_FUNCTION_NAMES = ("fun", "f", "func", "fn", "fun_", "function", "fun_jit")


def apply_transform(
    scope: Scope, library: str, transform: str, arguments: Arguments, node: cst.CSTNode, label: str
) -> Value:
    """Call a transformation. Without a function (`jax.jit(static_argnums=1)`) it waits for one."""
    function, rest = _function_argument(arguments)
    if function is None:
        if arguments.star is not None or arguments.double_star is not None and not arguments.keywords:
            return UNKNOWN
        return Value(form=Partial(Value(form=Library(library)), (), arguments.keywords))
    if transform == "partial":
        return _make_partial(function, rest, library.startswith("jax."))
    traces = library in DECLARED_BY and not scope.tracing and not scope.catching and not is_disguised(function)
    if transform in ("jit", "pjit") or traces:
        return _make_jitted(scope, library, function, rest, node, label)
    if transform == "export":
        # What it returns is called with what jit would be called with.
        return function if isinstance(function.form, Jitted) else UNKNOWN
    names = _option_names(transform)
    options = dict(rest.keywords)
    options.update(zip(names, rest.positional))
    if rest.star is not None or rest.double_star is not None:
        options.setdefault("in_axes", UNKNOWN)
    for name, value in options.items():
        reach(scope, SinkKind.CONCRETE, value, node, f"must be concrete as {name!r} of {label or library}")
    if not isinstance(function.form, (*Callee, Instance)):
        notice(scope, Evidence.CALLED, function, node)
        return UNKNOWN
    return Value(form=Transformed(transform, function, tuple(options.items()), library))


def _function_argument(arguments: Arguments) -> tuple[Value | None, Arguments]:
    if arguments.positional:
        return arguments.positional[0], replace(arguments, positional=arguments.positional[1:])
    for name in _FUNCTION_NAMES:
        value = arguments.keyword(name)
        if value is not None:
            return value, replace(arguments, keywords=tuple(p for p in arguments.keywords if p[0] != name))
    return None, arguments


def _option_names(transform: str) -> tuple[str, ...]:
    if transform == "vmap":
        return ("in_axes", "out_axes")
    if transform in ("grad", "value_and_grad", "jacobian"):
        return ("argnums", "has_aux")
    return {"jax.pmap": ("axis_name",), "jax.make_jaxpr": ("static_argnums",)}.get(transform, ())


def _make_partial(function: Value, rest: Arguments, pytree: bool) -> Value:
    if rest.star is not None or rest.double_star is not None:
        # Which parameters are bound can't be seen; only a transformation waiting for its function stays useful.
        return UNKNOWN
    if function.form is None and not function.unknown:
        return UNKNOWN
    if isinstance(function.form, Partial):
        inner = function.form
        merged = Arguments(rest.positional, rest.keywords).after(inner.positional, inner.keywords)
        return Value(form=Partial(inner.callee, merged.positional, merged.keywords, pytree))
    return Value(form=Partial(function, rest.positional, rest.keywords, pytree))


def _make_jitted(scope: Scope, library: str, function: Value, rest: Arguments, node: cst.CSTNode, label: str) -> Value:
    if not isinstance(function.form, (*Callee, Instance)) or isinstance(function.form, Class):
        return UNKNOWN
    names = _option_names(library)
    complete = rest.double_star is None and len(rest.positional) <= len(names) and rest.star is None
    options = (*zip(names, rest.positional), *rest.keywords)
    declaration = read_declaration(options, complete, DECLARED_BY.get(library, "static_argnums"))
    site = JitSite(node, label, function, declaration, library, scope.frame.root.file, undecided=scope.undecided)
    if not scope.tracing and scope.frame.root is scope.analysis.module:
        # What another file applies is that file's affair.
        scope.analysis.sites.setdefault(site)
    return Value(form=Jitted(site))


def call_transformed(scope: Scope, form: Transformed, arguments: Arguments, node: cst.CSTNode, call: Call) -> Value:
    """Call a transformed function."""
    options = dict(form.options)
    transform = form.transform
    if transform == "cache":
        for value in arguments.all_values():
            reach(scope, SinkKind.OBJECT, value, node, "is hashed by functools.lru_cache")
        return call(scope, form.callee, arguments, node)
    if not scope.tracing:
        _enter_transformed(scope, form, arguments, options, node)
        # Nothing is a sink out here, but functions under jit are called: evidence of what they are given.
        _call_inside(scope, form, arguments, options, inner_place(node), call)
        return UNKNOWN
    if transform == "make_jaxpr":
        return UNKNOWN
    return _call_inside(scope, form, arguments, options, node, call)


def _call_inside(
    scope: Scope, form: Transformed, arguments: Arguments, options: dict[str, Value], node: cst.CSTNode, call: Call
) -> Value:
    transform = form.transform
    if transform in ("vmap", "pmap", "shard_map", "smap"):
        inner = call(scope, form.callee, _mapped(arguments, options if transform == "vmap" else {}), node)
        return stage(inner)
    if transform in ("grad", "value_and_grad", "jacobian", *_FILTERED):
        return _call_gradient(scope, form, arguments, options, node, call)
    if transform in ("checkpoint", "custom_jvp", "custom_vjp", "custom_vmap"):
        return _call_traced(scope, form, arguments, options, node, call)
    result = call(scope, form.callee, arguments, node)
    # What comes back is no result of the function.
    return UNKNOWN if transform == "make_jaxpr" else result


def _enter_transformed(
    scope: Scope, form: Transformed, arguments: Arguments, options: dict[str, Value], node: cst.CSTNode
) -> None:
    """Note a call outside of any trace, where the transformation traces. Derivatives are taken of concrete values."""
    if form.library == "jax.vmap":
        enter_with_arrays(scope, form.library, form.library, form.callee, _mapped(arguments, options), node, eager=True)
    elif form.library in ("jax.checkpoint", "jax.remat"):
        kept = _untouched(scope, form, options)
        if kept is not None:
            enter(scope, form.library, form.library, form.callee, arguments, node, kept)


def _untouched(scope: Scope, form: Transformed, options: dict[str, Value]) -> frozenset[str] | None:
    """Return the parameters that a transformation declares static or not differentiated; None if it can't be read."""
    key = "static_argnums" if form.transform == "checkpoint" else "nondiff_argnums"
    untouched = _numbers(options.get(key))
    parameters = signature(form.callee, scope.analysis.models)
    named = read_declaration((("static_argnames", options.get("static_argnames", NONE)),), True)
    if untouched is None or parameters is None or options.get("nondiff_argnames") is not None or not named.resolved:
        return None
    names = [parameter.name for parameter in parameters if parameter.by_position]
    return named.names | {names[n] for n in untouched if -len(names) <= n < len(names)}


def _mapped(arguments: Arguments, options: dict[str, Value]) -> Arguments:
    """Return the arguments as the body of a vmapped function sees them."""
    axes = options.get("in_axes")
    positional = tuple(_map_one(value, _axis(axes, index)) for index, value in enumerate(arguments.positional))
    return Arguments(
        positional,
        tuple((name, stage(value)) for name, value in arguments.keywords),
        None if arguments.spread is None else _map_one(arguments.spread, _axis(axes, len(positional))),
        None if arguments.double_star is None else stage(arguments.double_star),
    )


def _axis(axes: Value | None, index: int) -> bool | None:
    """Whether an argument is mapped; None if `in_axes` does not tell."""
    if axes is None:
        return True
    if isinstance(axes.form, Display):
        if axes.form.rest is not None or index >= len(axes.form.items):
            return None
        axes = axes.form.items[index]
        if isinstance(axes.form, (Display, Mapping)):
            return None
    if isinstance(axes.form, Constant):
        return axes.form.value is not None
    return True if is_number(axes.form) else None


def _map_one(value: Value, mapped: bool | None) -> Value:
    if mapped is None:
        return value if operation(value).traced else UNKNOWN
    return stage(value) if mapped else value


def _numbers(value: Value | None) -> frozenset[int] | None:
    """Return the argument positions that an option names; None if it can't be read."""
    if value is None or value.form == Constant(None):
        return frozenset()
    items = value.form.items if isinstance(value.form, Display) and value.form.rest is None else (value,)
    found = [item.form.value if isinstance(item.form, Constant) else None for item in items]
    return None if any(not isinstance(n, int) for n in found) else frozenset(n for n in found if isinstance(n, int))


def _call_gradient(
    scope: Scope, form: Transformed, arguments: Arguments, options: dict[str, Value], node: cst.CSTNode, call: Call
) -> Value:
    argnums = options.get("argnums")
    numbers = frozenset({0}) if argnums is None else _numbers(argnums)
    count = len(arguments.positional)
    if form.transform in _FILTERED:
        positional = arguments.positional
    elif numbers is None:
        positional = tuple(v if operation(v).traced else UNKNOWN for v in arguments.positional)
    else:
        chosen = {n % count if count else n for n in numbers}
        positional = tuple(_differentiated(scope, v) if i in chosen else v for i, v in enumerate(arguments.positional))
    inner = call(scope, form.callee, replace(arguments, positional=positional), node)
    origins = operation(inner, *arguments.positional).origins
    staged = _is_abstract(scope, operation(inner, *arguments.positional))
    gradient = Value(origins, staged, form=Shapeless.TREE)
    primal = Value(origins, staged, form=Shapeless.ARRAY)
    has_aux = options.get("has_aux")
    if has_aux is not None and has_aux.form == Constant(True):
        pair = items_in_order(inner)
        # Python numbers in the auxiliary output come back as they are.
        aux = pair[1] if pair is not None and len(pair) == 2 else UNKNOWN
        if form.transform.endswith("value_and_grad"):
            return display("tuple", (display("tuple", (primal, aux)), gradient))
        return display("tuple", (gradient, aux))
    if has_aux is not None and has_aux.form != Constant(False):
        return gradient
    if form.transform.endswith("value_and_grad"):
        return display("tuple", (primal, gradient))
    return gradient


def _differentiated(scope: Scope, value: Value) -> Value:
    """Return what a function sees of an argument of which the derivative is taken.

    What is concrete can be converted and tested, until an operation touches it: inside jit that is staged.
    """
    if value.form is Shapeless.PRIMAL or not _is_abstract(scope, value):
        return value
    return stage(value) if not scope.tracing or operation(value).traced or value.unknown else as_primal(value)


def _call_traced(
    scope: Scope, form: Transformed, arguments: Arguments, options: dict[str, Value], node: cst.CSTNode, call: Call
) -> Value:
    """Call a function whose arguments JAX traces anew, but for those at positions declared otherwise."""
    kept = _untouched(scope, form, options)
    parameters = signature(form.callee, scope.analysis.models)
    bound = None if parameters is None else bind(parameters, arguments)
    if (
        kept is None
        or parameters is None
        or bound is None
        or arguments.star is not None
        or arguments.double_star is not None
    ):
        return UNKNOWN
    if form.transform == "custom_vjp":
        for name in sorted(kept & bound.keys()):
            reach(scope, SinkKind.CONCRETE, bound[name], node, "is given to a custom_vjp at a nondiff_argnums position")
    if scope.eager and form.transform != "checkpoint":
        return call(scope, form.callee, arguments, node)
    anew = bound.keys() - kept if scope.tracing else frozenset[str]()
    seen = {name: _traced_anew(value) if name in anew else value for name, value in bound.items()}
    return stage(call(scope, form.callee, _as_arguments(parameters, seen), node))


def _is_abstract(scope: Scope, value: Value) -> bool:
    """Whether a derivative is taken of an abstract value: of a concrete one its function sees the value."""
    return not scope.eager or operation(value).traced


def _traced_anew(value: Value) -> Value:
    """An argument that jit traces keeps its origin, so that the jit site is named; a static one becomes staged."""
    return value if operation(value).traced else stage(value)


def call_jitted(scope: Scope, form: Jitted, arguments: Arguments, node: cst.CSTNode, call: Call) -> Value:
    """Call a function under jit: a call in sight; inside another trace its static arguments are sinks."""
    site = form.site
    parameters = signature(site.callee, scope.analysis.models)
    if parameters is None:
        note_call(scope, form, arguments, node)
        return Value(staged=scope.tracing and not scope.eager, form=Shapeless.TREE)
    bound = note_call(scope, form, arguments, node)
    if not scope.tracing:
        return Value(form=Shapeless.TREE)
    if site.library == "jax.make_jaxpr":
        return UNKNOWN
    static = (
        static_at(site.declaration, parameters, len(arguments.positional))
        if arguments.star is None
        else static_names(site.declaration, parameters)
    )
    origins = operation(*arguments.all_values()).origins
    if bound is not None and site.declaration.resolved:
        # JAX hashes what is static before it traces the function.
        for name, value in sorted(bound.items(), key=lambda pair: pair[0] not in static):
            if name not in static:
                hand_over(scope, site, name, value, node)
                continue
            reach(
                scope,
                SinkKind.CONCRETE,
                value,
                node,
                f"is given to the static argument {name!r} of a jitted function",
                caught_by=BY_HASH,
            )
        call(scope, site.callee, _inner_arguments(parameters, bound, static), node)
    return Value(origins, not scope.eager, form=Shapeless.TREE)


def note_call(scope: Scope, form: Jitted, arguments: Arguments, node: cst.CSTNode) -> dict[str, Value] | None:
    """Keep a call of a jitted function as evidence; return which parameter gets what, None if it does not fit."""
    parameters = signature(form.site.callee, scope.analysis.models)
    bound = {} if parameters is None else bind(parameters, arguments)
    if bound is not None and arguments.star is None and arguments.double_star is None:
        seen = CallInSight(
            form.site,
            tuple(bound.items()),
            node,
            arguments.positional,
            arguments.keywords,
            scope.tracing,
            scope.catching,
            scope.other_file,
        )
        scope.analysis.calls.append(seen)
        inner = form.site.callee.form
        if isinstance(inner, Jitted):
            note_call(scope, inner, arguments, node)
    return bound


def _inner_arguments(parameters: Sequence[Parameter], bound: dict[str, Value], static: frozenset[str]) -> Arguments:
    """Return the arguments as the body sees them: what the inner jit traces is its own site's affair."""
    seen = {n: v if n in static or v.form == Constant(None) else UNKNOWN for n, v in bound.items()}
    return _as_arguments(parameters, seen)


def _as_arguments(parameters: Sequence[Parameter], values: dict[str, Value]) -> Arguments:
    """Return arguments that give each named parameter its value again."""
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    by_keyword = False
    for parameter in parameters:
        if parameter.name not in values or parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
            by_keyword = True
        elif parameter.by_position and not by_keyword:
            positional.append(values[parameter.name])
        else:
            keywords.append((parameter.name, values[parameter.name]))
    return Arguments(tuple(positional), tuple(keywords))
