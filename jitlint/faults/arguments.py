"""Static arguments that a call in sight gives what Python can't hash: lists, dicts, arrays and the like."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.hashing import unhashable
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.site_runs import owner_of
from jitlint.dataflow.state import Analysis, CallInSight
from jitlint.dataflow.values import JitSite, Value
from jitlint.faults import declarations
from jitlint.faults.fault import Certainty
from jitlint.faults.wrapped import JIT, is_certain, name_of
from jitlint.jit_sites import signature

_PMAP = "jax.pmap"


class ArgumentFaultKind(enum.Enum):
    """What is wrong with the value of a static argument."""

    UNHASHABLE = "can't be hashed"
    ARRAY = "is an array"
    FLOAT = "is a float where a size is needed"


@dataclass(frozen=True, slots=True)
class ArgumentFault:
    """A value that a call in sight gives to a static argument.

    given: what it is, in words. use: where the value is needed, for a float. argument: as it is written in the call,
    if it is. receiver: whose method is called.
    """

    kind: ArgumentFaultKind
    site: JitSite
    node: cst.CSTNode
    parameter: str
    function: str
    given: str
    use: str = ""
    argument: cst.BaseExpression | None = None
    receiver: Value | None = None
    certainty: Certainty = Certainty.CALL

    @property
    def subject(self) -> str:
        """The parameter."""
        return self.parameter

    @property
    def refuses_static(self) -> bool:
        """The declaration is right; the call is not."""
        return False


def find(analysis: Analysis) -> Iterator[ArgumentFault]:
    """Yield the calls in sight that give a static argument what is not hashable."""
    for call, parameter, value in static_arguments(analysis):
        given = unhashable(value)
        if given:
            array = given.endswith(" array")
            kind = ArgumentFaultKind.ARRAY if array else ArgumentFaultKind.UNHASHABLE
            yield fault_of(kind, call, parameter, given)


def fault_of(kind: ArgumentFaultKind, call: CallInSight, parameter: str, given: str, use: str = "") -> ArgumentFault:
    """Return the fault of a call."""
    owner, _ = owner_of(call.site.callee)
    receiver = call.positional[0] if owner is not None and call.positional else None
    name, argument = name_of(call.site.callee), call.written(parameter)
    return ArgumentFault(kind, call.site, call.node, parameter, name, given, use, argument, receiver)


def static_arguments(analysis: Analysis) -> Iterator[tuple[CallInSight, str, Value]]:
    """Yield what the calls in sight give to the arguments that are static there, once for each call and value."""
    for call, name, value, static in given_arguments(analysis):
        if static:
            yield call, name, value


def given_arguments(analysis: Analysis) -> Iterator[tuple[CallInSight, str, Value, bool]]:
    """Yield what the calls in sight give to which parameter, and whether that is static there."""
    refused = {fault.site for fault in declarations.find(analysis)}
    for call in analysis.own_calls:
        site = call.site
        if not isinstance(call.node, cst.Call):
            # A library makes the call, perhaps later: `map(step, sizes)`.
            continue
        if site in refused or not site.declaration.resolved or site.library not in (*JIT, _PMAP):
            continue
        if not is_certain(site.callee):
            continue
        parameters = signature(site.callee, analysis.models, strict=True)
        if parameters is None:
            continue
        numbers, names = _static_places(site, parameters, len(call.positional))
        star = next((p.name for p in parameters if p.kind is ParameterKind.VAR_POSITIONAL), "")
        positional = [parameter.name for parameter in parameters if parameter.by_position]
        for index, value in enumerate(call.positional):
            name = positional[index] if index < len(positional) else star
            if name:
                yield call, name, value, index in numbers
        for name, value in call.keywords:
            yield call, name, value, name in names


def _static_places(site: JitSite, parameters: Sequence[Parameter], given: int) -> tuple[frozenset[int], frozenset[str]]:
    """Return which positions and which keywords are static at a call with so many arguments given by position.

    `jax.jit` infers one from the other, if only one of the two options is given; `jax.pmap` knows positions only.
    """
    declaration = site.declaration
    positional = [parameter for parameter in parameters if parameter.by_position]
    both = site.library == _PMAP or {"static_argnums", "static_argnames"} <= declaration.given
    end = given if both else len(positional)
    numbers = {n + end if n < 0 else n for n in declaration.numbers if n >= 0 or site.library != _PMAP}
    names = set(declaration.names)
    for index, parameter in enumerate(() if both else positional):
        if parameter.kind is not ParameterKind.POSITIONAL_OR_KEYWORD:
            continue
        if index in numbers:
            names.add(parameter.name)
        elif parameter.name in names:
            numbers.add(index)
    return frozenset(numbers), frozenset(names)
