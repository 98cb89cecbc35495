"""Names that hold what another file of the project jits, read from Python's own syntax trees only.

A file that never says jit may call what another one has jitted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jitlint.call_graph import jitted_names
from jitlint.gate import may_apply_jit
from jitlint.import_statements import ImportStatement, absolute, read_ast_import
from jitlint.project import Project, project_of
from jitlint.settings import Settings

MAX_HOPS = 4
"""Files between an import and the one that jits."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class _Exports:
    """What a file offers: its jitted names, the jitted methods of its classes, and what it imports itself."""

    jitted: frozenset[str]
    methods: Mapping[str, frozenset[str]]
    imported: Mapping[str, str]
    starred: tuple[str, ...]


_NOTHING = _Exports(frozenset(), {}, {}, ())


def imported_jits(tree: ast.Module, filename: str, settings: Settings) -> frozenset[str]:
    """Return the words under which a file may call what other files of its project jit.

    tree: its syntax tree. filename: where it is; text that is no file has none.
    """
    place = project_of(filename, settings.follow)
    if place is None:
        return frozenset()
    project, module = place
    package = module if Path(filename).name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for statement in _statements(tree.body):
        if statement.star:
            source = absolute(statement.module or "", package)
            found |= _exports_of(project, source, settings).jitted
        for local, qualified in statement.bindings().items():
            found |= _words(project, absolute(qualified, package), local, settings, MAX_HOPS)
    return frozenset(found)


def _statements(body: list[ast.stmt]) -> Iterator[ImportStatement]:
    """Yield the import statements, those in functions and under tests too."""
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield read_ast_import(node)
            continue
        for field in ("body", "orelse", "handlers", "finalbody"):
            inner = getattr(node, field, None)
            if isinstance(inner, list):
                yield from _statements(inner)


def _words(project: Project, qualified: str, local: str, settings: Settings, hops: int) -> frozenset[str]:
    """Return the words that lead to something jitted, where a name stands for something in the project."""
    parent, _, last = qualified.rpartition(".")
    if not qualified or not hops:
        return frozenset()
    if parent:
        exports = _exports_of(project, parent, settings)
        if last in exports.jitted:
            return frozenset({local})
        if last in exports.methods:
            return exports.methods[last]
        if exports.imported.get(last, qualified) != qualified:
            return _words(project, exports.imported[last], local, settings, hops - 1)
        for starred in exports.starred:
            found = _words(project, f"{starred}.{last}", local, settings, hops - 1)
            if found:
                return found
    own = _exports_of(project, qualified, settings)
    return own.jitted.union(*own.methods.values())


def _exports_of(project: Project, module: str, settings: Settings) -> _Exports:
    path = project.find(module) if module else None
    if path is None or path.suffix != ".py":
        return _NOTHING
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    try:
        status = path.stat()
    except OSError:
        return _NOTHING
    return _read(path, package, settings, (status.st_mtime_ns, status.st_size))


@lru_cache(maxsize=2048)
def _read(path: Path, package: str, settings: Settings, stamp: tuple[int, int]) -> _Exports:
    """Read what a file offers. stamp: its time and size, so that a changed file is read again."""
    try:
        text = path.read_text(encoding="utf-8")
        applies = may_apply_jit(text, settings)
        if not applies and path.name != "__init__.py":
            return _NOTHING
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError, RecursionError):
        # The file has a linter run of its own, which says what is wrong with it.
        return _NOTHING
    jitted = jitted_names(tree, settings) if applies else frozenset[str]()
    statements = [read_ast_import(n) for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom))]
    imported = {name: absolute(q, package) for s in statements for name, q in s.bindings().items()}
    starred = tuple(absolute(s.module or "", package) for s in statements if s.star)
    top = {name for node in tree.body for name in _bound(node)}
    methods = {node.name: jitted & set(_bound_in(node)) for node in tree.body if isinstance(node, ast.ClassDef)}
    return _Exports(jitted & top, {name: words for name, words in methods.items() if words}, imported, starred)


def _bound(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a top-level statement binds."""
    if isinstance(node, _DEFINITIONS):
        yield node.name
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id
        elif isinstance(inner, _DEFINITIONS):
            yield inner.name


def _bound_in(cls: ast.ClassDef) -> Iterator[str]:
    """Yield the methods of a class, and the attributes that they set."""
    for node in ast.walk(cls):
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
