"""From jit sites to flows: run each wrapped function, and decide what is to blame for what reached a sink."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import libcst as cst

from jitlint.calls_elsewhere import Passage
from jitlint.dataflow.annotations import Annotated
from jitlint.dataflow.entries import TRACED_BODIES
from jitlint.dataflow.evidence import Known, gather
from jitlint.dataflow.hashing import unhashable
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.pytrees import is_registrable
from jitlint.dataflow.rejected import rejected_class
from jitlint.dataflow.site_runs import (
    SiteRun,
    calls_of,
    decorators_above,
    frame_of,
    owner_of,
    run_site,
    run_sites,
    wrapped_definition,
)
from jitlint.dataflow.state import Analysis, CallInSight, Clue, Event, Evidence, HandedOver, Sink
from jitlint.dataflow.traced_instances import traced_instance
from jitlint.dataflow.values import Class, Display, Instance, JitSite, Library, Mapping, Origin, SinkKind, Value
from jitlint.jit_sites import signature, static_names

__all__ = ["Blame", "Flow", "SinkKind", "find_flows", "flow_if_traced"]


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
    positions: of these and the parameter, -1 for what is passed by keyword only.
    call: a call in sight that shows what the parameter is.
    cls: the class of the instance that it gives, or that the annotation names, which looks like no pytree. exact: the
    instance is of this very class. registrable: it can become one. unhashable: why the instance can't be static, ""
    if it can. otherwise: the flow that there is if the class is a pytree.
    through: where the parameter is handed to functions under jit, the parameter of each on the way to the sink, and
    the function's name. passed: a call in another file, where none in this one passes the parameter.
    """

    site: JitSite
    parameter: str
    sink: Sink
    blame: Blame
    inside: bool = False
    declared: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    further: tuple[Sink, ...] = ()
    call: cst.CSTNode | None = None
    cls: Class | None = None
    exact: bool = True
    registrable: bool = True
    unhashable: str = ""
    otherwise: Flow | None = None
    through: tuple[tuple[str, str], ...] = ()
    passed: Passage | None = None


@dataclass(slots=True, eq=False)
class _Search:
    """The runs of an analysis, and the flows of single parameters found so far.

    defaults: the runs pass what every call in sight leaves out.
    """

    analysis: Analysis
    defaults: bool
    runs: dict[JitSite, SiteRun]
    found: dict[tuple[JitSite, str], Flow | None] = field(default_factory=dict)

    def run_of(self, site: JitSite) -> SiteRun:
        """Return the run of a site, of one in another file too."""
        run = self.runs.get(site)
        if run is None:
            known_calls = len(self.analysis.calls)
            run = self.runs[site] = run_site(self.analysis, site, self.defaults)
            del self.analysis.calls[known_calls:]
        return run


def find_flows(analysis: Analysis) -> Iterator[Flow]:
    """Yield the flows of every jit site of the analysed file.

    What its calls leave to a default is not traced; whether it would fail when passed is asked in runs of their own,
    and only if the settings want to know.
    """
    runs = run_sites(analysis, defaults=False)
    search = _Search(analysis, False, {run.site: run for run in runs})
    for run in runs:
        yield from _staged_flows(run)
        yield from _parameter_flows(search, run)
    if analysis.settings.defaults:
        runs = run_sites(analysis, defaults=True)
        search = _Search(analysis, True, {run.site: run for run in runs})
        for run in runs:
            for flow in _parameter_flows(search, run):
                if flow.blame is Blame.DEFAULT and not isinstance(run.site.callee.form, Library):
                    yield flow


def flow_if_traced(analysis: Analysis, site: JitSite, name: str, calls: tuple[CallInSight, ...]) -> Flow | None:
    """Return the flow that a parameter would have, were it traced as these calls pass it."""
    static = static_names(site.declaration, signature(site.callee, analysis.models) or ()) - {name}
    declaration = replace(site.declaration, names=static, numbers=frozenset())
    known_calls = len(analysis.calls)
    run = run_site(analysis, replace(site, declaration=declaration), False, calls=calls)
    # What this run calls is no further call of the program.
    del analysis.calls[known_calls:]
    parameter = next((p for p in run.parameters if p.name == name), None)
    if parameter is None:
        return None
    search = _Search(analysis, False, {})
    return _parameter_flow(search, run.site, gather(analysis, parameter, run.events, calls), run.events)


def _staged_flows(run: SiteRun) -> Iterator[Flow]:
    # What a body outside of jit does under a test, what it captures may decide.
    unsure = run.site.undecided or run.site.eager or run.site.library in TRACED_BODIES
    for event in run.events:
        if isinstance(event, Sink) and event.origin is None and not (event.conditional and (event.file or unsure)):
            yield Flow(run.site, event.names[0] if event.names else "", event, Blame.ARRAY)


