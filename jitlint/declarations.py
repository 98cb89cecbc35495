"""Declarations that JAX refuses: names and numbers that are no parameter, arguments both static and donated."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import libcst as cst

from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import (
    Function,
    Instance,
    JitSite,
    Jitted,
    Library,
    Parameter,
    ParameterKind,
    Partial,
    Transformed,
    Value,
)
from jitlint.jit_sites import signature


class FaultKind(enum.Enum):
    """What is wrong with a declaration."""

    NAME = "names no parameter"
    NUMBER = "counts past the parameters"
    DONATED = "is static and donated at once"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the declaration of a jit site.

    keyword: the option, as `static_argnames`. given: what it says, a name or a number. function: what jit wraps.
    parameters: the names that can be declared, by position first; for a number only those with a position.
    nearest: the parameter that may be meant ("" if none is near).
    """

    kind: FaultKind
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


def find_faults(analysis: Analysis) -> Iterator[Fault]:
    """Yield what JAX would refuse in the declarations of the file's jit sites."""
    for site in analysis.sites:
        parameters = signature(site.callee, analysis.models)
        if parameters is None or not _is_certain(site.callee):
            continue
        yield from _wrong_names(site, parameters)
        yield from _wrong_numbers(site, parameters)
        yield from _donated(site, parameters)


def _is_certain(callee: Value) -> bool:
    """Whether the signature is surely that which JAX sees."""
    form = callee.form
    if isinstance(form, (Partial, Transformed)):
        return _is_certain(form.callee)
    if isinstance(form, Jitted):
        return _is_certain(form.site.callee)
    if isinstance(form, Library):
        # Which release is installed, and with which parameters, is not known.
        return False
    return not isinstance(form, Function) or not form.disguised and (form.wrapped is None or _is_certain(form.wrapped))


def _wrong_names(site: JitSite, parameters: Sequence[Parameter]) -> Iterator[Fault]:
    if any(parameter.kind is ParameterKind.VAR_KEYWORD for parameter in parameters):
        return
    kinds = {parameter.name: parameter.kind for parameter in parameters}
    named = tuple(
        name
        for name, kind in kinds.items()
        if kind in (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
    )
    accepted = {*named, *_bound_by_keyword(site.callee)}
    for keyword, names in (
        ("static_argnames", site.declaration.names),
        ("donate_argnames", site.declaration.donated_names),
    ):
        for name in sorted(names - accepted):
            near = get_close_matches(name, named, 1) or [n for n in named if n.casefold() == name.casefold()]
            yield Fault(
                FaultKind.NAME,
                site,
                _option_node(site, keyword),
                keyword,
                name,
                _name_of(site.callee),
                named,
                near[0] if near else "",
                by_position_only=name in kinds,
                hidden=_hidden(site.callee),
            )


def _wrong_numbers(site: JitSite, parameters: Sequence[Parameter]) -> Iterator[Fault]:
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
                yield Fault(
                    FaultKind.NUMBER,
                    site,
                    _option_node(site, keyword),
                    keyword,
                    number,
                    _name_of(site.callee),
                    positional,
                    others[beyond] if 0 <= beyond < len(others) else "",
                    hidden=_hidden(site.callee),
                )


def _donated(site: JitSite, parameters: Sequence[Parameter]) -> Iterator[Fault]:
    declaration = site.declaration
    positional = [parameter.name for parameter in parameters if parameter.by_position]
    # JAX compares the numbers as they are: -1 and 1 do not meet.
    static = declaration.names | _named(declaration.numbers, positional)
    donated = declaration.donated_names | _named(declaration.donated_numbers, positional)
    for name in sorted(static & donated):
        keyword = "donate_argnames" if name in declaration.donated_names else "donate_argnums"
        named = tuple(parameter.name for parameter in parameters)
        yield Fault(FaultKind.DONATED, site, _option_node(site, keyword), keyword, name, _name_of(site.callee), named)


def _named(numbers: frozenset[int], positional: Sequence[str]) -> frozenset[str]:
    return frozenset(positional[number] for number in numbers if 0 <= number < len(positional))


def _bound_by_keyword(callee: Value) -> frozenset[str]:
    """Return the parameters that partials have bound by keyword: they can still be named."""
    form = callee.form
    if isinstance(form, Partial):
        return _bound_by_keyword(form.callee) | {name for name, _ in form.keywords}
    if isinstance(form, Transformed):
        return _bound_by_keyword(form.callee)
    return _bound_by_keyword(form.site.callee) if isinstance(form, Jitted) else frozenset()


def _hidden(callee: Value) -> str:
    form = callee.form
    if isinstance(form, Partial) and (form.positional or form.keywords):
        return "what functools.partial has bound"
    if isinstance(form, (Partial, Transformed)):
        return _hidden(form.callee)
    if isinstance(form, Instance) or isinstance(form, Function) and form.receiver is not None:
        return "the self of a bound method"
    return ""


def _name_of(callee: Value) -> str:
    form = callee.form
    if isinstance(form, Function):
        return "the lambda" if form.definition.name == "<lambda>" else form.definition.name
    if isinstance(form, (Partial, Transformed)):
        return _name_of(form.callee)
    if isinstance(form, Jitted):
        return _name_of(form.site.callee)
    return form.cls.name if isinstance(form, Instance) else "the function"


def _option_node(site: JitSite, keyword: str) -> cst.CSTNode:
    """Return the option in the source, the jit site where it is written elsewhere."""
    node = site.node.decorator if isinstance(site.node, cst.Decorator) else site.node
    if isinstance(node, cst.Call):
        for argument in node.args:
            if argument.keyword is not None and argument.keyword.value == keyword:
                return argument
        if isinstance(node.func, cst.Call):
            for argument in node.func.args:
                if argument.keyword is not None and argument.keyword.value == keyword:
                    return argument
    return site.node
