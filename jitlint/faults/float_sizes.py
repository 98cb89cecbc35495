"""Floats that a call in sight gives to a static argument, and that end as a size, a count or a bound."""

from __future__ import annotations

from collections.abc import Iterator

from jitlint.dataflow.lattice import is_float, parts
from jitlint.dataflow.parameters import ParameterKind
from jitlint.dataflow.site_runs import run_site
from jitlint.dataflow.state import Analysis, CallInSight, Misfit
from jitlint.dataflow.values import STATIC, Constant, Value
from jitlint.faults.arguments import ArgumentFault, ArgumentFaultKind, fault_of, static_arguments
from jitlint.jit_sites import signature, static_names


def find(analysis: Analysis) -> Iterator[ArgumentFault]:
    """Yield the calls in sight whose float is refused in the body, which is run with it and without."""
    for call, parameter, value in list(static_arguments(analysis)):
        if not any(is_float(part.form) for part in parts(value)) or value.unknown or value.traced:
            continue
        given = _given_values(analysis, call)
        if parameter not in given:
            continue
        with_float = _misfits(analysis, call, given)
        without = {misfit.node for misfit in _misfits(analysis, call, {**given, parameter: STATIC})}
        found = next((misfit for misfit in with_float if misfit.node not in without), None)
        if found is not None:
            use = found.phrase + (f" (via {', '.join(found.via)})" if found.via else "")
            number = value.form.value if isinstance(value.form, Constant) else None
            text = "a float" if number is None else f"the float {number}"
            text = "floats" if value.form is not None and len(list(parts(value))) > 1 else text
            yield fault_of(ArgumentFaultKind.FLOAT, call, parameter, text, use)


def _given_values(analysis: Analysis, call: CallInSight) -> dict[str, Value | None]:
    """Return what each static argument is in this call; None where its default is used."""
    parameters = signature(call.site.callee, analysis.models) or ()
    static = static_names(call.site.declaration, parameters)
    arguments = dict(call.arguments)
    values: dict[str, Value | None] = {}
    for index, parameter in enumerate(parameters):
        if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
            continue
        if parameter.name in static and not (index == 0 and parameter.name in ("self", "cls")):
            value = arguments.get(parameter.name)
            if value is not None or parameter.default is not None:
                values[parameter.name] = value
    return values


def _misfits(analysis: Analysis, call: CallInSight, values: dict[str, Value | None]) -> list[Misfit]:
    run = run_site(analysis, call.site, defaults=False, values=values)
    return [event for event in run.events if isinstance(event, Misfit)]
