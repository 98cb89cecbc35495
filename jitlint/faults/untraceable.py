"""What calls give to traced arguments of functions that another file jits or defines, and that jit rejects."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.hashing import unhashable
from jitlint.dataflow.pytrees import is_registrable
from jitlint.dataflow.rejected import rejected, rejected_class
from jitlint.dataflow.state import Analysis, CallInSight
from jitlint.dataflow.values import Class, JitSite, Library, Value
from jitlint.faults.arguments import given_arguments
from jitlint.faults.fault import Certainty
from jitlint.faults.wrapped import JIT, name_of


class UntraceableFaultKind(enum.Enum):
    """What is wrong with the value of a traced argument."""

    UNTRACEABLE = "is no array"


@dataclass(frozen=True, slots=True)
class UntraceableFault:
    """A value that a call in sight gives to a traced argument.

    argument: the name of the parameter, "" where only its position is known. number: that position, from 1.
    given: what it is, in words. cls: the class of an instance, which looks like no pytree. unhashable: why the instance
    can't be static, "" if it can. registrable: the class can become a pytree.
    """

    kind: UntraceableFaultKind
    site: JitSite
    node: cst.CSTNode
    argument: str
    number: int
    function: str
    given: str
    cls: Class | None = None
    unhashable: str = ""
    registrable: bool = True
    certainty: Certainty = Certainty.CALL

    @property
    def exact(self) -> bool:
        """Whether the instance is of this very class."""
        return True

    @property
    def subject(self) -> str:
        """The parameter."""
        return self.argument or str(self.number)

    @property
    def refuses_static(self) -> bool:
        """The declaration says too little, and nothing wrong."""
        return False


def find(analysis: Analysis) -> Iterator[UntraceableFault]:
    """Yield the calls that give a traced argument what jit rejects, where no finding at the jit site can say so."""
    for call, name, value, static in given_arguments(analysis):
        if not static and call.site not in analysis.sites and call.site.library in JIT:
            yield from _faults(analysis, call, name, 0, value)
    for call in analysis.own_calls:
        form = call.site.callee.form
        if not isinstance(form, Library) or call.arguments or not isinstance(call.node, cst.Call):
            continue
        if call.site.library not in JIT:
            continue
        declaration = call.site.declaration
        if not declaration.resolved or {"static_argnames", "static_argnums"} & declaration.given:
            # Which names have which positions is not known.
            continue
        for index, value in enumerate(call.positional):
            yield from _faults(analysis, call, "", index + 1, value)
        for name, value in call.keywords:
            yield from _faults(analysis, call, name, 0, value)


def _faults(analysis: Analysis, call: CallInSight, name: str, number: int, value: Value) -> Iterator[UntraceableFault]:
    given = rejected(value, analysis.models, call.written(name))
    if given:
        cls = rejected_class(value, analysis.models)
        reason = "" if cls is None else unhashable(value)
        registrable = cls is None or is_registrable(cls, analysis.models)
        form = call.site.callee.form
        function = form.name.rpartition(".")[2] if isinstance(form, Library) else name_of(call.site.callee)
        kind = UntraceableFaultKind.UNTRACEABLE
        yield UntraceableFault(kind, call.site, call.node, name, number, function, given, cls, reason, registrable)
