"""Names that hold what another file of the project jits, read from Python's own syntax trees only.

A file that never says jit may call what another one has jitted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jitlint.call_graph import jitted_names
from jitlint.gate import may_apply_jit
from jitlint.import_statements import absolute, read_ast_import
from jitlint.outline import statements
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
    search = _Search(project, settings)
    found: set[str] = set()
    for node in statements(tree.body):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        statement = read_ast_import(node)
        if statement.star:
            found |= search.exports(absolute(statement.module or "", package)).jitted
        places = set(statement.bindings().items())
        if statement.module is None:
            # `import a.b` binds `a`; what the file takes from the module, it writes out.
            places.update((name.rpartition(".")[2], name) for name, local in statement.names if not local)
        for local, qualified in places:
            found |= search.words(absolute(qualified, package), local, MAX_HOPS)
            found |= search.handed_on(absolute(qualified, package), local, tree)
    return frozenset(found)


class _Search:
    """Where the imports of one file lead; each module is looked at once."""

    def __init__(self, project: Project, settings: Settings) -> None:
        self._project = project
        self._settings = settings
        self._seen: dict[str, _Exports] = {}

    def words(self, qualified: str, local: str, hops: int) -> frozenset[str]:
        """Return the words that lead to something jitted, where a name stands for something in the project."""
        parent, _, last = qualified.rpartition(".")
        if not qualified or not hops:
            return frozenset()
        if parent:
            exports = self.exports(parent)
            if last in exports.jitted:
                return frozenset({local})
            if last in exports.methods:
                return exports.methods[last]
            if exports.imported.get(last, qualified) != qualified:
                return self.words(exports.imported[last], local, hops - 1)
            for starred in reversed(exports.starred):
                found = self.words(f"{starred}.{last}", local, hops - 1)
                if found:
                    return found
        own = self.exports(qualified)
        return own.jitted.union(*own.methods.values())

    def handed_on(self, module: str, local: str, tree: ast.Module) -> frozenset[str]:
        """Return the attributes that a file takes from a module and that are jitted in a third one: `pkg.step`."""
        exports = self.exports(module)
        if not exports.imported and not exports.starred:
            return frozenset()
        nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
        taken = {node.attr for node in nodes if _last_word(node.value) == local}
        return frozenset().union(*(self.words(f"{module}.{name}", name, MAX_HOPS) for name in sorted(taken)))

    def exports(self, module: str) -> _Exports:
        """Return what a module offers, nothing if it is none of the project."""
        found = self._seen.get(module)
        if found is None:
            found = self._seen[module] = self._exports(module)
        return found

    def _exports(self, module: str) -> _Exports:
        path = self._project.find(module) if module else None
        if path is None or path.suffix != ".py":
            return _NOTHING
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        try:
            status = path.stat()
        except OSError:
            return _NOTHING
        return _read(path, package, self._settings, (status.st_mtime_ns, status.st_size))


def _last_word(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


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
    imports = [read_ast_import(n) for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom))]
    imported = {name: absolute(q, package) for s in imports for name, q in s.bindings().items()}
    starred = tuple(absolute(s.module or "", package) for s in imports if s.star)
    top = set(_bound([node for node in tree.body if not isinstance(node, _DEFINITIONS)]))
    top.update(node.name for node in tree.body if isinstance(node, _DEFINITIONS))
    methods = {node.name: jitted & set(_bound(node.body, True)) for node in tree.body if isinstance(node, ast.ClassDef)}
    return _Exports(jitted & top, {name: words for name, words in methods.items() if words}, imported, starred)


def _bound(body: Sequence[ast.stmt], attributes: bool = False) -> Iterator[str]:
    """Yield the names that statements bind, in the functions among them too. attributes: those that they set too."""
    for node in statements(body):
        if isinstance(node, _DEFINITIONS):
            yield node.name
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                for inner in ast.walk(target):
                    if isinstance(inner, ast.Name):
                        yield inner.id
                    elif attributes and isinstance(inner, ast.Attribute):
                        yield inner.attr
