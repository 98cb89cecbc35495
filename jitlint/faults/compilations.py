"""Static arguments that are new on every pass of a loop, so that each pass compiles."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from jitlint.dataflow.entries import ENTRIES
from jitlint.dataflow.lattice import is_text
from jitlint.dataflow.parameters import ParameterKind
from jitlint.dataflow.site_runs import run_site, wrapped_definition
from jitlint.dataflow.state import Analysis, CallInSight, Sink
from jitlint.dataflow.values import Class, Declaration, Instance, JitSite, Partial, SinkKind, Value
from jitlint.faults.fault import Certainty
from jitlint.faults.fresh import made_at, must_differ
from jitlint.faults.passes import is_long, is_short
from jitlint.faults.repetition import calls_of_function, long_loops, may_be_traced
from jitlint.faults.shapes import shapes_vary
from jitlint.faults.surroundings import Loop, Surroundings
from jitlint.faults.varying import Source, comes_seldom, source_of
from jitlint.jit_sites import signature, static_names

_SIZES = (SinkKind.SHAPE, SinkKind.LOOP, SinkKind.SLICE, SinkKind.UNKNOWN_SIZE)
"""What makes one program of each value."""


class CompilationFaultKind(enum.Enum):
    """What compiles in vain."""

    VALUE = "a static argument is new on each pass"
    JIT = "jit is applied anew each time"


@dataclass(frozen=True, slots=True)
class CompilationFault:
    """A compilation on every pass of a loop.

    subject: the static parameter; for a jit applied anew, what is jitted. function: what jit wraps, or the function
    that applies it on each call ("" for a loop around the jit site). made: what is made anew, "" for another value.
    via: the function of the file between the loop and the call. text: the value is a string, which can't be traced.
    """

    kind: CompilationFaultKind
    site: JitSite
    node: cst.CSTNode
    subject: str
    function: str = ""
    made: str = ""
    via: str = ""
    text: bool = False
    certainty: Certainty = Certainty.COST
    refuses_static: bool = False


def find(analysis: Analysis) -> Iterator[CompilationFault]:
    """Yield the calls whose static arguments are new each time."""
    calls = [call for call in analysis.own_calls if _declares(call.site) and isinstance(call.node, cst.Call)]
    if not calls:
        return
    tracing = {call.node for call in calls if call.tracing}
    around = Surroundings(analysis.tree)
    seen: set[tuple[cst.CSTNode, str]] = set()
    for call in calls:
        if call.node in tracing or call.node not in around.parents:
            continue
        for name, argument, value in _static_arguments(analysis, call):
            if (call.node, name) not in seen and not may_be_traced(analysis, around, call.node):
                seen.add((call.node, name))
                yield from _faults_of(analysis, around, call, name, argument, value)


def _declares(site: JitSite) -> bool:
    if site.library in ENTRIES:
        return False
    return site.declaration.resolved and bool(site.declaration.names or site.declaration.numbers)


def _static_arguments(analysis: Analysis, call: CallInSight) -> Iterator[tuple[str, cst.BaseExpression, Value]]:
    """Yield the static parameters of a call with their arguments, as the source writes them."""
    node = call.node
    parameters = signature(call.site.callee, analysis.models)
    if parameters is None or not isinstance(node, cst.Call) or any(argument.star for argument in node.args):
        return
    declaration = call.site.declaration
    static = static_names(declaration, parameters)
    by_position = [parameter.name for parameter in parameters if parameter.by_position]
    values = dict(call.arguments)
    given = [argument.value for argument in node.args if argument.keyword is None]
    hidden = len(call.positional) - len(given)
    if hidden < 0:
        return
    if hidden == 1 and isinstance(node.func, cst.Attribute):
        given.insert(0, node.func.value)
        hidden = 0
    both = {"static_argnames", "static_argnums"} <= declaration.given
    numbers = {number % len(by_position) for number in declaration.numbers} if by_position else set()
    for index, argument in enumerate(given, hidden):
        if index < len(by_position) and by_position[index] in static and (not both or index in numbers):
            yield by_position[index], argument, values.get(by_position[index], Value())
    keyword_only = {parameter.name for parameter in parameters if parameter.kind is ParameterKind.KEYWORD_ONLY}
    for keyword in node.args:
        if keyword.keyword is not None:
            name = keyword.keyword.value
            if name in declaration.names or not both and name in static & {*by_position, *keyword_only}:
                yield name, keyword.value, values.get(name, Value())


def _faults_of(
    analysis: Analysis, around: Surroundings, call: CallInSight, name: str, argument: cst.BaseExpression, value: Value
) -> Iterator[CompilationFault]:
    definition = wrapped_definition(call.site.callee)
    function = "the function" if definition is None or definition.name == "<lambda>" else definition.name
    made = _made(around, argument, value)
    if made is not None:
        what, place = made
        repeating = around.loops_around(call.node)
        loops = [loop for loop in long_loops(around, place) if loop in repeating]
        seldom = any(_is_no_loss(analysis, around, call.node, loop) for loop in loops[:1])
        if loops and not seldom and not must_differ(analysis, around, place, around.loops_around(place)):
            yield CompilationFault(CompilationFaultKind.VALUE, call.site, call.node, name, function, what)
        return
    source = source_of(around, argument, call.node)
    if source is None:
        return
    if source.loop is not None:
        vain = not is_short(around, source.loop) and not _is_no_loss(analysis, around, call.node, source.loop)
        if vain and (is_long(around, source.loop) or not _decides_program(analysis, call.site, name)):
            text = is_text(value.form)
            yield CompilationFault(CompilationFaultKind.VALUE, call.site, call.node, name, function, text=text)
        return
    helper = around.scope_of(call.node)
    if isinstance(helper, cst.FunctionDef) and not comes_seldom(around, call.node, helper):
        for outer in calls_of_function(around, helper):
            varies = _varies_there(analysis, around, helper, outer, source)
            if varies and not _decides_program(analysis, call.site, name):
                yield CompilationFault(
                    CompilationFaultKind.VALUE, call.site, outer, name, function, via=helper.name.value
                )


def _decides_program(analysis: Analysis, site: JitSite, name: str) -> bool:
    """Whether each value of a static parameter makes a program of another size, which has to be compiled."""
    parameters = signature(site.callee, analysis.models) or ()
    others = static_names(site.declaration, parameters) - {name}
    run = run_site(analysis, replace(site, declaration=Declaration(names=others)), True)
    return any(
        isinstance(event, Sink) and event.kind in _SIZES and event.origin is not None and event.origin.name == name
        for event in run.events
    )


def _varies_there(
    analysis: Analysis, around: Surroundings, helper: cst.FunctionDef, call: cst.Call, source: Source
) -> bool:
    """Whether a call of a helper gives a parameter of it a new value on each pass of a loop."""
    if any(argument.star for argument in call.args) or may_be_traced(analysis, around, call):
        return False
    names = [parameter.name.value for parameter in (*helper.params.posonly_params, *helper.params.params)]
    if isinstance(around.scope_of(helper), cst.ClassDef):
        names = names[1:]
    given = dict(zip(names, (argument.value for argument in call.args if argument.keyword is None)))
    given.update({argument.keyword.value: argument.value for argument in call.args if argument.keyword is not None})
    argument = given.get(source.parameter)
    found = None if argument is None else source_of(around, argument, call)
    if found is None or found.loop is None:
        return False
    return not is_short(around, found.loop) and not _is_no_loss(analysis, around, call, found.loop)


def _is_no_loss(analysis: Analysis, around: Surroundings, call: cst.CSTNode, loop: Loop) -> bool:
    """Whether few passes come to a call, or each of them compiles anyway."""
    return comes_seldom(around, call, loop) or isinstance(call, cst.Call) and shapes_vary(analysis, around, call, loop)


def _made(around: Surroundings, argument: cst.BaseExpression, value: Value) -> tuple[str, cst.CSTNode] | None:
    """Return what an argument makes anew where it stands, and the place that makes it; None if it makes nothing."""
    place = made_at(around, argument)
    if isinstance(place, (cst.Lambda, cst.FunctionDef)):
        return "function", place
    if isinstance(place, cst.Call):
        form = value.form
        if isinstance(form, Partial):
            return "partial", place
        if isinstance(form, Instance) and isinstance(place.func, cst.Name) and _is_identity(form.cls):
            return ("instance", place) if place.func.value == form.cls.name else None
    return None


def _is_identity(cls: Class) -> bool:
    """Whether two instances of a class are never equal."""
    if not cls.is_closed:
        return False
    for one in cls.lineage():
        names = one.namespace.bindings.keys() & {"__eq__", "__hash__", "__new__"}
        if names or one.decorators or one.node.keywords:
            return False
    return True
