"""Jit sites: what a place that applies jit declares static, and which parameters that leaves traced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.values import (
    Class,
    Constant,
    Declaration,
    Display,
    Function,
    Instance,
    Jitted,
    Library,
    Partial,
    Transformed,
    Value,
)
from jitlint.models import Model, Models

_UNRESOLVED = Declaration(resolved=False)


def read_declaration(
    keywords: Sequence[tuple[str, Value]], complete: bool, positions: str = "static_argnums"
) -> Declaration:
    """Read the static arguments that the keywords of a jit call declare.

    positions: the keyword for static arguments by position.
    complete: False if `**options` may hide further keywords; then nothing is resolved.
    """
    options = dict(keywords)
    if not complete:
        return _UNRESOLVED
    names = _constants(options.get("static_argnames"), str)
    numbers = _constants(options.get(positions), int)
    if names is None or numbers is None:
        return _UNRESOLVED
    return Declaration(
        _strings(names),
        _integers(numbers),
        True,
        _strings(_constants(options.get("donate_argnames"), str)),
        _integers(_constants(options.get("donate_argnums"), int)),
        frozenset(name for name, value in keywords if value.form != Constant(None)),
    )


def _strings(values: list[object] | None) -> frozenset[str]:
    return frozenset(value for value in values or () if isinstance(value, str))


def _integers(values: list[object] | None) -> frozenset[int]:
    return frozenset(value for value in values or () if isinstance(value, int))


def _constants(value: Value | None, kind: type) -> list[object] | None:
    """Return the literals of a declaration: one or a sequence of them; None if it can't be read."""
    if value is None or value.form == Constant(None):
        return []
    form = value.form
    if isinstance(form, Constant):
        return [form.value] if isinstance(form.value, kind) else None
    if isinstance(form, Display) and form.rest is None:
        found: list[object] = []
        for item in form.items:
            if not isinstance(item.form, Constant) or not isinstance(item.form.value, kind):
                return None
            found.append(item.form.value)
        return found
    return None


def signature(callee: Value, models: Models, strict: bool = False) -> tuple[Parameter, ...] | None:
    """Return the parameters that a caller of `callee` may fill; None if they are not in sight.

    strict: exactly what inspect.signature shows; what a partial has bound by keyword is among it.
    """
    form = callee.form
    if isinstance(form, Function):
        if form.wrapped is not None:
            shown = signature(form.wrapped, models, strict)
            if shown is not None:
                return shown
        parameters = form.definition.parameters
        if form.receiver is not None:
            return parameters[1:] if parameters and parameters[0].by_position else parameters
        return parameters
    if isinstance(form, Partial):
        return _partial_signature(form, models, strict)
    if isinstance(form, Transformed):
        return signature(form.callee, models, strict)
    if isinstance(form, Jitted):
        return signature(form.site.callee, models, strict)
    if isinstance(form, Library):
        model = models.find(form.name)
        return _model_signature(model) if isinstance(model, Model) else None
    if isinstance(form, Instance):
        method = find_method(form.cls, "__call__")
        if method is None or strict and (method.role or method.wrapped is not None or method.disguised):
            return None
        return method.definition.parameters[1:]
    return None


def _model_signature(model: Model) -> tuple[Parameter, ...]:
    """Return the parameters of a library function; a default is there, but its value is not known."""
    return tuple(
        Parameter(p.name, ParameterKind[p.kind.name], cst.Ellipsis() if p.has_default else None, None)
        for p in model.parameters
    )


def _partial_signature(form: Partial, models: Models, strict: bool) -> tuple[Parameter, ...] | None:
    inner = signature(form.callee, models, strict)
    if inner is None or strict and not _fits(form, inner):
        return None
    bound = {name for name, _ in form.keywords}
    left: list[Parameter] = []
    skip = len(form.positional)
    keyword_only = False
    for parameter in inner:
        if parameter.by_position and skip:
            skip -= 1
            continue
        if parameter.name in bound:
            keyword_only = True
            if not strict:
                continue
        if strict and keyword_only and parameter.kind is ParameterKind.VAR_POSITIONAL:
            continue
        if keyword_only and parameter.by_position:
            parameter = replace(parameter, kind=ParameterKind.KEYWORD_ONLY)
        left.append(parameter)
    return tuple(left)


def _fits(form: Partial, parameters: Sequence[Parameter]) -> bool:
    """Whether the function takes what a partial binds; inspect.signature refuses the others, and JAX checks nothing."""
    kinds = {parameter.kind for parameter in parameters}
    positional = [parameter for parameter in parameters if parameter.by_position]
    if len(form.positional) > len(positional) and ParameterKind.VAR_POSITIONAL not in kinds:
        return False
    taken = [*positional[len(form.positional) :], *(p for p in parameters if p.kind is ParameterKind.KEYWORD_ONLY)]
    named = {parameter.name for parameter in taken if parameter.kind is not ParameterKind.POSITIONAL_ONLY}
    names = {name for name, _ in form.keywords}
    return names <= named or ParameterKind.VAR_KEYWORD in kinds and not names & {p.name for p in positional} - named


def static_names(declaration: Declaration, parameters: Sequence[Parameter]) -> frozenset[str]:
    """Return the parameters that a declaration makes static, numbers resolved.

    With only one of the two keywords JAX infers the other from the signature; with both it does not, and
    which call is traced depends on how it passes the argument: such a parameter counts as static here, and
    `static_at` tells which are static at one call. A number from the end counts what a call passes by position: each
    parameter that it may mean counts as static.
    """
    positional = [p.name for p in parameters if p.by_position]
    star = next((p.name for p in parameters if p.kind is ParameterKind.VAR_POSITIONAL), None)
    names = set(declaration.names)
    required = sum(p.by_position and p.default is None for p in parameters)
    for number in declaration.numbers:
        passed = range(required, len(positional) + 1) if number < 0 else range(1)
        for index in (number + count for count in passed):
            if 0 <= index < len(positional):
                names.add(positional[index])
            elif index >= 0 and star is not None:
                names.add(star)
    if star is not None and min(declaration.numbers, default=0) < 0:
        names.add(star)
    return frozenset(names)


def static_at(declaration: Declaration, parameters: Sequence[Parameter], positional: int) -> frozenset[str]:
    """Return the parameters that are static at a call with so many arguments given by position."""
    names = declaration.names
    if not {"static_argnames", "static_argnums"} <= declaration.given:
        counted_from_start = frozenset(number for number in declaration.numbers if number >= 0)
        names = static_names(replace(declaration, numbers=counted_from_start), parameters)
        if counted_from_start == declaration.numbers:
            return names
    by_position = [p.name for p in parameters if p.by_position]
    star = [p.name for p in parameters if p.kind is ParameterKind.VAR_POSITIONAL]
    numbers = (number + positional if number < 0 else number for number in declaration.numbers)
    counted = {
        name for number in numbers if 0 <= number < positional for name in (by_position[number : number + 1] or star)
    }
    return frozenset(counted | (names - set(by_position[:positional])))


def find_method(cls: Class, name: str) -> Function | None:
    """Return the method of that name, of the class or its nearest base in the file."""
    for candidate in cls.lineage():
        value = candidate.namespace.bindings.get(name)
        if value is not None:
            return value.form if isinstance(value.form, Function) else None
    return None
