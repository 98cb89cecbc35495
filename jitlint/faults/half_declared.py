"""Arguments that are declared by name or by number only, and passed the other way."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.flows import Blame, flow_if_traced
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.pytrees import is_plain
from jitlint.dataflow.site_runs import calls_of
from jitlint.dataflow.state import Analysis, CallInSight
from jitlint.dataflow.values import Class, Constant, Instance, JitSite
from jitlint.faults.fault import Certainty, Mention
from jitlint.faults.wrapped import JIT, option_node
from jitlint.jit_sites import signature, static_at, static_names


class HalfDeclaredKind(enum.Enum):
    """What is wrong with a pair of declarations."""

    TRACED = "an argument is static one way and passed the other way"


@dataclass(frozen=True, slots=True)
class HalfDeclared:
    """A parameter that is declared static, and traced at a call.

    by_position: the call passes it by position, and only its name is declared; else the other way round.
    phrase: what happens to it. together: the names that say all of the declaration; empty where names can't.
    cls: the class of what the call passes, if that must be no pytree.
    """

    site: JitSite
    node: cst.CSTNode
    parameter: str
    by_position: bool
    phrase: str
    together: tuple[str, ...]
    mentions: tuple[Mention, ...]
    cls: Class | None = None
    exact: bool = False
    kind: HalfDeclaredKind = HalfDeclaredKind.TRACED
    certainty: Certainty = Certainty.CALL
    refuses_static: bool = False

    @property
    def subject(self) -> str:
        """The parameter."""
        return self.parameter


def find(analysis: Analysis) -> Iterator[HalfDeclared]:
    """Yield the parameters that both declarations together leave traced at a call in sight, and that fail there."""
    for site in analysis.sites:
        declaration = site.declaration
        if site.library not in JIT or not {"static_argnames", "static_argnums"} <= declaration.given:
            continue
        parameters = signature(site.callee, analysis.models)
        if parameters is None or not declaration.resolved:
            continue
        calls = [call for call in calls_of(analysis, site) if call.file is None]
        for index, parameter in enumerate(parameters):
            if parameter.name in static_names(declaration, parameters):
                yield from _half_declared(analysis, site, parameters, index, calls)


def _half_declared(
    analysis: Analysis, site: JitSite, parameters: Sequence[Parameter], index: int, calls: Sequence[CallInSight]
) -> Iterator[HalfDeclared]:
    """Yield a fault per way and call, so that one is left if the others are in doubt."""
    parameter = parameters[index]
    for call in calls:
        by_position = parameter.by_position and index < len(call.positional)
        value = dict(call.arguments).get(parameter.name)
        if value is None or value.form == Constant(None) or not parameter.by_position:
            continue
        if parameter.name in static_at(site.declaration, parameters, len(call.positional)):
            continue
        form = value.form
        instance = form if isinstance(form, Instance) and is_plain(form.cls, analysis.models) else None
        flow = flow_if_traced(analysis, site, parameter.name, (call,))
        mentions = [Mention(call.node, "passed in", runs=True)]
        if flow is not None and flow.blame is Blame.PARAMETER:
            instance = None
            phrase = flow.sink.phrase + (f" via {', '.join(flow.sink.via)}" if flow.sink.via else "")
            if flow.sink.node is not call.node:
                mentions.append(Mention(flow.sink.node, "needed in", file=flow.sink.file))
        elif instance is not None:
            phrase = f"is an instance of {instance.cls.name}, which is no pytree"
        else:
            continue
        yield HalfDeclared(
            site,
            option_node(site, "static_argnames" if by_position else "static_argnums"),
            parameter.name,
            by_position,
            phrase,
            _together(site, parameters),
            tuple(mentions),
            None if instance is None else instance.cls,
            instance is not None and instance.exact,
        )


def _together(site: JitSite, parameters: Sequence[Parameter]) -> tuple[str, ...]:
    static = static_names(site.declaration, parameters)
    by_name = (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
    names = tuple(p.name for p in parameters if p.name in static and p.kind in by_name)
    return names if set(names) == static else ()
