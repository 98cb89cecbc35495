"""Declarations that JAX refuses: names and numbers that are no parameter, arguments both static and donated."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import libcst as cst

from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import Declaration, Function, Instance, JitSite, Partial, Transformed, Value
from jitlint.faults.fault import Certainty
from jitlint.faults.wrapped import JIT, is_certain, name_of, option_node
from jitlint.jit_sites import signature

_BY_NAME = (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)


class DeclarationFaultKind(enum.Enum):
    """What is wrong with a declaration."""

    NAME = "names no parameter"
    NUMBER = "counts past the parameters"
    DONATED = "is static and donated at once"


@dataclass(frozen=True, slots=True)
class DeclarationFault:
    """Something wrong with the declaration of a jit site.

    keyword: the option, as `static_argnames`. given: what it says, a name or a number. function: what jit wraps.
    parameters: the names that can be declared, by position first; for a number only those with a position.
    nearest: what may be meant, the parameter or for a wrong name its literal ("" if none is near).
    """

    kind: DeclarationFaultKind
    site: JitSite
    node: cst.CSTNode
    keyword: str
    given: str | int
    function: str
    parameters: tuple[str, ...]
    nearest: str = ""
    by_position_only: bool = False
    hidden: str = ""
    """What is not counted: the `self` of a bound method, arguments that a partial has bound."""
    certainty: Certainty = Certainty.DECLARATION

    @property
    def subject(self) -> str:
        """What the declaration says, a name or a number."""
        return str(self.given)

    @property
    def refuses_static(self) -> bool:
        """Whether the repair of the static declaration settles the flows of the site too."""
        return self.keyword.startswith("static")


def find(analysis: Analysis) -> Iterator[DeclarationFault]:
    """Yield what JAX would refuse in the declarations of the file's jit sites."""
    for site in analysis.sites:
        if site.library not in JIT or not is_certain(site.callee):
            continue
        parameters = signature(site.callee, analysis.models, strict=True)
        if parameters is None:
            continue
        yield from _wrong_names(site, parameters)
        yield from _wrong_numbers(site, parameters)
        yield from _donated(site, parameters)


def _wrong_names(site: JitSite, parameters: Sequence[Parameter]) -> Iterator[DeclarationFault]:
    kinds = {parameter.name: parameter.kind for parameter in parameters}
    named = tuple(name for name, kind in kinds.items() if kind in _BY_NAME)
    open_ended = ParameterKind.VAR_KEYWORD in kinds.values()
    for keyword, names in (
        ("static_argnames", site.declaration.names),
        ("donate_argnames", site.declaration.donated_names),
    ):
        for name in sorted(names.difference(named)):
            nameless = kinds.get(name) in (ParameterKind.POSITIONAL_ONLY, ParameterKind.VAR_POSITIONAL)
            if open_ended and not nameless:
                continue
            yield DeclarationFault(
                DeclarationFaultKind.NAME,
                site,
                option_node(site, keyword),
                keyword,
                name,
                name_of(site.callee),
                named,
                _nearest(name, named),
                by_position_only=nameless,
                hidden=_hidden(site.callee),
            )


def _nearest(name: str, named: Sequence[str]) -> str:
    """Return what may be meant: several names in one string, or the name that looks most like it."""
    words = [word for word in re.split(r"[,\s]+", name) if word]
    if len(words) > 1 and set(words) <= set(named):
        return ", ".join(map(repr, words))
    near = get_close_matches(name, named, 1) or [n for n in named if n.casefold() == name.casefold()]
    return repr(near[0]) if near else ""


def _wrong_numbers(site: JitSite, parameters: Sequence[Parameter]) -> Iterator[DeclarationFault]:
    if any(parameter.kind is ParameterKind.VAR_POSITIONAL for parameter in parameters):
        return
    positional = tuple(parameter.name for parameter in parameters if parameter.by_position)
    others = [parameter.name for parameter in parameters if parameter.kind is ParameterKind.KEYWORD_ONLY]
    for keyword, numbers in (
        ("static_argnums", site.declaration.numbers),
        ("donate_argnums", site.declaration.donated_numbers),
    ):
        for number in sorted(numbers):
            if not -len(positional) <= number < len(positional):
                beyond = number - len(positional)
                yield DeclarationFault(
                    DeclarationFaultKind.NUMBER,
                    site,
                    option_node(site, keyword),
                    keyword,
                    number,
                    name_of(site.callee),
                    positional,
                    others[beyond] if 0 <= beyond < len(others) else "",
                    hidden=_hidden(site.callee),
                )


def _donated(site: JitSite, parameters: Sequence[Parameter]) -> Iterator[DeclarationFault]:
    """JAX compares names: those given, or where only numbers are given, those that the signature has for them."""
    declaration = site.declaration
    static = _as_names(declaration, "static", declaration.names, declaration.numbers, parameters)
    donated = _as_names(declaration, "donate", declaration.donated_names, declaration.donated_numbers, parameters)
    for name in sorted(static & donated):
        keyword = "donate_argnames" if name in declaration.donated_names else "donate_argnums"
        named = tuple(parameter.name for parameter in parameters)
        yield DeclarationFault(
            DeclarationFaultKind.DONATED, site, option_node(site, keyword), keyword, name, name_of(site.callee), named
        )


def _as_names(
    declaration: Declaration, what: str, names: frozenset[str], numbers: frozenset[int], parameters: Sequence[Parameter]
) -> frozenset[str]:
    if f"{what}_argnames" in declaration.given:
        return names
    return frozenset(
        parameter.name
        for number, parameter in enumerate(parameters)
        if number in numbers and parameter.kind is ParameterKind.POSITIONAL_OR_KEYWORD
    )


def _hidden(callee: Value) -> str:
    form = callee.form
    if isinstance(form, Partial) and (form.positional or form.keywords):
        return "what functools.partial has bound"
    if isinstance(form, (Partial, Transformed)):
        return _hidden(form.callee)
    if isinstance(form, Instance) or isinstance(form, Function) and form.receiver is not None:
        return "the self of a bound method"
    return ""
