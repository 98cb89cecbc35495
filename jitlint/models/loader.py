"""Reads the stub files beside this module.

A stub file is indexed once, by a regular expression. A line is parsed when its name is asked for, so a file
with hundreds of functions costs nothing but its reading.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns

STUBS = Path(__file__).parent
_LINE = re.compile(r"^(?:def +(\w+) *\(|(\w+) *[:=]).*$", re.MULTILINE)
_NEEDS = {need.value: need for need in Need}
_RETURNS = {kind.value: kind for kind in ReturnKind}


class StubError(Exception):
    """A stub line that cannot be read; the message begins with its file and line."""


@cache
def find_model(qualified: str) -> Model | Attribute | None:
    """The model of a qualified name, as `jax.numpy.zeros`, `jax.Array.reshape`; None when there is none."""
    module, _, name = qualified.rpartition(".")
    lines = _index(module)
    if lines is None or name not in lines:
        return None
    number, line = lines[name]
    try:
        return _read_line(line, module, name)
    except (StubError, SyntaxError) as error:
        raise StubError(f"{_stub_path(module)}:{number}: {error}") from error


@cache
def has_module(qualified: str) -> bool:
    """Whether the name is a modelled module or class: a stub file, or a folder of them."""
    path = _stub_path(qualified)
    return path is not None and (path.is_file() or path.with_suffix("").is_dir())


@cache
def module_names(qualified: str) -> frozenset[str]:
    """The public names of a module: those of its stub file, and the stub files in its folder."""
    names = set(_index(qualified) or ())
    path = _stub_path(qualified)
    if path is not None and path.with_suffix("").is_dir():
        names.update(child.stem for child in path.with_suffix("").iterdir() if has_module(f"{qualified}.{child.stem}"))
    return frozenset(name for name in names if not name.startswith("_"))


def _stub_path(module: str) -> Path | None:
    parts = module.split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    return STUBS.joinpath(*parts[:-1], f"{parts[-1]}.pyi")


@cache
def _index(module: str) -> dict[str, tuple[int, str]] | None:
    """Name -> (line number, line) of a stub file; None when there is no such file."""
    path = _stub_path(module)
    if path is None or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    lines: dict[str, tuple[int, str]] = {}
    number, counted = 1, 0
    for match in _LINE.finditer(text):
        number += text.count("\n", counted, match.start())
        counted = match.start()
        name = match[1] or match[2]
        if name in lines:
            raise StubError(f"{path}:{number}: {name!r} is already on line {lines[name][0]}")
        lines[name] = (number, match[0])
    return lines


def _read_line(line: str, module: str, name: str) -> Model | Attribute:
    qualified = f"{module}.{name}"
    body = ast.parse(line).body
    if len(body) != 1:
        raise StubError(f"one statement expected: {line}")
    statement = body[0]
    if isinstance(statement, ast.FunctionDef):
        return Model(qualified, tuple(_read_parameters(statement.args)), _read_returns(statement.returns))
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return Attribute(qualified, _read_returns(statement.annotation))
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
        target = find_model(f"{module}.{statement.value.id}")
        if target is None:
            raise StubError(f"{statement.value.id!r} is not in this file")
        return replace(target, name=qualified)
    raise StubError(f"neither a function, an attribute nor an alias: {line}")


def _read_parameters(arguments: ast.arguments) -> list[ModelParameter]:
    positional = [(arg, ParameterKind.POSITIONAL_ONLY) for arg in arguments.posonlyargs]
    positional += [(arg, ParameterKind.POSITIONAL_OR_KEYWORD) for arg in arguments.args]
    first_default = len(positional) - len(arguments.defaults)
    result = [_read_parameter(arg, kind, i >= first_default) for i, (arg, kind) in enumerate(positional)]
    if arguments.vararg is not None:
        result.append(_read_parameter(arguments.vararg, ParameterKind.VAR_POSITIONAL, False))
    for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        result.append(_read_parameter(arg, ParameterKind.KEYWORD_ONLY, default is not None))
    if arguments.kwarg is not None:
        result.append(_read_parameter(arguments.kwarg, ParameterKind.VAR_KEYWORD, False))
    return result


def _read_parameter(arg: ast.arg, kind: ParameterKind, has_default: bool) -> ModelParameter:
    need = arg.annotation
    unless: tuple[str, ...] = ()
    if isinstance(need, ast.Subscript) and _word(need.value) == "Unless":
        parts = need.slice.elts if isinstance(need.slice, ast.Tuple) else []
        names = [_text(part) for part in parts[1:]]
        if not names:
            raise StubError(f"Unless needs a need and parameter names: {ast.unparse(need)}")
        need, unless = parts[0], tuple(names)
    feeds: tuple[str, ...] = ()
    if isinstance(need, ast.Subscript) and _word(need.value) in ("Body", "Bodies"):
        feeds = tuple(_text(part) for part in (need.slice.elts if isinstance(need.slice, ast.Tuple) else [need.slice]))
        need = need.value
    word = _word(need)
    if word not in _NEEDS:
        raise StubError(f"parameter {arg.arg!r}: unknown need {word!r}")
    return ModelParameter(arg.arg, kind, _NEEDS[word], unless, has_default, feeds)


def _read_returns(annotation: ast.expr | None) -> Returns:
    if isinstance(annotation, ast.Subscript):
        word = _word(annotation.value)
        parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        if word == "Transform":
            return Returns(ReturnKind.TRANSFORM, transform=_text(parts[0]))
        if word == "list" and len(parts) == 1:
            return Returns(ReturnKind.LIST, (_read_returns(parts[0]),), variadic=True)
        if word == "tuple" and len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
            return Returns(ReturnKind.TUPLE, (_read_returns(parts[0]),), variadic=True)
        if word == "tuple":
            return Returns(ReturnKind.TUPLE, tuple(map(_read_returns, parts)))
        raise StubError(f"unknown return: {ast.unparse(annotation)}")
    word = _word(annotation)
    if word not in _RETURNS or word in ("tuple", "list", "Transform"):
        raise StubError(f"unknown return {word!r}")
    return Returns(_RETURNS[word])


def _word(node: ast.expr | None) -> str:
    return node.id if isinstance(node, ast.Name) else ast.unparse(node) if node is not None else ""


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise StubError(f"a string expected: {ast.unparse(node)}")