def _parameter_flows(search: _Search, run: SiteRun) -> Iterator[Flow]:
    """Yield the finding of each traced parameter that has one."""
    declared = tuple(p.name for p in run.parameters if p.name in run.static)
    numbers = {p.name: n for n, p in enumerate(p for p in run.parameters if p.by_position)}
    for parameter in _traced(search.analysis, run):
        flow = _flow_of(search, run, parameter)
        if flow is not None:
            positions = tuple(numbers.get(name, -1) for name in (*declared, parameter.name))
            otherwise = flow.otherwise
            if otherwise is not None:
                otherwise = replace(otherwise, declared=declared, positions=positions)
            yield replace(flow, declared=declared, positions=positions, otherwise=otherwise)


def _traced(analysis: Analysis, run: SiteRun) -> Iterator[Parameter]:
    """Yield the parameters that a run traced."""
    owner, _ = owner_of(run.site.callee)
    untraced = run.static | run.left_out | {name for name, _ in run.site.given}
    for index, parameter in enumerate(run.parameters):
        is_receiver = owner is not None and index == 0 and traced_instance(analysis, owner, frozenset()) is None
        if parameter.name not in untraced and not is_receiver:
            yield parameter


def _flow_of(search: _Search, run: SiteRun, parameter: Parameter) -> Flow | None:
    key = run.site, parameter.name
    if key not in search.found:
        # A function that comes back to itself has no flow on that way.
        search.found[key] = None
        calls = calls_of(search.analysis, run.site)
        passed = run.passages.get(parameter.name)
        known = gather(search.analysis, parameter, run.events, calls, frame_of(run.site.callee), passed)
        flow = _parameter_flow(search, run.site, known, run.events)
        search.found[key] = flow and replace(flow, passed=None if known.given else passed)
    return search.found[key]


def _parameter_flow(search: _Search, site: JitSite, known: Known, events: Sequence[Event]) -> Flow | None:
    """Return the finding for one parameter: its first sink in execution order, unless something dismisses it."""
    name, models = known.parameter.name, search.analysis.models
    reached = dict(_sinks_of(search, known, events))
    sinks = [sink for sink in reached if not _dismissed(sink, known)]
    sinks = [sink for sink in sinks if not (site.undecided and sink.conditional)]
    objects = [sink for sink in sinks if sink.kind is SinkKind.OBJECT]
    if decorators_above(site) and known.object_given is not None and rejected_class(known.object_given, models):
        # What is between the call and jit may make something else of the object.
        known = replace(known, object_call=None, object_given=None)
    given = known.object_call
    cls = None if known.object_given is None else rejected_class(known.object_given, models)
    if known.is_text and not sinks and known.parameter.annotation is not None:
        what = "a dtype" if known.annotated is Annotated.DTYPE else "a string"
        file = known.file
        sinks = [Sink(SinkKind.OBJECT, known.parameter.annotation, f"is annotated as {what}", Origin(name), file=file)]
    if objects:
        first = objects[0] if given is not None or known.is_text else sinks[0]
    elif given is not None:
        what = "an object that is no array" if cls is None else f"an instance of {cls.name}, which is no pytree"
        held = known.object_given
        inside = False
        if held is not None and isinstance(held.form, (Display, Mapping, Instance)) and cls is None:
            what = known.object_said
            # Of a list or a dict with a string in it, the string has to be static.
            inside = bool(unhashable(held))
        first = Sink(SinkKind.OBJECT, given, f"is given {what}", Origin(name, inside))
    elif not decorators_above(site) and (used := _use_as_instance(known, events)) is not None:
        cls, first = known.plain, used
    elif sinks:
        first = sinks[0]
    else:
        return None
    behind = reached.get(first)
    if first in reached and known.is_text:
        first = replace(first, kind=SinkKind.OBJECT)
    further = tuple(sink for sink in sinks if sink.node is not first.node)
    blame = _blame(first, known)
    if blame is Blame.ARRAY and first.conditional and first.file is not None:
        # Another file tests what it is given: which kinds of argument come there is not known.
        return None
    inside = first.origin is not None and first.origin.inside
    flow = Flow(site, name, first, blame, inside, further=further, call=given)
    if behind is not None:
        flow = replace(flow, through=((behind.parameter, _name_of(behind.site)), *behind.through))
        if behind.cls is not None:
            return replace(
                flow,
                cls=behind.cls,
                exact=behind.exact,
                registrable=behind.registrable,
                unhashable=behind.unhashable,
            )
    if cls is None:
        return flow
    example = known.object_given
    if example is not None:
        known = replace(known, object_call=None, object_given=None)
    else:
        example, known = Value(form=Instance(cls, exact=True)), replace(known, named=None, plain=None)
    otherwise = _parameter_flow(search, site, known, events)
    exact, registrable = given is not None, is_registrable(cls, models)
    return replace(
        flow, cls=cls, exact=exact, registrable=registrable, unhashable=unhashable(example), otherwise=otherwise
    )


