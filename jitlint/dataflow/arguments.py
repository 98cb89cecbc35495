"""Arguments of a call, and how they meet the parameters of a function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jitlint.dataflow.lattice import display, join_all
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.sequences import item_at, split
from jitlint.dataflow.values import UNKNOWN, Constant, Display, Mapping, Value
from jitlint.models.model import ModelParameter
from jitlint.models.model import ParameterKind as ModelKind


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a call, as far as they are in sight.

    star: what `*args` of unknown length may add after the positional ones. last: what follows that by position.
    double_star: what `**kwargs` with unknown keys may add.
    """

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    star: Value | None = None
    double_star: Value | None = None
    last: tuple[Value, ...] = ()

    @property
    def spread(self) -> Value | None:
        """What is passed by position at places that are not known, all in one."""
        return None if self.star is None else join_all((self.star, *self.last))

    def all_values(self) -> list[Value]:
        """Return every argument, by position first."""
        rest = [value for value in (self.star, self.double_star) if value is not None]
        return [*self.positional, *self.last, *(value for _, value in self.keywords), *rest]

    def keyword(self, name: str) -> Value | None:
        """Return a keyword argument, None if it is not given."""
        return next((value for key, value in self.keywords if key == name), None)

    def given(self, position: int, name: str) -> Value | None:
        """Return an argument that may be given by position or by keyword."""
        if position < len(self.positional):
            return self.positional[position]
        return self.keyword(name)

    def after(self, positional: Sequence[Value], keywords: Sequence[tuple[str, Value]] = ()) -> Arguments:
        """Return these arguments with others bound before, as functools.partial does."""
        merged = {**dict(keywords), **dict(self.keywords)}
        return replace(self, positional=(*positional, *self.positional), keywords=tuple(merged.items()))


def bind(parameters: Sequence[Parameter], arguments: Arguments) -> dict[str, Value] | None:
    """Give each parameter its argument; parameters that get none are left out. None if the call does not fit."""
    bound: dict[str, Value] = {}
    remaining = list(arguments.positional)
    star, last = arguments.star, arguments.last
    wanted = _exactly_wanted(parameters, arguments)
    if star is not None and wanted is not None:
        remaining, star, last = split(Display("tuple", tuple(remaining), star, last=last), wanted, None), None, ()
    for parameter in parameters:
        if parameter.by_position:
            if remaining:
                bound[parameter.name] = remaining.pop(0)
            elif star is not None:
                bound[parameter.name] = item_at(Display("tuple", (), star, last=last), 0)
        elif parameter.kind is ParameterKind.VAR_POSITIONAL:
            bound[parameter.name] = display("tuple", remaining, star, last=last)
            remaining = []
    if remaining:
        return None
    accepted = {
        p.name for p in parameters if p.kind in (ParameterKind.POSITIONAL_OR_KEYWORD, ParameterKind.KEYWORD_ONLY)
    }
    extra: list[tuple[object, Value]] = []
    for name, value in arguments.keywords:
        if name not in accepted:
            extra.append((name, value))
        elif name in bound and star is None:
            return None
        else:
            bound[name] = value
    collector = next((p for p in parameters if p.kind is ParameterKind.VAR_KEYWORD), None)
    if collector is not None:
        bound[collector.name] = Value(form=Mapping(tuple(extra), arguments.double_star, certain=True))
    elif extra:
        return None
    if arguments.double_star is not None:
        for name in accepted:
            bound.setdefault(name, arguments.double_star)
    return bound


def _exactly_wanted(parameters: Sequence[Parameter], arguments: Arguments) -> int | None:
    """Return how many arguments a call must give by position, None if it may be more or fewer."""
    named = {name for name, _ in arguments.keywords}
    wanted = [p for p in parameters if p.by_position and p.name not in named]
    if arguments.double_star is not None or any(p.kind is ParameterKind.VAR_POSITIONAL for p in parameters):
        return None
    return len(wanted) if all(p.default is None for p in wanted) else None


def bind_model(parameters: Sequence[ModelParameter], arguments: Arguments) -> list[tuple[ModelParameter, Value]] | None:
    """Pair the parameters of a library function with the arguments in sight. None if the call does not fit."""
    pairs: list[tuple[ModelParameter, Value]] = []
    remaining = list(arguments.positional)
    for parameter in parameters:
        if parameter.kind in (ModelKind.POSITIONAL_ONLY, ModelKind.POSITIONAL_OR_KEYWORD):
            if remaining:
                pairs.append((parameter, remaining.pop(0)))
        elif parameter.kind is ModelKind.VAR_POSITIONAL:
            pairs.extend((parameter, value) for value in remaining)
            if arguments.star is not None:
                pairs.extend((parameter, value) for value in (arguments.star, *arguments.last))
            remaining = []
    if remaining:
        return None
    by_name = {p.name: p for p in parameters if p.kind in (ModelKind.POSITIONAL_OR_KEYWORD, ModelKind.KEYWORD_ONLY)}
    collector = next((p for p in parameters if p.kind is ModelKind.VAR_KEYWORD), None)
    for name, value in arguments.keywords:
        target = by_name.get(name, collector)
        if target is None:
            return None
        pairs.append((target, value))
    return pairs


def is_given(pairs: Sequence[tuple[ModelParameter, Value]], names: Sequence[str]) -> bool:
    """Whether one of the named parameters has an argument that is not None."""
    return any(parameter.name in names and value.form != Constant(None) for parameter, value in pairs)


def unknown_arguments(parameters: Sequence[Parameter]) -> Arguments:
    """Return arguments of which nothing is known, for a function that somebody else calls."""
    return uniform_arguments(parameters, UNKNOWN)


def uniform_arguments(parameters: Sequence[Parameter], value: Value) -> Arguments:
    """Return arguments that give every required parameter the same value."""
    positional = tuple(value for p in parameters if p.by_position and p.default is None)
    keywords = tuple((p.name, value) for p in parameters if p.kind is ParameterKind.KEYWORD_ONLY and p.default is None)
    star = value if any(p.kind is ParameterKind.VAR_POSITIONAL for p in parameters) else None
    double_star = value if any(p.kind is ParameterKind.VAR_KEYWORD for p in parameters) else None
    return Arguments(positional, keywords, star, double_star)
