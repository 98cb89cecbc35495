"""A stub line as parts that can be changed, and as text again."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from jitlint.models.model import ModelParameter, ParameterKind, ReturnKind, Returns


@dataclass(frozen=True)
class StubParameter:
    """One parameter of a line; `need` and `default` as the stub writes them, no default is empty."""

    name: str
    kind: ParameterKind
    need: str
    default: str = ""

    @property
    def text(self) -> str:
        """The parameter as the stub has it, but for the stars that say its kind."""
        need = f": {self.need}" if self.need else ""
        default = f" = {self.default}" if self.need else f"={self.default}"
        return f"{self.name}{need}{default if self.default else ''}"


@dataclass(frozen=True)
class StubLine:
    """A line `def name(parameters) -> returns: ...`."""

    name: str
    parameters: tuple[StubParameter, ...]
    returns: str

    @property
    def text(self) -> str:
        """The line as it stands in a stub file."""
        parts: list[str] = []
        kinds = [parameter.kind for parameter in self.parameters]
        for i, parameter in enumerate(self.parameters):
            if parameter.kind is ParameterKind.VAR_POSITIONAL:
                parts.append(f"*{parameter.text}")
            elif parameter.kind is ParameterKind.VAR_KEYWORD:
                parts.append(f"**{parameter.text}")
            else:
                first_keyword = parameter.kind is ParameterKind.KEYWORD_ONLY and parameter.kind not in kinds[:i]
                if first_keyword and ParameterKind.VAR_POSITIONAL not in kinds:
                    parts.append("*")
                parts.append(parameter.text)
            if parameter.kind is ParameterKind.POSITIONAL_ONLY and parameter.kind not in kinds[i + 1 :]:
                parts.append("/")
        return f"def {self.name}({', '.join(parts)}) -> {self.returns}: ..."


def parse(text: str) -> StubLine | None:
    """Read a line; None where it is no function: an attribute, an alias, a class."""
    statement = ast.parse(text).body[0]
    if not isinstance(statement, ast.FunctionDef):
        return None

    def segment(node: ast.expr | None) -> str:
        return "" if node is None else ast.get_source_segment(text, node) or ""

    def parameter(arg: ast.arg, kind: ParameterKind, default: ast.expr | None = None) -> StubParameter:
        return StubParameter(arg.arg, kind, segment(arg.annotation), segment(default))

    given, kinds = statement.args, ParameterKind
    positional = [(arg, kinds.POSITIONAL_ONLY) for arg in given.posonlyargs]
    positional += [(arg, kinds.POSITIONAL_OR_KEYWORD) for arg in given.args]
    defaults = [None] * (len(positional) - len(given.defaults)) + list(given.defaults)
    found = [parameter(arg, kind, default) for (arg, kind), default in zip(positional, defaults, strict=True)]
    if given.vararg is not None:
        found.append(parameter(given.vararg, kinds.VAR_POSITIONAL))
    for arg, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        found.append(parameter(arg, kinds.KEYWORD_ONLY, default))
    if given.kwarg is not None:
        found.append(parameter(given.kwarg, kinds.VAR_KEYWORD))
    return StubLine(statement.name, tuple(found), segment(statement.returns))


def dated(word: str, release: str, annotation: str) -> str:
    """An annotation with a word about versions around it: `Since["0.5.0", Array]`."""
    return f'{word}["{release}", {annotation}]' if annotation else f'{word}["{release}"]'


def with_end(text: str, release: str) -> str | None:
    """A line whose name is gone since a release; None for a class, which has no place to say it."""
    line = parse(text)
    if line is not None:
        return replace(line, returns=dated("Until", release, line.returns)).text
    statement = ast.parse(text).body[0]
    if isinstance(statement, ast.AnnAssign):
        annotation = ast.get_source_segment(text, statement.annotation) or ""
        target = f" = {ast.unparse(statement.value)}" if statement.value else ""
        return f"{ast.unparse(statement.target)}: {dated('Until', release, annotation)}{target}"
    if isinstance(statement, ast.Assign):
        return f"{ast.unparse(statement.targets[0])}: {dated('Until', release, '')} = {ast.unparse(statement.value)}"
    return None


def need_text(parameter: ModelParameter) -> str:
    """A need as a stub writes it."""
    need = parameter.need.value
    if parameter.feeds:
        need = f"{need}[{_quoted(parameter.feeds)}]"
    return f"Unless[{need}, {_quoted(parameter.unless)}]" if parameter.unless else need


def returns_text(returns: Returns) -> str:
    """A return annotation as a stub writes it."""
    inside = returns.transform or returns.cls or returns.like
    items = [f'"{inside}"'] if inside else [returns_text(item) for item in returns.items]
    if returns.kind is ReturnKind.TUPLE and returns.variadic:
        items.append("...")
    return f"{returns.kind.value}[{', '.join(items)}]" if items else returns.kind.value


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
