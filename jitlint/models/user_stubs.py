"""The user's stubs: read whole before the first file, so that a mistake in them is one clear message."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jitlint.models.loader import SUFFIX, Models, read_text
from jitlint.models.model import Model, ReturnKind, StubError

_ALLOWED = (ast.FunctionDef, ast.ClassDef, ast.AnnAssign, ast.Assign, ast.Import, ast.ImportFrom, ast.Pass)


def read_stubs(roots: tuple[Path, ...], models: Models) -> tuple[str, ...]:
    """Read every line of the user's stub files and folders; return the names of the functions that apply jit.

    Raises StubError, with file and line, at the first thing that can't be read.
    """
    return tuple(name for root in roots for file, module in _files(root) for name in _read_file(file, module, models))


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the stub files of a root and the modules that they are of."""
    if root.suffix == SUFFIX:
        if not root.is_file():
            raise StubError(f"{root}: no such file")
        yield root, root.stem
        return
    if not root.is_dir():
        raise StubError(f"{root}: no such file or folder")
    files = sorted(root.rglob(f"*{SUFFIX}"))
    if not files:
        raise StubError(f"{root}: no stub files (*{SUFFIX}) in this folder")
    for file in files:
        parts = file.relative_to(root).with_suffix("").parts
        yield file, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read_file(file: Path, module: str, models: Models) -> Iterator[str]:
    try:
        tree = ast.parse(read_text(file))
    except SyntaxError as error:
        raise StubError(f"{file}:{error.lineno}: {error.msg}") from error
    except ValueError as error:
        raise StubError(f"{file}: {error}") from error
    _check_statements(file, tree.body)
    try:
        yield from _read_definitions(module, models)
    except RecursionError as error:
        raise StubError(f"{file}: a name or a base class stands for itself, directly or through others") from error


def _check_statements(file: Path, body: list[ast.stmt]) -> None:
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a docstring or three dots
        if not isinstance(statement, _ALLOWED):
            raise StubError(f"{file}:{statement.lineno}: neither a function, an attribute, a class nor an alias")
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and statement.decorator_list:
            raise StubError(f"{file}:{statement.lineno}: {statement.name!r} has a decorator; a stub has plain lines")
        if isinstance(statement, ast.ClassDef):
            _check_statements(file, statement.body)


def _read_definitions(module: str, models: Models) -> Iterator[str]:
    for name in models.lines(module):
        qualified = f"{module}.{name}"
        model = models.find(qualified)
        if isinstance(model, Model):
            if model.returns.kind is ReturnKind.TRANSFORM and model.returns.transform == "jit":
                yield qualified
            if model.returns.kind is ReturnKind.OBJECT and model.returns.cls == qualified:
                yield from _read_definitions(qualified, models)
