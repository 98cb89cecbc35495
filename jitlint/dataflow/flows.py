"""From jit sites to flows: run each wrapped function, and decide what is to blame for what reached a sink."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import libcst as cst

from jitlint.dataflow.annotations import Annotated, read_annotation
from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.calls import call
from jitlint.dataflow.state import Analysis, CallInSight, Clue, Event, Evidence, Scope, Sink
from jitlint.dataflow.values import (
    Class,
    Constant,
    Definition,
    Display,
    Frame,
    Function,
    Instance,
    Jitted,
    JitSite,
    Library,
    Mapping,
    Origin,
    Parameter,
    ParameterKind,
    Partial,
    Shapeless,
    SinkKind,
    Transformed,
    Value,
    is_number,
    is_text,
)
from jitlint.jit_sites import signature, static_names


class Blame(enum.Enum):
    """What has to change for a flow to go away."""

    PARAMETER = "the parameter must be static"
    DEFAULT = "the parameter must be static as soon as a call passes it"
    ARRAY = "an array's value is needed; static cannot help"


@dataclass(frozen=True, slots=True)
class Flow:
    """A source that reaches a sink.

    parameter: the traced parameter, or for a staged value the first one it was made of ("" if of none).
    inside: a leaf of the parameter (`cfg["n"]`) reaches the sink.
    declared: what the site already declares static.
    call: a call in sight that shows what the parameter is.
    """

    site: JitSite
    parameter: str
    sink: Sink
    blame: Blame
    inside: bool = False
    declared: tuple[str, ...] = ()
    further: tuple[Sink, ...] = ()
    call: cst.CSTNode | None = None


def find_flows(analysis: Analysis) -> Iterator[Flow]:
    """Yield the flows of every jit site of the analysed file."""
    runs = [(site, *_run_site(analysis, site)) for site in list(analysis.sites) if site.declaration.resolved]
    for site, parameters, events in runs:
        yield from _site_flows(analysis, site, parameters, events)


def _run_site(analysis: Analysis, site: JitSite) -> tuple[tuple[Parameter, ...], list[Event]]:
    """Run a wrapped function with its traced parameters as origins; return its parameters and what it recorded."""
    parameters = signature(site.callee)
    if parameters is None:
        return (), []
    static = static_names(site.declaration, parameters)
    owner = _owner(site.callee)
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    star: Value | None = None
    double_star: Value | None = None
    for index, parameter in enumerate(parameters):
        origins = frozenset() if parameter.name in static else frozenset({Origin(parameter.name)})
        form = Instance(owner) if owner is not None and index == 0 else None
        value = Value(origins, form=form)
        if parameter.by_position:
            positional.append(value)
        elif parameter.kind is ParameterKind.STAR:
            star = value
        elif parameter.kind is ParameterKind.DOUBLE_STAR:
            double_star = value
        else:
            keywords.append((parameter.name, value))
    scope = Scope(analysis, Frame(analysis.module), tracing=True)
    call(scope, site.callee, Arguments(tuple(positional), tuple(keywords), star, double_star), site.node)
    definition = wrapped_definition(site.callee)
    name = "" if definition is None else definition.name
    return parameters, [_without_helper(event, name) for event in scope.events]


def _without_helper(event: Event, name: str) -> Event:
    """Leave the wrapped function itself out of the list of helpers."""
    return replace(event, via=event.via[1:]) if event.via and event.via[0] == name else event


def _owner(callee: Value) -> Class | None:
    """Return the class whose `self` is the first parameter, for a method that is not bound."""
    form = callee.form
    if isinstance(form, Transformed):
        return _owner(form.callee)
    if isinstance(form, Function) and form.owner is not None and form.receiver is None and form.role == "":
        return form.owner
    return None


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


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that tells what a parameter is: uses, annotation, calls."""

    parameter: Parameter
    uses: frozenset[Evidence]
    annotated: Annotated | None
    given: tuple[Value, ...]
    calls: tuple[cst.CSTNode, ...]

    @property
    def is_array(self) -> bool:
        if self.annotated is Annotated.ARRAY or any(_is_array(value) for value in self.given):
            return True
        containers = any(isinstance(value.form, Display) for value in self.given)
        return Evidence.ARRAY in self.uses and not containers and self.annotated is not Annotated.CONTAINER

    @property
    def is_number(self) -> bool:
        return self.annotated is Annotated.NUMBER or any(is_number(value.form) for value in self.given)

    @property
    def is_container(self) -> bool:
        """Whether its truth is its own affair."""
        if self.annotated in (Annotated.CONTAINER, Annotated.OBJECT, Annotated.CALLABLE):
            return True
        if self.uses & {Evidence.CONTAINER, Evidence.OBJECT, Evidence.CALLED}:
            return True
        return any(isinstance(value.form, (Display, Mapping, Instance)) for value in self.given)

    @property
    def object_call(self) -> cst.CSTNode | None:
        """A call that passes what jit rejects as an argument: a string, a function, a class, a dtype."""
        pairs = zip(self.given, self.calls)
        return next((node for value, node in pairs if is_rejected(value)), None)

    @property
    def is_text(self) -> bool:
        return self.annotated in (Annotated.TEXT, Annotated.DTYPE)


def _is_array(value: Value) -> bool:
    return value.form in (Shapeless.ARRAY, Shapeless.MASK)


