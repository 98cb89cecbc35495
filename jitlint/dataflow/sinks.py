"""Recording that a value reached a place where Python needs it."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.lattice import is_float, parts
from jitlint.dataflow.state import Caught, Clue, Evidence, HandedOver, Misfit, Scope, Sink
from jitlint.dataflow.values import Instance, JitSite, Origin, Shapeless, SinkKind, Value

_CATCH_ALL = frozenset({"BaseException", "Exception", "TypeError", "JAXTypeError", "ConcretizationTypeError", "*"})
_BRANCH = _CATCH_ALL | {"TracerBoolConversionError"}
_NUMBER = _CATCH_ALL | {"TracerIntegerConversionError", "TracerArrayConversionError"}
_WHOLE = _NUMBER - {"ConcretizationTypeError"}
_INDEX = _WHOLE | {"IndexError", "LookupError", "NonConcreteBooleanIndexError", "JAXIndexError"}
_VALUE = _NUMBER | {"ValueError", "TracerBoolConversionError"}

CAUGHT_BY: dict[SinkKind, frozenset[str]] = {
    SinkKind.SHAPE: _NUMBER,
    SinkKind.LOOP: _WHOLE,
    SinkKind.BRANCH: _BRANCH,
    SinkKind.CONVERSION: _NUMBER,
    SinkKind.SLICE: _INDEX,
    SinkKind.CONCRETE: _VALUE,
    SinkKind.NUMPY: _NUMBER | _BRANCH,
    SinkKind.OBJECT: _VALUE,
    SinkKind.UNKNOWN_SIZE: _INDEX | _NUMBER,
}
"""Exception classes whose handler may catch what JAX raises at a sink of this kind ("*": a handler we can't read)."""

_ANY = frozenset({"BaseException", "Exception", "*"})
BY_INDEX = _ANY | {"IndexError", "LookupError", "NonConcreteBooleanIndexError", "JAXIndexError"}
"""Handlers of what JAX raises where a mask or a traced slice is taken of one of its arrays."""
BY_STORE = _VALUE
"""Handlers of what NumPy raises where a tracer is stored into one of its arrays."""
BY_HASH = _ANY | {"ValueError"}
"""Handlers of what jit raises where a static argument can't be hashed."""

_OPAQUE_TRUTH = (Shapeless.TREE, Shapeless.TEXT)


def reach(
    scope: Scope,
    kind: SinkKind,
    value: Value,
    node: cst.CSTNode,
    phrase: str,
    array: bool = False,
    number: bool = False,
    truth: bool = False,
    caught_by: frozenset[str] | None = None,
) -> bool:
    """Record that `value`, or something in it, reaches a sink. Return whether anything bad did.

    array: the sink is one for arrays. number: it is one for numbers only, an array is fine.
    truth: it is the truth of the value that is needed.
    caught_by: handlers of what is raised here, where that is known better than for all sinks of the kind.
    """
    if not scope.tracing or not scope.reachable:
        return False
    handlers = scope.catching & (caught_by or CAUGHT_BY[kind])
    if handlers:
        if not (array or number):
            _leave(scope, value, handlers)
        return False
    found = False
    conditional, file = scope.undecided, scope.other_file
    for part in parts(value):
        if not part.traced or part.unknown and not scope.analysis.settings.pedantic:
            continue
        if part.staged and part.origins and all(_is_excluded(scope, origin) for origin in part.origins):
            # A leaf of a parameter that a test has taken for no tracer.
            continue
        if file is not None and part.staged and part.mixed:
            # Which path of another file is taken, what it is given may decide.
            continue
        if part.form is Shapeless.PRIMAL and kind in (SinkKind.BRANCH, SinkKind.CONVERSION):
            continue
        if kind is SinkKind.OBJECT and part.form is Shapeless.ITEM:
            # The key of a dict is no tracer.
            continue
        found = True
        direct = part.form is None or part.form is Shapeless.OBJECT
        if part.staged:
            names = tuple(sorted({origin.name for origin in part.origins}))
            scope.record(Sink(kind, node, phrase, None, names, array=array, conditional=conditional, file=file))
            continue
        for origin in sorted(part.origins, key=_by_name):
            scope.record(
                Sink(
                    kind,
                    node,
                    phrase,
                    origin,
                    array=array,
                    direct=direct,
                    number=number,
                    truth=truth,
                    conditional=conditional,
                    file=file,
                )
            )
    return found


def _leave(scope: Scope, value: Value, handlers: frozenset[str]) -> None:
    """Record that a value surely raises what a handler around catches."""
    for part in parts(value):
        if part.surely_traced and part.form is not Shapeless.ITEM:
            scope.record(Caught(frozenset(origin.name for origin in part.origins), handlers, part.staged))


def hand_over(scope: Scope, site: JitSite, parameter: str, value: Value, node: cst.CSTNode) -> None:
    """Record that traced parameters are given to one that a function under jit traces too."""
    if not scope.tracing or not scope.reachable or scope.catching:
        return
    for part in parts(value):
        if not part.staged and not part.unknown:
            for origin in sorted(part.origins, key=_by_name):
                scope.record(HandedOver(site, parameter, origin, node, part.form is None, conditional=scope.undecided))


def _is_excluded(scope: Scope, origin: Origin) -> bool:
    return origin.inside and origin.name in scope.suppressed


def _by_name(origin: Origin) -> tuple[str, bool]:
    return origin.name, origin.inside


def count(scope: Scope, value: Value, node: cst.CSTNode, phrase: str) -> None:
    """Record that `value`, or something in it, is a float where only a whole number will do."""
    if not scope.tracing or not scope.reachable or scope.catching & _NUMBER:
        return
    if any(is_float(part.form) and not part.traced and not part.unknown for part in parts(value)):
        scope.record(Misfit(node, phrase))


def reach_truth(scope: Scope, value: Value, node: cst.CSTNode, phrase: str) -> None:
    """Record that Python needs the truth of a value. The truth of a container, function or object is its own affair."""
    form = value.form
    if value.traced and (form is None or isinstance(form, Shapeless) and form not in _OPAQUE_TRUTH):
        reach(scope, SinkKind.BRANCH, value, node, phrase, truth=True)


def notice(scope: Scope, evidence: Evidence, value: Value, node: cst.CSTNode) -> None:
    """Record what a use tells of the parameter that `value` is. Values computed from parameters tell nothing."""
    told = value.form in (None, Shapeless.OBJECT) or isinstance(value.form, Instance)
    if scope.tracing and told and not value.staged and len(value.origins) == 1:
        (origin,) = value.origins
        if not origin.inside:
            scope.record(Clue(evidence, origin.name, node, file=scope.other_file))
