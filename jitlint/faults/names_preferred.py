"""Declarations by number where names say the same."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.site_runs import calls_of
from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import JitSite
from jitlint.faults.fault import Certainty
from jitlint.faults.wrapped import JIT, is_certain, option_node
from jitlint.jit_sites import signature, static_at


class NumberFaultKind(enum.Enum):
    """What could be said better."""

    PREFER_NAMES = "numbers where names say the same"


@dataclass(frozen=True, slots=True)
class PreferNames:
    """A declaration by number. names: the parameters that it counts to, in order."""

    site: JitSite
    node: cst.CSTNode
    names: tuple[str, ...]
    kind: NumberFaultKind = NumberFaultKind.PREFER_NAMES
    certainty: Certainty = Certainty.DECLARATION
    refuses_static: bool = False

    @property
    def subject(self) -> str:
        """The parameters."""
        return ", ".join(self.names)


def find(analysis: Analysis) -> Iterator[PreferNames]:
    """Yield the declarations of the file that only count, where each number has a name that callers may use."""
    for site in analysis.sites if analysis.settings.names else ():
        declaration = site.declaration
        if site.library not in JIT or not declaration.resolved or not is_certain(site.callee):
            continue
        if "static_argnums" not in declaration.given or "static_argnames" in declaration.given:
            continue
        parameters = signature(site.callee, analysis.models, strict=True)
        if parameters is None:
            continue
        names = _names_of(declaration.numbers, parameters)
        passed = [len(call.positional) for call in calls_of(analysis, site)]
        if names and all(static_at(declaration, parameters, count) == frozenset(names) for count in passed):
            yield PreferNames(site, option_node(site, "static_argnums"), names)


def _names_of(numbers: frozenset[int], parameters: Sequence[Parameter]) -> tuple[str, ...] | None:
    """Return the names that say what the numbers do, None if none can.

    JAX finds the names of numbers itself where it is given only those, so that a call may use them. A number from the
    end counts what a call passes by position: that is one parameter only where every call must pass them all.
    """
    named = ParameterKind.POSITIONAL_OR_KEYWORD
    count = len(parameters)
    fixed = all(parameter.kind is named and parameter.default is None for parameter in parameters)
    found: set[int] = set()
    for number in numbers:
        index = number + count if number < 0 and fixed else number
        if not 0 <= index < count or parameters[index].kind is not named:
            return None
        found.add(index)
    return tuple(parameters[index].name for index in sorted(found))