def is_rejected(value: Value) -> bool:
    """Whether jit rejects the value as an argument to trace."""
    form = value.form
    if isinstance(form, Library):
        return form.name.startswith(("jax.numpy.", "numpy.", "jax.nn.", "jax.lax.", "builtins.", "math."))
    return is_text(form) or isinstance(form, (Function, Class, Partial, Jitted, Transformed)) and not _is_pytree(form)


def _is_pytree(form: object) -> bool:
    return isinstance(form, Partial) and form.callee.form == Library("jax.tree_util.Partial")


def _site_flows(
    analysis: Analysis, site: JitSite, parameters: Sequence[Parameter], events: Sequence[Event]
) -> Iterator[Flow]:
    static = static_names(site.declaration, parameters)
    declared = tuple(p.name for p in parameters if p.name in static)
    owner = _owner(site.callee)
    calls = [c for c in analysis.calls if c.site.node is site.node]
    for event in events:
        if isinstance(event, Sink) and event.origin is None:
            yield Flow(site, event.names[0] if event.names else "", event, Blame.ARRAY)
    for index, parameter in enumerate(parameters):
        if parameter.name in static or owner is not None and index == 0:
            continue
        known = _gather(analysis, site, parameter, events, calls)
        flow = _parameter_flow(site, known, events)
        if flow is not None:
            yield replace(flow, declared=declared)


def _gather(
    analysis: Analysis, site: JitSite, parameter: Parameter, events: Iterable[Event], calls: Sequence[CallInSight]
) -> _Known:
    uses = frozenset(e.evidence for e in events if isinstance(e, Clue) and e.name == parameter.name)
    scope = Scope(analysis, analysis.module)
    pairs = [(dict(c.arguments)[parameter.name], c.node) for c in calls if parameter.name in dict(c.arguments)]
    given = tuple(value for value, _ in pairs if value.form != Constant(None))
    if parameter.kind in (ParameterKind.STAR, ParameterKind.DOUBLE_STAR):
        given = tuple(v for v in given if isinstance(v.form, (Display, Mapping)) and (v.form.items or v.form.rest))
        return _Known(parameter, uses, None, given, tuple(node for _, node in pairs))
    annotated = read_annotation(scope, parameter.annotation)
    nodes = tuple(node for value, node in pairs if value.form != Constant(None))
    return _Known(parameter, uses, annotated, given, nodes)


def _parameter_flow(site: JitSite, known: _Known, events: Sequence[Event]) -> Flow | None:
    """Return the finding for one parameter: its first sink in execution order, unless something dismisses it."""
    name = known.parameter.name
    sinks = [sink for sink in _sinks_of(known, events) if not _dismissed(sink, known)]
    objects = [sink for sink in sinks if sink.kind is SinkKind.OBJECT]
    given = known.object_call
    if given is not None and not sinks:
        sinks = [Sink(SinkKind.OBJECT, given, "is given an object that is no array", Origin(name))]
    elif known.is_text and not sinks and known.parameter.annotation is not None:
        what = "a dtype" if known.annotated is Annotated.DTYPE else "a string"
        sinks = [Sink(SinkKind.OBJECT, known.parameter.annotation, f"is annotated as {what}", Origin(name))]
    if not sinks:
        return None
    first = sinks[0]
    if given is not None or known.is_text:
        first = replace(objects[0] if objects else first, kind=SinkKind.OBJECT)
    further = tuple(sink for sink in sinks if sink.node is not first.node)
    blame = _blame(first, known)
    inside = first.origin is not None and first.origin.inside
    return Flow(site, name, first, blame, inside, (), further, given)


def _sinks_of(known: _Known, events: Sequence[Event]) -> Iterator[Sink]:
    """Yield what happens to a parameter, uses that only prove a string or function among them, in execution order."""
    name = known.parameter.name
    for event in events:
        if isinstance(event, Sink):
            if event.origin is not None and event.origin.name == name:
                yield event
        elif event.name == name and event.evidence is Evidence.TEXT:
            yield Sink(SinkKind.OBJECT, event.node, "is compared with a string", Origin(name), via=event.via)
        elif event.name == name and event.evidence is Evidence.CALLED and known.annotated is Annotated.CALLABLE:
            yield Sink(SinkKind.OBJECT, event.node, "is called", Origin(name), via=event.via)


def _dismissed(sink: Sink, known: _Known) -> bool:
    """Whether other evidence shows that the sink gets something else than a tracer."""
    return sink.kind is SinkKind.BRANCH and sink.direct and known.is_container and not known.is_text


def _blame(sink: Sink, known: _Known) -> Blame:
    parameter = known.parameter
    if parameter.optional and not known.given and not _is_flag(sink, parameter):
        return Blame.DEFAULT
    if sink.kind is SinkKind.OBJECT:
        return Blame.PARAMETER
    if sink.kind is SinkKind.UNKNOWN_SIZE or known.is_array:
        return Blame.ARRAY
    if sink.array and not known.is_number:
        return Blame.ARRAY
    return Blame.PARAMETER


def _is_flag(sink: Sink, parameter: Parameter) -> bool:
    """Whether the sink is a truth test of a parameter that is False or True by default: such a flag exists to be passed."""
    default = parameter.default
    return (
        sink.kind is SinkKind.BRANCH
        and sink.direct
        and isinstance(default, cst.Name)
        and default.value in ("True", "False")
    )


