"""The files of one package, and what a dotted path names in them."""

from __future__ import annotations

import ast
from pathlib import Path

from benchmarks.real_code.scopes import Binding, Function, Scope, SourceFile, decorator_names


class Project:
    """The Python files below a folder, parsed when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = sorted(root.rglob("*.py"))
        self._paths = {self._module(path): path for path in self.files}
        self._parsed: dict[Path, SourceFile | None] = {}

    def _module(self, path: Path) -> str:
        parts = path.relative_to(self.root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def parsed(self, path: Path) -> SourceFile | None:
        """A file of the package, None if Python can't parse it."""
        if path not in self._parsed:
            try:
                self._parsed[path] = SourceFile(path, self._module(path), path.read_bytes())
            except (SyntaxError, ValueError, RecursionError):
                self._parsed[path] = None
        return self._parsed[path]

    def named(self, path: str, depth: int = 0) -> tuple[SourceFile, Scope, list[Binding]] | None:
        """What a dotted path names: a binding of a module, through re-exports, or of a class in it."""
        module, _, name = path.rpartition(".")
        if depth > 6 or not module:
            return None
        if module in self._paths:
            file = self.parsed(self._paths[module])
            if file is None or name not in file.top.bindings:
                return None
            return self._followed(file, file.top, file.top.bindings[name], depth)
        owner = self.named(module, depth + 1)
        if owner is None:
            return None
        file, _, bindings = owner
        if len(bindings) == 1 and isinstance(bindings[0].node, ast.ClassDef):
            body = file.body_of[bindings[0].node]
            if name in body.bindings:
                return file, body, body.bindings[name]
        return None

    def _followed(
        self, file: SourceFile, scope: Scope, bindings: list[Binding], depth: int
    ) -> tuple[SourceFile, Scope, list[Binding]] | None:
        paths = {binding.path for binding in bindings if binding.kind == "import"}
        if not paths:
            return file, scope, bindings
        return self.named(paths.pop(), depth + 1) if len(paths) == 1 and len(bindings) == 1 else None

    def method(
        self, file: SourceFile, cls: ast.ClassDef, name: str, seen: tuple[ast.AST, ...] = ()
    ) -> tuple[SourceFile, Function] | None:
        """The method that a class defines or inherits, where both are in the package."""
        bindings = file.body_of[cls].bindings.get(name, [])
        if bindings:
            found = chosen(bindings)
            return (file, found) if found else None
        for base in cls.bases:
            where = self.bound_to(file, base)
            if where is None:
                continue
            base_file, _, base_bindings = where
            if len(base_bindings) == 1 and isinstance(base_bindings[0].node, ast.ClassDef):
                node = base_bindings[0].node
                if node not in seen and (inherited := self.method(base_file, node, name, (*seen, cls))):
                    return inherited
        return None

    def bound_to(self, file: SourceFile, expression: ast.expr) -> tuple[SourceFile, Scope, list[Binding]] | None:
        """The bindings of a name or dotted name used in a file, in whatever file of the package they are."""
        scope = file.scope_of[expression]
        if isinstance(expression, ast.Name):
            where, bindings = file.lookup(expression.id, scope)
            if where is not None and bindings and all(binding.kind != "import" for binding in bindings):
                return file, where, bindings
        paths = file.dotted(expression, scope)
        return self.named(paths.pop()) if len(paths) == 1 else None


def chosen(bindings: list[Binding], before: int | None = None) -> Function | None:
    """The function that a name holds: the last def, before a line if there is one, overloads apart."""
    functions = [binding.node for binding in bindings if isinstance(binding.node, Function)]
    if len(functions) < len(bindings):
        return None
    functions = [function for function in functions if "overload" not in decorator_names(function)]
    earlier = [function for function in functions if before is None or function.lineno < before]
    candidates = earlier or functions
    return candidates[-1] if candidates else None
