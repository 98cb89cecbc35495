"""Static arguments that nothing needs to be static: one compilation per value, in vain."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from jitlint.dataflow.evidence import Known, gather
from jitlint.dataflow.indifference import is_indifferent
from jitlint.dataflow.lattice import is_float, is_number
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.site_runs import calls_of, frame_of, run_site
from jitlint.dataflow.state import Analysis, Clue, Event, HandedOver, Sink
from jitlint.dataflow.values import Function, JitSite
from jitlint.faults.fault import Certainty
from jitlint.faults.wrapped import JIT, is_certain, name_of, option_node
from jitlint.jit_sites import signature, static_names

_PER_ARGUMENT = ("in_shardings", "abstracted_axes", "in_axis_resources")
"""Options that count the traced arguments."""


class NeedlessFaultKind(enum.Enum):
    """What is declared in vain."""

    NEEDLESS = "nothing needs it to be static"


@dataclass(frozen=True, slots=True)
class NeedlessStatic:
    """A parameter that is declared static, and would do as well traced."""

    site: JitSite
    node: cst.CSTNode
    parameter: str
    function: str
    kind: NeedlessFaultKind = NeedlessFaultKind.NEEDLESS
    certainty: Certainty = Certainty.DECLARATION
    refuses_static: bool = False

    @property
    def subject(self) -> str:
        """The parameter."""
        return self.parameter


def find(analysis: Analysis) -> Iterator[NeedlessStatic]:
    """Yield the static arguments that are numbers, and whose every use is known to take a tracer as well."""
    if not analysis.settings.needless:
        return
    for site in list(analysis.sites):
        declaration = site.declaration
        if site.library not in JIT or not declaration.resolved or not is_certain(site.callee):
            continue
        function = site.callee.form
        if not isinstance(function, Function) or function.wrapped is not None:
            continue
        if any(option_node(site, option) is not site.node for option in _PER_ARGUMENT):
            continue
        parameters = signature(site.callee, analysis.models, strict=True)
        if parameters is None or not (declaration.names or declaration.numbers):
            continue
        static = static_names(declaration, parameters)
        for parameter in parameters:
            if parameter.name in static and _is_needless(analysis, site, function, parameter, static):
                yield NeedlessStatic(site, _option(site), parameter.name, name_of(site.callee))


def _option(site: JitSite) -> cst.CSTNode:
    names = option_node(site, "static_argnames")
    return option_node(site, "static_argnums") if names is site.node else names


def _is_needless(
    analysis: Analysis, site: JitSite, function: Function, parameter: Parameter, static: frozenset[str]
) -> bool:
    calls = calls_of(analysis, site)
    frame = frame_of(site.callee)
    if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        return False
    if not _is_a_number(parameter, gather(analysis, parameter, (), calls, frame)):
        return False
    names = static - {parameter.name}
    traced = replace(site, declaration=replace(site.declaration, names=names, numbers=frozenset()))
    known_calls, summaries = len(analysis.calls), analysis.summaries
    # What was run before is not observed again.
    analysis.observed, analysis.summaries = {}, {}
    try:
        run = run_site(analysis, traced, defaults=True, calls=calls)
        observed = analysis.observed
    finally:
        analysis.observed, analysis.summaries = None, summaries
        del analysis.calls[known_calls:]
    if any(_concerns(event, parameter.name) for event in run.events):
        return False
    others = (other for other in run.parameters if other.name not in static)
    arrays = frozenset(p.name for p in others if gather(analysis, p, run.events, calls, frame).is_array)
    floats = _is_a_float(parameter, gather(analysis, parameter, (), calls, frame))
    return is_indifferent(analysis.models, observed, function, parameter.name, arrays, floats)


def _is_a_number(parameter: Parameter, known: Known) -> bool:
    """Whether the annotation, the default or a call shows a number, and no call anything else."""
    shown = isinstance(parameter.default, (cst.Integer, cst.Float))
    if not shown and (parameter.default is not None or not known.is_number):
        return False
    return all(value.form is None or is_number(value.form) for value in known.given)


def _is_a_float(parameter: Parameter, known: Known) -> bool:
    annotated = isinstance(parameter.annotation, cst.Name) and parameter.annotation.value == "float"
    return annotated or isinstance(parameter.default, cst.Float) or any(is_float(v.form) for v in known.given)


def _concerns(event: Event, name: str) -> bool:
    if isinstance(event, Sink):
        return name in event.names or event.origin is not None and event.origin.name == name
    if isinstance(event, HandedOver):
        return event.origin.name == name
    return isinstance(event, Clue) and event.name == name
