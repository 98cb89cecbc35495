"""The rules: one module per code, found by looking into this folder. A rule's docstring is its documentation page."""

from __future__ import annotations

import enum
import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from jitlint.dataflow.flows import Flow
from jitlint.faults import Fault


class Rule(Protocol):
    """What every rule module has.

    CODE: what flake8 shows. NAME: one or two words. RAISES: the error classes that JAX raises.
    """

    CODE: str
    NAME: str
    RAISES: tuple[str, ...]


class FlowRule(Rule, Protocol):
    """A rule about values that are traced and needed."""

    def matches(self, flow: Flow) -> bool:
        """Whether this rule speaks of the flow."""

    def advice(self, flow: Flow) -> str:
        """Return what the user should do, the last part of the message."""


class FaultRule(Rule, Protocol):
    """A rule about faults. FAULT: the kind that it speaks of, a member of an enum of the faults."""

    FAULT: enum.Enum

    def problem(self, fault: Fault) -> str:
        """Return what is wrong, the first part of the message."""

    def advice(self, fault: Fault) -> str:
        """Return what the user should do, the last part."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name.startswith("jit"))
    return tuple(cast(Rule, importlib.import_module(f"{__name__}.{name}")) for name in names)


@cache
def flow_rules() -> tuple[FlowRule, ...]:
    """Return the rules about flows, by code."""
    return tuple(cast(FlowRule, rule) for rule in all_rules() if hasattr(rule, "matches"))


@cache
def fault_rules() -> dict[enum.Enum, FaultRule]:
    """Return the rules about faults."""
    rules = [cast(FaultRule, rule) for rule in all_rules() if hasattr(rule, "FAULT")]
    return {rule.FAULT: rule for rule in rules}
