"""Running functions of the file: once per set of arguments, remembered."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jitlint.dataflow.annotated_classes import annotated_value
from jitlint.dataflow.containers import as_list
from jitlint.dataflow.expressions import evaluate
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.parameters import ParameterKind
from jitlint.dataflow.state import MAX_RUNS, Scope, Summary
from jitlint.dataflow.statements import execute
from jitlint.dataflow.stores import CONSTRUCTORS
from jitlint.dataflow.values import NONE, STATIC, UNKNOWN, Display, Function, Mapping, Value


def run(function: Function, bound: dict[str, Value], caller: Scope) -> Value:
    """Run a function body with its parameters bound; return what it returns.

    The summary (value and recorded events) of a function that closes over nothing is kept per arguments. What the
    body recorded is replayed into the caller.
    """
    analysis = caller.analysis
    definition = function.definition
    key = None
    if function.frame.is_module:
        known = analysis.present, analysis.leaves
        context = (caller.tracing, caller.eager, caller.catching, caller.undecided, known)
        key = (
            definition,
            context,
            function.receiver,
            function.defaults,
            tuple(sorted(bound.items(), key=lambda item: item[0])),
        )
        found = analysis.summaries.get(key)
        if found is not None:
            return _handed_back(found, function, caller)
    analysis.runs += 1
    if analysis.runs > MAX_RUNS:
        return UNKNOWN
    scope = Scope(
        analysis,
        Frame(function.frame),
        caller.tracing,
        caller.eager,
        caller.catching,
        (*caller.stack, definition),
        # A closure may use what is suppressed around it.
        frozenset() if key is not None else caller.suppressed,
        undecided=caller.undecided,
        function=function,
    )
    _bind_parameters(scope, function, bound)
    value = _run_body(scope, function)
    summary = Summary(value, tuple(scope.events), _left(scope, bound))
    if key is not None:
        analysis.summaries[key] = summary
    return _handed_back(summary, function, caller)


def _handed_back(summary: Summary, function: Function, caller: Scope) -> Value:
    caller.replay(summary.events, _helper(function))
    caller.left = summary.left
    # Each call gives an object of its own.
    return replace(summary.value)


def _left(scope: Scope, bound: dict[str, Value]) -> tuple[tuple[str, Value], ...]:
    """Return the arguments whose objects the function has changed, as it leaves them."""
    found = ((name, scope.frame.bindings.get(name)) for name in sorted(scope.changed & bound.keys()))
    return tuple((name, value) for name, value in found if value is not None and value != bound[name])


def _helper(function: Function) -> str | None:
    """Return the name under which a function stands in a message; inner functions and lambdas have none."""
    return function.definition.name if function.frame.is_module else None


def _bind_parameters(scope: Scope, function: Function, bound: dict[str, Value]) -> None:
    defaults = dict(function.defaults)
    for parameter in function.definition.parameters:
        value = bound.get(parameter.name)
        if value is None:
            if parameter.default is not None:
                value = defaults.get(parameter.name, UNKNOWN)
            elif parameter.kind is ParameterKind.VAR_POSITIONAL:
                value = Value(form=Display("tuple"))
            elif parameter.kind is ParameterKind.VAR_KEYWORD:
                value = Value(form=Mapping(certain=True))
            else:
                value = UNKNOWN if scope.tracing else STATIC
        elif scope.constructs and not value.traced and value.form is None and parameter.annotation is not None:
            known = annotated_value(scope.analysis, function.frame.root, parameter.annotation)
            value = value if known.form is None else known
        scope.frame.bindings[parameter.name] = value


def _run_body(scope: Scope, function: Function) -> Value:
    node = function.definition.node
    if isinstance(node, cst.Lambda):
        return evaluate(scope, node.body)
    execute(scope, node.body)
    if node.name.value in CONSTRUCTORS and function.receiver is not None:
        first = function.definition.parameters[0].name
        return scope.frame.bindings.get(first, UNKNOWN)
    if scope.reachable:
        scope.escape(NONE)
    if scope.generated is not None:
        form = as_list(scope.generated)
        # Where the turns of a loop are joined, which place holds what is not known.
        return Value(form=replace(form, shuffled=form.rest is not None))
    return UNKNOWN if scope.returned is None else scope.returned
