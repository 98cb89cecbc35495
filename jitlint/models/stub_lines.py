"""The text of a stub: which definitions it has, and what one of them says."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import dedent

from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns, StubError
from jitlint.models.versions import Dated, Version, dated

# A definition begins in the first column and goes on over indented lines, closing brackets and blank lines.
_DEFINITION = re.compile(r"^(?:def +(\w+)|class +(\w+)|(\w+)) *[(:=].*(?:\n(?:[ \t)].*)?)*", re.MULTILINE)
_NEEDS = {need.value: need for need in Need}
_RETURNS = {kind.value: kind for kind in ReturnKind}


@dataclass(frozen=True, slots=True)
class Definition:
    """A piece of a stub's text that defines one name. `line` counts from 1 in the file."""

    name: str
    line: int
    text: str
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """A line such as `concat = concatenate` or `relu = jax.nn.relu`: `target` is what it says."""

    target: str
    dates: Dated


@dataclass(frozen=True, slots=True)
class Line:
    """What a definition says, and the versions that have it."""

    model: Model | Attribute
    dates: Dated


def definitions(text: str, first_line: int = 1) -> dict[str, list[Definition]]:
    """Return the definitions of a stub by name; several of a name are for different versions."""
    found: dict[str, list[Definition]] = {}
    number, counted = first_line, 0
    for match in _DEFINITION.finditer(text):
        number += text.count("\n", counted, match.start())
        counted = match.start()
        name = match[1] or match[2] or match[3]
        found.setdefault(name, []).append(Definition(name, number, match[0], match[2] is not None))
    return found


def class_body(definition: Definition) -> tuple[str, int]:
    """Return the body of a class as the text of a stub, and its first line."""
    _, _, body = definition.text.partition("\n")
    return dedent(body), definition.line + 1


def bases(definition: Definition) -> list[str]:
    """Return the base classes of a class, as the stub writes them."""
    header = definition.text.partition(":")[0]
    names = header.partition("(")[2].rpartition(")")[0].split(",")
    return [name.strip() for name in names if name.strip()]


def read(definition: Definition, qualified: str, version: Version | None) -> Line | Alias:
    """Read a definition as a version of the library has it, None for the newest.

    Raises StubError or SyntaxError where it is none of the vocabulary.
    """
    body = ast.parse(definition.text).body
    if len(body) != 1:
        raise StubError(f"one statement expected: {definition.text.rstrip()}")
    statement = body[0]
    if isinstance(statement, ast.FunctionDef):
        dates = dated(statement.returns, version)
        parameters = tuple(_parameters(statement.args, version))
        returns = Returns(ReturnKind.UNKNOWN) if statement.name == "__init__" else _returns(dates.annotation)
        return Line(Model(qualified, parameters, returns), dates)
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        dates = dated(statement.annotation, version)
        return Line(Attribute(qualified, _returns(dates.annotation)), dates)
    if isinstance(statement, ast.AnnAssign) and _is_name(statement.value):
        return Alias(ast.unparse(statement.value or statement.target), dated(statement.annotation, version))
    if isinstance(statement, ast.Assign) and _is_name(statement.value):
        return Alias(ast.unparse(statement.value), Dated(None))
    if isinstance(statement, ast.ClassDef):
        return Line(Attribute(qualified, Returns(ReturnKind.UNKNOWN)), Dated(None))
    raise StubError(f"neither a function, an attribute, a class nor an alias: {definition.text.rstrip()}")


def _is_name(node: ast.expr | None) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _parameters(arguments: ast.arguments, version: Version | None) -> list[ModelParameter]:
    kinds = ParameterKind
    positional = [(arg, kinds.POSITIONAL_ONLY) for arg in arguments.posonlyargs]
    positional += [(arg, kinds.POSITIONAL_OR_KEYWORD) for arg in arguments.args]
    first_default = len(positional) - len(arguments.defaults)
    given = [(arg, kind, i >= first_default) for i, (arg, kind) in enumerate(positional)]
    if arguments.vararg is not None:
        given.append((arguments.vararg, kinds.VAR_POSITIONAL, False))
    defaults = zip(arguments.kwonlyargs, arguments.kw_defaults)
    given += [(arg, kinds.KEYWORD_ONLY, default is not None) for arg, default in defaults]
    if arguments.kwarg is not None:
        given.append((arguments.kwarg, kinds.VAR_KEYWORD, False))
    result: list[ModelParameter] = []
    for arg, kind, has_default in given:
        dates = dated(arg.annotation, version)
        if dates.holds(version):
            result.append(_parameter(arg.arg, dates.annotation, kind, has_default))
    return result


def _parameter(name: str, need: ast.expr | None, kind: ParameterKind, has_default: bool) -> ModelParameter:
    unless: tuple[str, ...] = ()
    if isinstance(need, ast.Subscript) and _word(need.value) == "Unless":
        parts = _parts(need)
        names = [_text(part) for part in parts[1:]]
        if not names:
            raise StubError(f"Unless needs a need and parameter names: {ast.unparse(need)}")
        need, unless = parts[0], tuple(names)
    feeds: tuple[str, ...] = ()
    if isinstance(need, ast.Subscript) and _word(need.value) in ("Body", "Bodies"):
        feeds = tuple(map(_text, _parts(need)))
        need = need.value
    word = _word(need) if need is not None or name not in ("self", "cls") else "Any"
    if word not in _NEEDS:
        raise StubError(f"parameter {name!r}: unknown need {word!r}")
    return ModelParameter(name, kind, _NEEDS[word], unless, has_default, feeds)


def _returns(annotation: ast.expr | None) -> Returns:
    if isinstance(annotation, ast.Subscript):
        word = _word(annotation.value)
        parts = _parts(annotation)
        if word == "Transform":
            return Returns(ReturnKind.TRANSFORM, transform=_text(parts[0]))
        if word == "Object":
            return Returns(ReturnKind.OBJECT, cls=_text(parts[0]))
        if word == "Tree":
            return Returns(ReturnKind.TREE, like=_text(parts[0]))
        if word == "Pytree":
            return Returns(ReturnKind.PYTREE, mark=_text(parts[0]))
        if word == "list" and len(parts) == 1:
            return Returns(ReturnKind.LIST, (_returns(parts[0]),), variadic=True)
        if word == "tuple" and len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
            return Returns(ReturnKind.TUPLE, (_returns(parts[0]),), variadic=True)
        if word == "tuple":
            return Returns(ReturnKind.TUPLE, tuple(map(_returns, parts)))
        raise StubError(f"unknown return: {ast.unparse(annotation)}")
    word = _word(annotation)
    if word not in _RETURNS or word in ("tuple", "list", "Transform", "Object", "Pytree"):
        raise StubError(f"unknown return {word!r}")
    return Returns(_RETURNS[word])


def _parts(node: ast.Subscript) -> Sequence[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _word(node: ast.expr | None) -> str:
    return node.id if isinstance(node, ast.Name) else ast.unparse(node) if node is not None else ""


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise StubError(f"a string expected: {ast.unparse(node)}")
