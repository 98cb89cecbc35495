"""Names in one file, read with `ast` only: what binds a name where, and which import a dotted expression stands for.

It shares nothing with jitlint, which is measured by what this finds.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Binding:
    """One binding of a name: a def, a class, an import (with its dotted path), an assignment, or anything else."""

    kind: str
    node: ast.AST | None = None
    path: str = ""


@dataclass(eq=False, slots=True)
class Scope:
    """The names that a module, a class or a function binds."""

    node: ast.AST
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=lambda: defaultdict(list))


class SourceFile(ast.NodeVisitor):
    """The scopes of a file.

    module: its dotted name. scope_of: the scope in which a node is evaluated. body_of: the scope of what a def or a
    class has in it.
    """

    def __init__(self, path: Path, module: str, text: bytes) -> None:
        self.path = path
        self.module = module
        self.tree = ast.parse(text)
        self.scope_of: dict[ast.AST, Scope] = {}
        self.body_of: dict[ast.AST, Scope] = {}
        self.parent_of = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.top = self._scope = Scope(self.tree, None)
        self.generic_visit(self.tree)

    def lookup(self, name: str, scope: Scope | None) -> tuple[Scope | None, list[Binding]]:
        """The bindings of a name that a scope sees, and the scope that has them."""
        start = scope
        while scope is not None:
            if name in scope.bindings and (scope is start or not isinstance(scope.node, ast.ClassDef)):
                return scope, scope.bindings[name]
            scope = scope.parent
        return None, []

    def dotted(self, expression: ast.AST, scope: Scope | None, depth: int = 0) -> set[str]:
        """The dotted paths that an expression may stand for by the imports of the file."""
        if isinstance(expression, ast.Attribute):
            return {f"{base}.{expression.attr}" for base in self.dotted(expression.value, scope, depth)}
        if not isinstance(expression, ast.Name) or depth > 4:
            return set()
        where, bindings = self.lookup(expression.id, scope)
        if all(binding.kind == "import" for binding in bindings):
            return {binding.path for binding in bindings}
        if len(bindings) == 1 and bindings[0].kind == "assign" and bindings[0].node is not None:
            return self.dotted(bindings[0].node, where, depth + 1)
        return set()

    # The visitor: one method per node that makes a scope or binds a name.

    def visit(self, node: ast.AST) -> None:
        self.scope_of[node] = self._scope
        super().visit(node)

    def _visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _visit_body(self, node: Function | ast.Lambda | ast.ClassDef) -> None:
        outer, self._scope = self._scope, Scope(node, self._scope)
        self.body_of[node] = self._scope
        if not isinstance(node, ast.ClassDef):
            for parameter in parameters(node):
                self._scope.bindings[parameter.arg].append(Binding("parameter", parameter))
        self._visit_all([node.body] if isinstance(node, ast.Lambda) else node.body)
        self._scope = outer

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._scope.bindings[node.name].append(Binding("def", node))
        self._visit_all([*node.decorator_list, *node.args.defaults, *node.args.kw_defaults])
        self._visit_body(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit_all([*node.args.defaults, *node.args.kw_defaults])
        self._visit_body(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._scope.bindings[node.name].append(Binding("class", node))
        self._visit_all([*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)])
        self._visit_body(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name, path = (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            self._scope.bindings[name].append(Binding("import", node, path))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        base = node.module or ""
        if node.level:
            package = self.module.split(".")
            package = package if self.path.name == "__init__.py" else package[:-1]
            package = package[: len(package) - node.level + 1]
            base = ".".join([*package, *([base] if base else [])])
        for alias in node.names:
            self._scope.bindings[alias.asname or alias.name].append(Binding("import", node, f"{base}.{alias.name}"))

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._scope.bindings[target.id].append(Binding("assign", node.value))
            else:
                self.visit(target)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._scope.bindings[node.id].append(Binding("other", node))


def parameters(function: Function | ast.Lambda) -> list[ast.arg]:
    """All parameters of a function, *args and **kwargs at the end."""
    args = function.args
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *(arg for arg in (args.vararg, args.kwarg) if arg)]


def decorator_names(function: Function | ast.Lambda) -> set[str]:
    """The last names of the decorators of a function."""
    decorators = [] if isinstance(function, ast.Lambda) else function.decorator_list
    called = (item.func if isinstance(item, ast.Call) else item for item in decorators)
    return {str(getattr(item, "attr", getattr(item, "id", ""))) for item in called}
