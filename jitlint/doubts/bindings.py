"""What happens to the names of a file, read from Python's own syntax tree: for claims that must hold on every path."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Module)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
_BRANCHES = (ast.If, *TRIES, ast.For, ast.AsyncFor, ast.While, ast.Match, ast.IfExp, ast.BoolOp)
_GROW = frozenset({"append", "extend", "insert", "add", "update", "setdefault"})
_SHRINK = frozenset(
    {
        "remove",
        "pop",
        "popitem",
        "discard",
        "clear",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
    }
)


class Change(enum.Enum):
    """What happens to a name."""

    BOUND = "bound"
    PARAMETER = "a parameter"
    REPEATED = "bound by a loop"
    GROWN = "its collection grows or changes"
    SHRUNK = "its collection loses something"


@dataclass(frozen=True, slots=True)
class Event:
    """One change of a name. conditional: not every run of the scope comes here. value: what is bound or put in."""

    change: Change
    conditional: bool
    value: ast.AST | None = None


@dataclass(slots=True, eq=False)
class NameScope:
    """A scope and what happens to its names."""

    node: ast.AST
    parent: NameScope | None
    events: dict[str, list[Event]] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)

    def find(self, name: str) -> NameScope | None:
        """Return the scope that a name used here belongs to; None for a builtin."""
        scope: NameScope | None = self
        while scope is not None:
            seen = scope is self or not isinstance(scope.node, ast.ClassDef)
            if seen and name in scope.events and name not in scope.outer:
                return scope
            scope = scope.parent
        return None


class Bindings:
    """The scopes of a file, the parent of each node, and the scope that each node stands in."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.parents: dict[ast.AST, ast.AST] = {}
        self.scopes: dict[ast.AST, NameScope] = {tree: NameScope(tree, None)}
        self._changes: list[tuple[NameScope, str, Event]] = []
        self._read(tree, self.scopes[tree], False)
        for scope, name, event in self._changes:
            owner = scope.find(name)
            if owner is not None:
                moved = owner is not scope
                owner.events[name].append(Event(event.change, event.conditional or moved, event.value))

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield what a node stands in, innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def scope_of(self, node: ast.AST) -> NameScope:
        """Return the scope that a node stands in; decorators and defaults stand outside of their function."""
        inner = node
        for outer in self.above(node):
            if isinstance(outer, _SCOPES) and _is_inside(outer, inner):
                return self.scopes[outer]
            inner = outer
        return self.scopes[self.tree]

    def _read(self, node: ast.AST, scope: NameScope, conditional: bool) -> None:
        for child in ast.iter_child_nodes(node):
            self.parents[child] = node
            self._note(child, scope, conditional)
            inner, branches = scope, conditional or isinstance(child, _BRANCHES)
            if isinstance(child, _SCOPES):
                self._read_scope(child, scope, conditional)
            else:
                self._read(child, inner, branches)

    def _read_scope(self, node: ast.AST, outer: NameScope, conditional: bool) -> None:
        scope = NameScope(node, outer)
        self.scopes[node] = scope
        if isinstance(node, _FUNCTIONS):
            for argument in _parameters(node.args):
                _add(scope, argument.arg, Event(Change.PARAMETER, False))
        for child in ast.iter_child_nodes(node):
            self.parents[child] = node
            inside = _is_inside(node, child)
            self._note(child, scope if inside else outer, not inside and conditional)
            if isinstance(child, _SCOPES):
                self._read_scope(child, scope if inside else outer, not inside and conditional)
            else:
                branches = isinstance(child, _BRANCHES) or not inside and conditional
                self._read(child, scope if inside else outer, branches)

    def _note(self, node: ast.AST, scope: NameScope, conditional: bool) -> None:
        """Note what one node does to names."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self._bind(scope, node.name, Event(Change.BOUND, conditional, node))
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                self._bind(scope, name, Event(Change.BOUND, conditional))
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            scope.outer.update(node.names)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._target(scope, target, conditional, node.value)
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
            if node.value is not None:
                self._target(scope, node.target, conditional, node.value)
        elif isinstance(node, ast.AugAssign):
            change = Change.SHRUNK if isinstance(node.op, (ast.Sub, ast.BitAnd, ast.BitXor)) else Change.GROWN
            self._change(scope, node.target, Event(change, conditional, node.value))
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
            for part in ast.walk(node.target):
                if isinstance(part, ast.Name):
                    self._bind(scope, part.id, Event(Change.REPEATED, conditional, node.iter))
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                if item.optional_vars is not None:
                    self._target(scope, item.optional_vars, conditional, item.context_expr)
        elif isinstance(node, ast.ExceptHandler) and node.name or isinstance(node, (ast.MatchAs, ast.MatchStar)):
            self._bind(scope, node.name or "", Event(Change.BOUND, True))
        elif isinstance(node, ast.Delete):
            for target in node.targets:
                self._change(scope, target, Event(Change.SHRUNK, conditional))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for methods, change in ((_GROW, Change.GROWN), (_SHRINK, Change.SHRUNK)):
                if node.func.attr in methods:
                    if node.keywords:
                        # `options.update(static_argnames=...)` replaces what was there.
                        change = Change.SHRUNK
                    self._change(scope, node.func.value, Event(change, conditional, node))

    def _bind(self, scope: NameScope, name: str, event: Event) -> None:
        if name in scope.outer:
            self._changes.append((scope, name, event))
        else:
            _add(scope, name, event)

    def _target(self, scope: NameScope, target: ast.expr, conditional: bool, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._bind(scope, target.id, Event(Change.BOUND, conditional, value))
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self._target(scope, element, conditional, value)
        elif isinstance(target, ast.Starred):
            self._target(scope, target.value, conditional, value)
        elif isinstance(target, ast.Subscript):
            self._change(scope, target, Event(Change.GROWN, conditional, value))

    def _change(self, scope: NameScope, target: ast.expr, event: Event) -> None:
        while isinstance(target, (ast.Subscript, ast.Attribute)):
            target = target.value
        if isinstance(target, ast.Name):
            self._changes.append((scope, target.id, event))


def _add(scope: NameScope, name: str, event: Event) -> None:
    scope.events.setdefault(name, []).append(event)


def _is_inside(scope: ast.AST, child: ast.AST) -> bool:
    """Whether a direct child of a function or class belongs to its own scope."""
    if isinstance(scope, ast.Lambda):
        return child is scope.body
    if isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return child in scope.body
    return True


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    stars = [star for star in (arguments.vararg, arguments.kwarg) if star is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *stars]


def has_branches(node: ast.AST) -> bool:
    """Whether what is done in a function depends on something."""
    return any(isinstance(inner, _BRANCHES) for inner in ast.walk(node))
