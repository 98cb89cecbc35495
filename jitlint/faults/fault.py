"""What is wrong at a jit site or at a call of one, besides the flows."""

from __future__ import annotations

import enum
from typing import Protocol, runtime_checkable

import libcst as cst

from jitlint.dataflow.values import JitSite, Value


class Certainty(enum.Enum):
    """What a claim takes for granted, and so what may speak against it."""

    DECLARATION = "JAX refuses the jit site, as it stands"
    CALL = "JAX refuses the call, and so does the program"
    COST = "the program runs; it compiles in vain, or says more than it must"


class Fault(Protocol):
    """Something that a rule speaks of. Each kind of fault is a member of an enum, and the `FAULT` of one rule.

    node: where it is reported. subject: tells two findings of one rule at one place apart.
    refuses_static: JAX refuses the static declaration of the site, so that its flows need no finding of their own.
    """

    @property
    def kind(self) -> enum.Enum: ...

    @property
    def certainty(self) -> Certainty: ...

    @property
    def site(self) -> JitSite: ...

    @property
    def node(self) -> cst.CSTNode: ...

    @property
    def subject(self) -> str: ...

    @property
    def refuses_static(self) -> bool: ...


@runtime_checkable
class AboutArgument(Protocol):
    """A fault of what a call gives: the argument as it is written, and whose method is called."""

    @property
    def site(self) -> JitSite: ...

    @property
    def argument(self) -> cst.BaseExpression | None: ...

    @property
    def receiver(self) -> Value | None: ...