def _use_as_instance(known: Known, events: Sequence[Event]) -> Sink | None:
    """Return the first place that uses a parameter as no array is used."""
    name = known.parameter.name
    cls = known.opaque.rpartition(".")[2] if known.plain is None else known.plain.name
    if not cls:
        return None
    for event in events:
        if isinstance(event, Clue) and event.name == name and event.evidence in (Evidence.OBJECT, Evidence.CALLED):
            phrase = f"is used as an instance of {cls}, which is no pytree"
            return Sink(SinkKind.OBJECT, event.node, phrase, Origin(name), via=event.via, file=event.file)
    return None


def _sinks_of(search: _Search, known: Known, events: Sequence[Event]) -> Iterator[tuple[Sink, Flow | None]]:
    """Yield what happens to a parameter, uses that only prove a string or function among them, in execution order.

    With each the flow of the parameter that it is handed to, if that is under jit too.
    """
    name = known.parameter.name
    behind: set[HandedOver] = set()
    for event in events:
        if isinstance(event, Sink):
            if event.origin is not None and event.origin.name == name and not (event.number and not known.is_number):
                yield event, None
        elif isinstance(event, HandedOver):
            # Of an array, the site that it is handed to says enough.
            if event.origin.name == name and not known.is_array and event not in behind:
                together = [e for e in events if isinstance(e, HandedOver) and _is_same_call(e, event)]
                behind.update(together)
                yield from _sinks_behind(search, [e for e in together if e.origin.name == name])
        elif not isinstance(event, Clue) or event.name != name:
            continue
        elif event.evidence is Evidence.TEXT and not known.is_number:
            phrase = "is compared with a string"
            yield Sink(SinkKind.OBJECT, event.node, phrase, Origin(name), via=event.via, file=event.file), None
        elif event.evidence is Evidence.CALLED and known.annotated is Annotated.CALLABLE:
            yield Sink(SinkKind.OBJECT, event.node, "is called", Origin(name), via=event.via, file=event.file), None


def _is_same_call(one: HandedOver, other: HandedOver) -> bool:
    return one.node is other.node and one.via == other.via and one.site == other.site


def _sinks_behind(search: _Search, handed: Sequence[HandedOver]) -> Iterator[tuple[Sink, Flow]]:
    """Yield the sinks behind what one call hands over, in the order in which the function that is called needs them."""
    order = {event: place for place, event in enumerate(search.run_of(handed[0].site).events)}
    found = [pair for event in handed for pair in _sink_behind(search, event)]
    yield from sorted(found, key=lambda pair: order.get(pair[1].sink, len(order)))


def _sink_behind(search: _Search, event: HandedOver) -> Iterator[tuple[Sink, Flow]]:
    """Yield the sink for which the parameter has to be static that something is handed to."""
    run = search.run_of(event.site)
    parameter = next((p for p in _traced(search.analysis, run) if p.name == event.parameter), None)
    if parameter is None or parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        return
    flow = _flow_of(search, run, parameter)
    if flow is None or flow.blame is Blame.ARRAY or flow.inside:
        return
    name = _name_of(event.site)
    yield (
        replace(
            flow.sink,
            origin=event.origin,
            via=(*event.via, *([name] if name else []), *flow.sink.via),
            array=False,
            number=False,
            direct=event.whole and flow.sink.direct,
            conditional=event.conditional or flow.sink.conditional,
        ),
        flow,
    )


def _name_of(site: JitSite) -> str:
    definition = wrapped_definition(site.callee)
    return "" if definition is None else definition.name


def _dismissed(sink: Sink, known: Known) -> bool:
    """Whether other evidence shows that the sink gets something else than a tracer."""
    if sink.kind is not SinkKind.BRANCH or not sink.direct or known.is_text:
        return False
    return known.is_container or sink.truth and known.may_be_container


def _blame(sink: Sink, known: Known) -> Blame:
    if known.is_unpassed and not (known.is_flag and sink.kind is SinkKind.BRANCH and sink.direct):
        return Blame.DEFAULT
    if sink.kind is SinkKind.OBJECT:
        return Blame.PARAMETER
    if sink.kind is SinkKind.UNKNOWN_SIZE or known.is_array:
        return Blame.ARRAY
    if sink.array and not known.is_number and known.annotated is not Annotated.CONTAINER:
        return Blame.ARRAY
    return Blame.PARAMETER
