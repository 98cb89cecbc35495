"""Calls in other files of a project: which parameters of a function they pass, read from Python's own syntax trees."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jitlint.import_statements import absolute, read_ast_import
from jitlint.project import Project, project_files, project_of, text_of

MAX_HOPS = 4
"""Files that hand on a name between the one that binds it and the one that calls it."""
_CALLED = re.compile(r"\b(\w+)(?=[ \t]*[(,]|[ \t]+as\b)")
"""Names that are called, handed on to `partial`, or imported under another name."""
_WANTS_ERROR = re.compile(r"rais|suppress|xfail|disable_jit", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """A call that passes an argument: its file, its line from 1, and whether the argument is a number as written."""

    path: Path
    line: int
    is_number: bool


@dataclass(frozen=True, slots=True)
class _Call:
    """A call of something imported: its qualified name and line, and of each argument whether it is a number.

    positional: None stands for an argument that is None.
    """

    target: str
    line: int
    positional: tuple[bool | None, ...]
    keywords: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Outline:
    """What a file imports (local name -> qualified name, modules whose every name is imported), and calls of that."""

    imported: Mapping[str, str]
    starred: tuple[str, ...]
    calls: tuple[_Call, ...]


_NOTHING = _Outline({}, (), ())


def passages(
    project: Project, own: Path, function: str, positions: Sequence[str], keywords: Sequence[str]
) -> dict[str, Passage]:
    """Return the parameters that calls in other files pass, each with the first call that does.

    own: the file that binds the function to a name at its top level. positions: the parameters that may be passed by
    position, in order. keywords: those that may be passed by name. An argument that is None counts as not passed, and
    so does one of a call that expects an error.
    """
    found: dict[str, Passage] = {}
    for path in project_files(project) or ():
        if path == own or function not in _words_called(path, _stamp(path)):
            continue
        for call in _outline(path, _stamp(path)).calls:
            if call.target.rpartition(".")[2] == function and _leads_to(project, call.target, own, MAX_HOPS):
                for name, is_number in _passed(call, positions, keywords):
                    if name not in found or is_number and not found[name].is_number:
                        found[name] = Passage(path, call.line, is_number)
    return found


def _passed(call: _Call, positions: Sequence[str], keywords: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for name, is_number in zip(positions, call.positional, strict=False):
        if is_number is not None:
            yield name, is_number
    yield from ((name, is_number) for name, is_number in call.keywords if name in keywords)


def _leads_to(project: Project, qualified: str, own: Path, hops: int) -> bool:
    """Whether a qualified name means one that a file binds: in it, or handed on by other files."""
    parent, _, last = qualified.rpartition(".")
    path = project.find(parent) if parent else None
    if path is None or path.suffix != ".py" or not hops:
        return False
    if path == own:
        return True
    outline = _outline(path, _stamp(path))
    if last in outline.imported:
        return _leads_to(project, outline.imported[last], own, hops - 1)
    return any(_leads_to(project, f"{module}.{last}", own, hops - 1) for module in outline.starred)


def _stamp(path: Path) -> tuple[int, int]:
    """Return time and size of a file, so that a changed one is read again."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4096)
def _words_called(path: Path, stamp: tuple[int, int]) -> frozenset[str]:
    return frozenset(_CALLED.findall(text_of(path)))


@lru_cache(maxsize=1024)
def _outline(path: Path, stamp: tuple[int, int]) -> _Outline:
    place = project_of(str(path))
    try:
        tree = ast.parse(text_of(path))
    except (SyntaxError, ValueError, RecursionError):
        return _NOTHING
    if place is None:
        return _NOTHING
    package = place[1] if path.name == "__init__.py" else place[1].rpartition(".")[0]
    imported: dict[str, str] = {}
    starred: list[str] = []
    bound: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            statement = read_ast_import(node)
            imported.update((name, absolute(q, package)) for name, q in statement.bindings().items())
            if statement.star:
                starred.append(absolute(statement.module or "", package))
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            bound.add(node.name)
    # A name that the file also binds otherwise may mean something else where it is called.
    certain = {name: qualified for name, qualified in imported.items() if name not in bound}
    return _Outline(imported, tuple(starred), tuple(_calls(tree, certain)))


def _calls(tree: ast.AST, imported: Mapping[str, str], nones: frozenset[str] = frozenset()) -> Iterator[_Call]:
    """Yield the calls of what is imported, but for those that stand where an error may be expected.

    nones: names that may be None, as they are parameters of a function around with that default.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Try) or _expects_errors(node):
            continue
        if isinstance(node, ast.Call):
            call = _read_call(node, imported, nones)
            if call is not None:
                yield call
        yield from _calls(node, imported, nones | _optional_parameters(node))


def _expects_errors(node: ast.AST) -> bool:
    """Whether a block wants an error, or has jit turned off."""
    if isinstance(node, (ast.With, ast.AsyncWith)):
        around = [item.context_expr for item in node.items]
    else:
        around = getattr(node, "decorator_list", [])
    return any(_WANTS_ERROR.search(_dotted(expression) or "") for expression in around)


def _optional_parameters(node: ast.AST) -> frozenset[str]:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return frozenset()
    given = node.args
    positional = (*given.posonlyargs, *given.args)
    pairs = (
        *zip(reversed(positional), reversed(given.defaults), strict=False),
        *zip(given.kwonlyargs, given.kw_defaults, strict=True),
    )
    return frozenset(parameter.arg for parameter, default in pairs if default is not None and _is_none(default))


def _read_call(node: ast.Call, imported: Mapping[str, str], nones: frozenset[str]) -> _Call | None:
    arguments, callee = node.args, _dotted(node.func)
    if callee is not None and callee.rpartition(".")[2] == "partial" and arguments:
        arguments, callee = arguments[1:], _dotted(arguments[0])
    top, _, rest = (callee or "").partition(".")
    if top not in imported:
        return None
    plain = itertools.takewhile(lambda argument: not isinstance(argument, ast.Starred), arguments)
    positional = tuple(None if _is_none(argument, nones) else _is_number(argument) for argument in plain)
    keywords = tuple((k.arg, _is_number(k.value)) for k in node.keywords if k.arg and not _is_none(k.value, nones))
    return _Call(f"{imported[top]}.{rest}" if rest else imported[top], node.lineno, positional, keywords)


def _is_none(node: ast.expr, names: frozenset[str] = frozenset()) -> bool:
    return isinstance(node, ast.Constant) and node.value is None or isinstance(node, ast.Name) and node.id in names


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


def _dotted(node: ast.expr) -> str | None:
    """Return the dotted name of what is called, of a call its callee's; None for any other expression."""
    if isinstance(node, ast.Call):
        return _dotted(node.func)
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value)
        return None if owner is None else f"{owner}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else None
