"""Other files of the project: read, parsed and run as far as an import leads into them, once per process."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import libcst as cst

from jitlint.call_graph import definition_lines, global_names, jit_reach
from jitlint.calls_elsewhere import Passage, passages
from jitlint.dataflow.annotated_classes import annotated_value
from jitlint.dataflow.derivations import imported_bases
from jitlint.dataflow.frames import File, Frame
from jitlint.dataflow.import_bindings import bind_import
from jitlint.dataflow.interpreter import visit_pending
from jitlint.dataflow.state import Analysis, Scope
from jitlint.dataflow.statements import execute
from jitlint.dataflow.summaries import run
from jitlint.dataflow.values import UNKNOWN, Constant, Display, Imported, Library, Module, Value
from jitlint.gate import may_apply_jit
from jitlint.import_statements import read_ast_import
from jitlint.models import models_of
from jitlint.project import Project, project_files, project_of
from jitlint.settings import Settings
from jitlint.source import blanked, parse

MAX_MODULES = 512
"""Files kept in memory when the next file is linted."""
MAX_BYTES = 2_000_000
"""Longer files are data."""

_Stamp = tuple[int, int]


@dataclass(slots=True, eq=False)
class LoadedModule:
    """A file of the project. Its top-level definitions are parsed when a name asks for one.

    parts: name, first and last line (from 1) of each top-level definition.
    loose: the names that other top-level statements bind. They run when one of these is asked for.
    chunks: what has been parsed, each with the number of lines before it.
    """

    path: Path
    name: str
    lines: list[str]
    parts: tuple[tuple[str, int, int], ...]
    loose: frozenset[str]
    blank: tuple[tuple[int, int], ...]
    analysis: Analysis
    chunks: list[tuple[cst.Module, int]] = field(default_factory=list)
    made: dict[str, Value] = field(default_factory=dict)
    has_run: bool = False

    def define(self, name: str) -> Value | None:
        """Return what the file binds to a name that was not asked for before, None if there is no such name."""
        if name in self.loose and not self.has_run:
            self.run_loose()
            found = self.analysis.module.bindings.get(name)
            if found is not None:
                return found
        return self._define(name)

    def run_loose(self) -> None:
        """Run the statements that define nothing."""
        self.has_run = True
        try:
            chunk = parse(blanked(self.lines, self.blank))
        except cst.ParserSyntaxError:
            return
        self.chunks.append((chunk, 0))
        execute(Scope(self.analysis, self.analysis.module), chunk)
        visit_pending(self.analysis)

    def _define(self, name: str) -> Value | None:
        """Return a top-level definition under its decorators, None if there is none of that name."""
        if name in self.made:
            return self.made[name]
        place = next(((first, last) for part, first, last in reversed(self.parts) if part == name), None)
        if place is None:
            return None
        # Where it asks for itself while it is made, nothing is known of it.
        self.made[name] = UNKNOWN
        first, last = place
        try:
            chunk = parse("".join(self.lines[first - 1 : last]))
        except cst.ParserSyntaxError:
            return UNKNOWN
        self.chunks.append((chunk, first - 1))
        frame = self.analysis.module
        before = frame.bindings.get(name)
        execute(Scope(self.analysis, frame), chunk)
        self.made[name] = frame.bindings.pop(name, UNKNOWN)
        if before is not None:
            frame.bindings[name] = before
        visit_pending(self.analysis)
        return self.made[name]


class ProjectImports:
    """The imports of one file, or of a file that it imports."""

    def __init__(self, path: Path, project: Project, settings: Settings) -> None:
        """Take the file, what decides where modules are, and what the analysis of a file depends on."""
        self.path = path
        self.project = project
        self.settings = settings
        self.models = models_of(settings.stubs, settings.jax_version)
        self.fresh: dict[Path, LoadedModule | None] = {}
        self.asked: set[str] = set()

    def owns(self, qualified: str) -> bool:
        """Whether a module is read. What has models, and what the user says applies jit, is known without it."""
        top = qualified.partition(".")[0]
        return not self.models.has_module(top) and self.project.find(qualified) is not None

    def resolve(self, qualified: str) -> Value | None:
        """Return the value of a module or of something in one; None if it is not there."""
        if self._is_modelled(qualified):
            return Value(form=Library(qualified))
        if qualified in self.asked:
            # Modules that import from each other in a circle.
            return None
        self.asked.add(qualified)
        try:
            parent, _, last = qualified.rpartition(".")
            owner = self._module(parent) if parent else None
            value = None if owner is None else self._member(owner, last)
            return self._as_module(qualified) if value is None else value
        finally:
            self.asked.discard(qualified)

    def starred(self, module: str, name: str) -> Value | None:
        """Return what a star import from a module binds to a name."""
        owner = self._module(module)
        circle = f"{module}.* for {name}"
        if owner is None or circle in self.asked:
            return None
        self.asked.add(circle)
        try:
            return self._starred(owner, module, name)
        finally:
            self.asked.discard(circle)

    def derives(self, name: str) -> bool:
        """Whether a file of the project derives from a class of that name; it may if there are too many files."""
        names = _derived_names(self.project)
        return names is None or name in names

    def passages(self, function: str, positions: Sequence[str], keywords: Sequence[str]) -> dict[str, Passage]:
        """Return the parameters of a function of the file that calls in other files pass."""
        return passages(self.project, self.path, function, positions, keywords)

    def _starred(self, owner: LoadedModule, module: str, name: str) -> Value | None:
        listed = self._member(owner, "__all__")
        if listed is not None:
            form = listed.form
            if not isinstance(form, Display) or form.rest is not None or Value(form=Constant(name)) not in form.items:
                return None
        elif name.startswith("_"):
            return None
        return self.resolve(f"{module}.{name}")

    def _is_modelled(self, qualified: str) -> bool:
        if any(qualified == w or qualified.endswith(f".{w}") for w in self.settings.wrappers):
            return True
        return self.models.find(qualified) is not None

    def _member(self, owner: LoadedModule, name: str) -> Value | None:
        frame = owner.analysis.module
        value = frame.lookup(name)
        if value is not None and isinstance(value.form, Imported):
            target = value.form.name
            return None if target == f"{owner.name}.{name}" else self.resolve(target)
        if value is not None:
            return value
        for module in reversed(frame.star_imports):
            found = self.starred(module, name)
            if found is not None:
                return found
        return None

    def _as_module(self, qualified: str) -> Value | None:
        place = self.project.find(qualified)
        if place is None:
            return None
        loaded = self._module(qualified)
        return Value(form=Module(qualified, Frame(None) if loaded is None else loaded.analysis.module))

    def _module(self, name: str) -> LoadedModule | None:
        path = self.project.find(name)
        if path is None or path.suffix != ".py":
            return None
        if path not in self.fresh:
            self.fresh[path] = _load(path, name, self.settings)
        return self.fresh[path]


@lru_cache(maxsize=8)
def _derived_names(project: Project) -> frozenset[str] | None:
    """Return the names of the classes that files of a project derive from, None if there are too many files."""
    files = project_files(project)
    if files is None:
        return None
    found: set[str] = set()
    for path in files:
        try:
            found |= imported_bases(path.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
    return frozenset(found)


def imports_of(filename: str, settings: Settings) -> tuple[ProjectImports | None, str]:
    """Return the imports of a file, None for text that is no file, and the package that relative ones start from."""
    place = project_of(filename, settings.follow)
    if place is None:
        return None, ""
    project, module = place
    package = module if Path(filename).name == "__init__.py" else module.rpartition(".")[0]
    return ProjectImports(Path(filename).resolve(), project, settings), package


_LOADED: dict[tuple[Path, Settings], tuple[_Stamp | None, LoadedModule | None]] = {}
"""A cache. The stamp (time and size of the file) tells whether an entry still holds."""


def loaded_modules() -> list[LoadedModule]:
    """Return the files that this process has read for others."""
    return [module for _, module in _LOADED.values() if module is not None]


def forget_stale() -> None:
    """Forget what was read for others where a file has changed since, or where it has become too much.

    All of it: what one file means is built from what it imports, so that they hold on to each other.
    """
    if len(_LOADED) > MAX_MODULES or any(_stamp(path) != stamp for (path, _), (stamp, _) in _LOADED.items()):
        _LOADED.clear()


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _load(path: Path, name: str, settings: Settings) -> LoadedModule | None:
    """Return a file ready for use; None if it can't be read or parsed."""
    key = (path, settings)
    if key in _LOADED:
        return _LOADED[key][1]
    stamp = _stamp(path)
    _LOADED[key] = (stamp, None)
    module = _read(path, name, settings) if stamp is not None and stamp[1] <= MAX_BYTES else None
    _LOADED[key] = (stamp, module)
    if module is not None and module.loose & module.analysis.module.bindings.keys():
        # An imported name is bound anew.
        module.run_loose()
    return module


