"""From jit sites to flows: run each wrapped function, and decide what is to blame for what reached a sink."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import libcst as cst

from jitlint.dataflow.annotations import Annotated, read_annotation
from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.calls import call, class_fields, is_named_tuple
from jitlint.dataflow.expressions import evaluate
from jitlint.dataflow.lattice import is_number, is_text, join_all
from jitlint.dataflow.state import Analysis, CallInSight, Clue, Event, Evidence, Scope, Sink
from jitlint.dataflow.values import (
    STATIC,
    Class,
    Constant,
    Definition,
    Display,
    Form,
    Frame,
    Function,
    Instance,
    JitSite,
    Jitted,
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
)
from jitlint.jit_sites import signature, static_names
from jitlint.models.loader import find_model, has_module
from jitlint.models.model import Model

__all__ = ["Blame", "Flow", "SinkKind", "find_flows"]


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
    owner, role = _owner(site.callee)
    calls = [c for c in analysis.calls if c.site == site]
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    star: Value | None = None
    double_star: Value | None = None
    present: set[str] = set()
    for index, parameter in enumerate(parameters):
        origins = frozenset[Origin]() if parameter.name in static else frozenset({Origin(parameter.name)})
        if parameter.kind is ParameterKind.VAR_KEYWORD:
            double_star = Value(origins)
            declared = site.declaration.names - {p.name for p in parameters}
            keywords.extend((name, STATIC) for name in sorted(declared))
            continue
        known = _gather(analysis, parameter, (), calls)
        if calls and len(known.given) == len(calls):
            present.add(parameter.name)
        if owner is not None and index == 0:
            value = Value(form=owner) if role == "classmethod" else Value(origins, form=Instance(owner))
        else:
            form = _form(known, origins)
            value = Value(form=form) if isinstance(form, (Display, Mapping, Instance)) else Value(origins, form=form)
        if parameter.by_position:
            positional.append(value)
        elif parameter.kind is ParameterKind.VAR_POSITIONAL:
            star = value
        else:
            keywords.append((parameter.name, value))
    scope = Scope(analysis, Frame(analysis.module), tracing=True)
    analysis.present = frozenset(present)
    call(scope, site.callee, Arguments(tuple(positional), tuple(keywords), star, double_star), site.node)
    definition = wrapped_definition(site.callee)
    name = "" if definition is None else definition.name
    return parameters, [_without_helper(event, name) for event in scope.events]


def _form(known: _Known, origins: frozenset[Origin]) -> Form | None:
    """Return what kind of object a traced parameter is, as far as its annotation and the calls in sight tell."""
    if not origins:
        return None
    if known.object_call is not None or known.annotated in (Annotated.TEXT, Annotated.CALLABLE):
        return Shapeless.OBJECT
    shown = [value for value in known.given if not value.traced]
    if (
        shown
        and len(shown) == len(known.given)
        and all(isinstance(v.form, (Display, Mapping, Instance)) for v in shown)
    ):
        return join_all([_traced_like(value, origins, False) for value in shown]).form
    if known.record is not None:
        fields = tuple((field.name, _traced_like(STATIC, origins, True)) for field in class_fields(known.record))
        return Instance(known.record, fields)
    return Shapeless.TREE if known.annotated is Annotated.CONTAINER else None


def _traced_like(value: Value, origins: frozenset[Origin], inside: bool) -> Value:
    """Return a traced value of the structure that a call in sight passes."""
    form = value.form
    if isinstance(form, Display):
        rest = None if form.rest is None else _traced_like(form.rest, origins, inside)
        return Value(form=Display(form.kind, tuple(_traced_like(item, origins, inside) for item in form.items), rest))
    if isinstance(form, Mapping):
        items = tuple((key, _traced_like(item, origins, True)) for key, item in form.items)
        return Value(form=Mapping(items, _traced_like(STATIC, origins, True)))
    if isinstance(form, Instance) and form.fields and is_named_tuple(form.cls):
        return Value(form=Instance(form.cls, tuple((k, _traced_like(v, origins, True)) for k, v in form.fields)))
    if isinstance(form, Instance):
        return Value(origins, form=form)
    if form == Constant(None):
        return value
    return Value(frozenset(Origin(origin.name, inside) for origin in origins), form=Shapeless.LEAF)


def _without_helper(event: Event, name: str) -> Event:
    """Leave the wrapped function itself out of the list of helpers."""
    return replace(event, via=event.via[1:]) if event.via and event.via[0] == name else event


def _owner(callee: Value) -> tuple[Class | None, str]:
    """Return the class whose `self` or `cls` is the first parameter of a method that is not bound, and its role."""
    form = callee.form
    if isinstance(form, Transformed):
        return _owner(form.callee)
    if isinstance(form, Function) and form.owner is not None and form.receiver is None and form.role != "staticmethod":
        return form.owner, form.role
    return None, ""


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
    record: Class | None = None
    """The NamedTuple of the file that the annotation names."""

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
    if value.form in (Shapeless.ARRAY, Shapeless.MASK):
        # Arithmetic on a traced parameter may be a number yet.
        return value.staged or not value.origins
    return value.form is Shapeless.NUMPY


def is_rejected(value: Value) -> bool:
    """Whether jit rejects the value as an argument to trace."""
    form = value.form
    if isinstance(form, Library):
        return has_module(form.name) or isinstance(find_model(form.name), Model)
    if isinstance(form, Partial):
        return not form.pytree
    return is_text(form) or isinstance(form, (Function, Class, Jitted, Transformed))


def _site_flows(
    analysis: Analysis, site: JitSite, parameters: Sequence[Parameter], events: Sequence[Event]
) -> Iterator[Flow]:
    static = static_names(site.declaration, parameters)
    declared = tuple(p.name for p in parameters if p.name in static)
    owner, _ = _owner(site.callee)
    calls = [c for c in analysis.calls if c.site == site]
    for event in events:
        if isinstance(event, Sink) and event.origin is None:
            yield Flow(site, event.names[0] if event.names else "", event, Blame.ARRAY)
    for index, parameter in enumerate(parameters):
        if parameter.name in static or owner is not None and index == 0:
            continue
        known = _gather(analysis, parameter, events, calls)
        flow = _parameter_flow(site, known, events)
        if flow is not None:
            yield replace(flow, declared=declared)


def _gather(analysis: Analysis, parameter: Parameter, events: Iterable[Event], calls: Sequence[CallInSight]) -> _Known:
    uses = frozenset(e.evidence for e in events if isinstance(e, Clue) and e.name == parameter.name)
    pairs = [(dict(c.arguments)[parameter.name], c.node) for c in calls if parameter.name in dict(c.arguments)]
    pairs = [(value, node) for value, node in pairs if value.form != Constant(None)]
    annotated = record = None
    if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        pairs = [(v, n) for v, n in pairs if isinstance(v.form, (Display, Mapping)) and (v.form.items or v.form.rest)]
    else:
        scope = Scope(analysis, analysis.module)
        annotated = read_annotation(scope, parameter.annotation)
        if isinstance(parameter.annotation, cst.Name):
            named = evaluate(scope, parameter.annotation).form
            record = named if isinstance(named, Class) and is_named_tuple(named) else None
    given, nodes = tuple(value for value, _ in pairs), tuple(node for _, node in pairs)
    return _Known(parameter, uses, annotated, given, nodes, record)


def _parameter_flow(site: JitSite, known: _Known, events: Sequence[Event]) -> Flow | None:
    """Return the finding for one parameter: its first sink in execution order, unless something dismisses it."""
    name = known.parameter.name
    sinks = [sink for sink in _sinks_of(known, events) if not _dismissed(sink, known)]
    objects = [sink for sink in sinks if sink.kind is SinkKind.OBJECT]
    given = known.object_call
    if known.is_text and not sinks and known.parameter.annotation is not None:
        what = "a dtype" if known.annotated is Annotated.DTYPE else "a string"
        sinks = [Sink(SinkKind.OBJECT, known.parameter.annotation, f"is annotated as {what}", Origin(name))]
    if objects:
        first = objects[0] if given is not None or known.is_text else sinks[0]
    elif given is not None:
        first = Sink(SinkKind.OBJECT, given, "is given an object that is no array", Origin(name))
    elif sinks:
        first = replace(sinks[0], kind=SinkKind.OBJECT) if known.is_text else sinks[0]
    else:
        return None
    further = tuple(sink for sink in sinks if sink.node is not first.node)
    blame = _blame(first, known)
    if blame is Blame.DEFAULT and isinstance(site.callee.form, Library):
        return None
    inside = first.origin is not None and first.origin.inside
    return Flow(site, name, first, blame, inside, (), further, given)


def _sinks_of(known: _Known, events: Sequence[Event]) -> Iterator[Sink]:
    """Yield what happens to a parameter, uses that only prove a string or function among them, in execution order."""
    name = known.parameter.name
    for event in events:
        if isinstance(event, Sink):
            if event.origin is not None and event.origin.name == name and not (event.number and not known.is_number):
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
    if sink.array and not known.is_number and known.annotated is not Annotated.CONTAINER:
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
