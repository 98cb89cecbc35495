"""What is wrong at a jit site or at a call of one, besides the flows."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import libcst as cst

from jitlint.dataflow.frames import File
from jitlint.dataflow.values import Class, JitSite, Value


class Certainty(enum.Enum):
    """What a claim takes for granted, and so what may speak against it."""

    DECLARATION = "JAX refuses the jit site, as it stands"
    CALL = "JAX refuses the call, and so does the program"
    CALLS = "JAX refuses every call of what the site makes"
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


@dataclass(frozen=True, slots=True)
class Mention:
    """A further place that belongs to a fault: the message says `text` and its line.

    runs: the claim takes for granted that the program comes here, and wants no error.
    """

    node: cst.CSTNode
    text: str
    runs: bool = False
    file: File | None = None
    """The file that it is in, None for the linted one."""


@runtime_checkable
class Mentioning(Protocol):
    """A fault that points at further places."""

    @property
    def mentions(self) -> tuple[Mention, ...]: ...


@runtime_checkable
class AboutInstances(Protocol):
    """A fault that holds where the instances of a class are no pytrees. exact: of this class, not of derived ones."""

    @property
    def cls(self) -> Class | None: ...

    @property
    def exact(self) -> bool: ...


@runtime_checkable
class AboutArgument(Protocol):
    """A fault of what a call gives: the argument as it is written, and whose method is called."""

    @property
    def site(self) -> JitSite: ...

    @property
    def argument(self) -> cst.BaseExpression | None: ...

    @property
    def receiver(self) -> Value | None: ...