def _read(path: Path, name: str, settings: Settings) -> LoadedModule | None:
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        tree = ast.parse("".join(lines))
    except (OSError, ValueError, SyntaxError, RecursionError):
        # The file has a linter run of its own, which says what is wrong with it.
        return None
    parts = tuple(definition_lines(tree))
    plain = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    blank = (
        *((first, last) for _, first, last in parts),
        *((node.lineno, node.end_lineno or node.lineno) for node in plain if _has_own_lines(node, tree)),
    )
    loose = frozenset(_bound_names(tree))
    text = "".join(lines)
    rebound = global_names(tree, text)
    reach = jit_reach(tree, settings, shared=rebound) if may_apply_jit(text, settings) else None
    imports, package = imports_of(str(path), settings)
    visit = frozenset() if reach is None else reach.visit
    file = File(package, visit, rebound=rebound, text=text)
    models = models_of(settings.stubs, settings.jax_version)
    frame = Frame(None, file=file)
    for node in plain:
        bind_import(imports, frame, read_ast_import(node))
    analysis = Analysis(settings, models, frame, frozenset({"__init__"}), run, annotated_value, imports=imports)
    module = LoadedModule(path, name, lines, parts, loose, blank, analysis)
    file.define = module.define
    return module


def _has_own_lines(node: ast.stmt, tree: ast.Module) -> bool:
    """Whether no other statement shares a line with this one."""
    return not any(
        other is not node
        and other.lineno <= (node.end_lineno or node.lineno)
        and node.lineno <= (other.end_lineno or 0)
        for other in tree.body
    )


def _bound_names(tree: ast.Module) -> Iterator[str]:
    """Yield the names that top-level statements bind, but for definitions and plain imports."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for statement in tree.body:
        if isinstance(statement, (*definitions, ast.Import, ast.ImportFrom)):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, definitions):
                yield node.name
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                yield from read_ast_import(node).bindings()
