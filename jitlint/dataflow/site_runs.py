"""Running the function that a jit site wraps, with its traced parameters as origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import libcst as cst

from jitlint.calls_elsewhere import Passage
from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.calls import call
from jitlint.dataflow.entries import ENTRIES
from jitlint.dataflow.evidence import gather, parameter_form
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.parameters import Definition, Parameter, ParameterKind
from jitlint.dataflow.state import EXPECTED, Analysis, CallInSight, Event, Scope
from jitlint.dataflow.traced_instances import traced_instance
from jitlint.dataflow.values import (
    STATIC,
    Class,
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
from jitlint.jit_sites import signature, static_at, static_names
from jitlint.names import dotted

_BINDING = frozenset({"property", "cached_property", "staticmethod", "classmethod", "final", "override"})
"""Decorators that leave alone what they are given, and give it an instance or a class."""


@dataclass(frozen=True, slots=True)
class SiteRun:
    """What a run of a jit site recorded.

    static: parameters that were not traced. left_out: those that the run left to their defaults, as every call in
    sight does.
    calls: the calls in sight that were known. passages: calls in other files, by what they pass.
    """

    site: JitSite
    parameters: tuple[Parameter, ...]
    events: tuple[Event, ...]
    static: frozenset[str]
    left_out: frozenset[str]
    calls: tuple[CallInSight, ...]
    passages: dict[str, Passage]


@dataclass(slots=True)
class _Given:
    """The arguments of a run as they are put together."""

    positional: list[Value] = field(default_factory=list)
    keywords: list[tuple[str, Value]] = field(default_factory=list)
    star: Value | None = None
    last: tuple[Value, ...] = ()
    double_star: Value | None = None
    by_keyword: bool = False

    def add(self, parameter: Parameter, value: Value) -> None:
        """Give a parameter its value: by position, as long as none before was left out."""
        if parameter.kind is ParameterKind.VAR_POSITIONAL and isinstance(value.form, Display) and not self.by_keyword:
            self.positional.extend(value.form.items)
            self.star, self.last = value.form.rest, value.form.last
        elif parameter.kind is ParameterKind.VAR_POSITIONAL:
            self.star = value
        elif parameter.kind is ParameterKind.VAR_KEYWORD:
            self.double_star = value
        elif parameter.by_position and not self.by_keyword:
            self.positional.append(value)
        else:
            self.keywords.append((parameter.name, value))

    def arguments(self) -> Arguments:
        """Return what the function is called with."""
        return Arguments(tuple(self.positional), tuple(self.keywords), self.star, self.double_star, self.last)


def run_sites(analysis: Analysis, defaults: bool) -> list[SiteRun]:
    """Run every site whose declaration can be read; again, where running others showed further calls of it.

    defaults: pass the parameters too that every call in sight leaves out.
    """
    sites = [site for site in analysis.sites if site.declaration.resolved]
    runs = [run_site(analysis, site, defaults) for site in sites]
    return [
        run if run.calls == calls_of(analysis, run.site) else run_site(analysis, run.site, defaults) for run in runs
    ]


def calls_of(analysis: Analysis, site: JitSite) -> tuple[CallInSight, ...]:
    """Return the calls in sight of a site's function, whichever run of a maker around it made the function."""
    # A run of jit may pass what no call does: only the others tell of what is no jit.
    others = site.library in ENTRIES
    found = [c for c in analysis.calls if _is_same(c.site, site) and not (others and c.tracing)]
    # What jit above jit hands on, its own calls tell.
    handed_on = {id(other.node) for other in analysis.sites}
    found = [c for c in found if id(c.node) not in handed_on] or found
    # What is given where an error is wanted tells nothing of other calls.
    return tuple(dict.fromkeys([c for c in found if EXPECTED not in c.catching] or found))


def _is_same(one: JitSite, other: JitSite) -> bool:
    """Whether two sites are one place of the file that applies jit to one function of the file."""
    if one.node is not other.node:
        return False
    first, second = one.callee.form, other.callee.form
    if isinstance(first, Function) and isinstance(second, Function):
        return first.definition is second.definition
    return one.callee == other.callee


def run_site(
    analysis: Analysis,
    site: JitSite,
    defaults: bool,
    values: dict[str, Value | None] | None = None,
    calls: tuple[CallInSight, ...] | None = None,
) -> SiteRun:
    """Run the function that a site wraps and return what was recorded.

    values: of static arguments, as a call gives them; None for what it leaves to the default.
    calls: those that tell what the parameters are; all in sight if None.
    """
    calls = calls_of(analysis, site) if calls is None else calls
    parameters = signature(site.callee, analysis.models)
    if parameters is None:
        return SiteRun(site, (), (), frozenset(), frozenset(), calls, {})
    static = _static_at_calls(site, parameters, calls)
    values = dict(site.given) if values is None else values
    frame = frame_of(site.callee)
    owner, role = owner_of(site.callee)
    given = _Given()
    passages: dict[str, Passage] | None = None
    present: set[str] = set()
    leaves: set[str] = set()
    left_out: set[str] = set()
    for index, parameter in enumerate(parameters):
        if parameter.name in values:
            value = values[parameter.name]
            if value is None:
                given.by_keyword = True
            elif parameter.kind is ParameterKind.VAR_KEYWORD and isinstance(value.form, Mapping):
                given.keywords.extend((str(key), item) for key, item in value.form.items)
                given.double_star = value.form.rest
            else:
                given.add(parameter, value)
            continue
        known = gather(analysis, parameter, (), calls, frame)
        # A transformation below jit traces what jit does not, if it is passed.
        may_be_traced = parameter.name not in static or isinstance(site.callee.form, Transformed)
        if known.is_left_out and may_be_traced:
            passages = _passages(analysis, site, parameters) if passages is None else passages
            known = replace(known, passed=passages.get(parameter.name))
        # A flag of jit exists to be passed; others that trace have no way to pass it, or calls of their own.
        left = known.is_left_out or site.library in ENTRIES and not known.given
        if parameter.default is not None and may_be_traced and not defaults and left:
            left_out.add(parameter.name)
            given.by_keyword = True
            continue
        if calls and len(known.given) == len(calls):
            present.add(parameter.name)
            if known.is_leaf or known.holds_leaves:
                leaves.add(parameter.name)
        origins = frozenset[Origin]() if parameter.name in static else frozenset({Origin(parameter.name)})
        if owner is not None and index == 0:
            value = Value(form=owner) if role == "classmethod" else _receiver(analysis, owner, origins)
        else:
            form = None if parameter.kind is ParameterKind.VAR_KEYWORD else parameter_form(analysis, known, origins)
            holds = isinstance(form, (Display, Mapping)) or isinstance(form, Instance) and form.fields
            value = Value(form=form) if holds else Value(origins, form=form)
        given.add(parameter, value)
        if parameter.kind is ParameterKind.VAR_KEYWORD:
            declared = site.declaration.names - {p.name for p in parameters}
            given.keywords.extend((name, STATIC) for name in sorted(declared))
    # What every call in sight expects to fail may fail.
    catching = frozenset.intersection(*(c.catching for c in calls)) if calls else frozenset[str]()
    scope = Scope(analysis, Frame(analysis.module), tracing=True, eager=site.eager, catching=catching)
    analysis.present, analysis.leaves = frozenset(present), frozenset(leaves)
    known_calls = len(analysis.calls)
    call(scope, site.callee, given.arguments(), site.node)
    if defaults:
        # What is passed only to see what would happen is no call of the program.
        del analysis.calls[known_calls:]
    definition = wrapped_definition(site.callee)
    name = "" if definition is None else definition.name
    events = tuple(_without_helper(event, name) for event in scope.events)
    return SiteRun(site, parameters, events, static, frozenset(left_out), calls, passages or {})


def _static_at_calls(site: JitSite, parameters: Sequence[Parameter], calls: Sequence[CallInSight]) -> frozenset[str]:
    """Return the parameters that are static at a call in sight; without any, those that may be.

    What two declarations that disagree leave traced has a rule of its own, JIT205.
    """
    declared = static_names(site.declaration, parameters)
    both = {"static_argnames", "static_argnums"} <= site.declaration.given
    if both or not calls or min(site.declaration.numbers, default=0) >= 0:
        return declared
    # A number from the end counts what the call passes by position.
    return frozenset(name for call in calls for name in static_at(site.declaration, parameters, len(call.positional)))


def _passages(analysis: Analysis, site: JitSite, parameters: Sequence[Parameter]) -> dict[str, Passage]:
    """Return what calls in other files pass to what the file binds a site to at its top level."""
    names = [
        name
        for name, value in analysis.module.bindings.items()
        if isinstance(value.form, Jitted) and value.form.site == site
    ]
    if analysis.imports is None or not names:
        return {}
    positions = [p.name for p in parameters if p.by_position]
    by_name = (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
    return analysis.imports.passages(names[0], positions, [p.name for p in parameters if p.kind in by_name])


def _receiver(analysis: Analysis, owner: Class, origins: frozenset[Origin]) -> Value:
    """Return `self` of a method under jit, by its leaves if these are known."""
    traced = traced_instance(analysis, owner, origins) if origins else None
    return Value(origins, form=Instance(owner)) if traced is None else Value(form=traced)


def _without_helper(event: Event, name: str) -> Event:
    """Leave the wrapped function itself out of the list of helpers."""
    return replace(event, via=event.via[1:]) if event.via and event.via[0] == name else event


def owner_of(callee: Value) -> tuple[Class | None, str]:
    """Return the class whose `self` or `cls` is the first parameter of a method that is not bound, and its role."""
    form = callee.form
    if isinstance(form, Transformed):
        return owner_of(form.callee)
    if isinstance(form, Function) and form.owner is not None and form.receiver is None and form.role != "staticmethod":
        return form.owner, form.role
    return None, ""


def decorators_above(site: JitSite) -> Sequence[cst.Decorator]:
    """Return the decorators above the one that applies jit, but for those that leave alone what jit made."""
    definition = wrapped_definition(site.callee)
    node = None if definition is None else definition.node
    if not isinstance(node, cst.FunctionDef) or site.node not in node.decorators:
        return ()
    above = node.decorators[: node.decorators.index(site.node)]
    return [d for d in above if (dotted(d.decorator) or "").rpartition(".")[2] not in _BINDING]


def frame_of(callee: Value) -> Frame | None:
    """Return the scope of the function at the bottom of partials and transformations."""
    form = callee.form
    if isinstance(form, Function):
        return frame_of(form.wrapped) if form.wrapped is not None else form.frame
    if isinstance(form, (Partial, Transformed)):
        return frame_of(form.callee)
    return frame_of(form.site.callee) if isinstance(form, Jitted) else None


def wrapped_definition(callee: Value) -> Definition | None:
    """Return the function of the file at the bottom of partials and transformations."""
    form = callee.form
    if isinstance(form, Function):
        return wrapped_definition(form.wrapped) if form.wrapped is not None else form.definition
    if isinstance(form, (Partial, Transformed)):
        return wrapped_definition(form.callee)
    if isinstance(form, Jitted):
        return wrapped_definition(form.site.callee)
    return None
