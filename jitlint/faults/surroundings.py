"""Where a piece of syntax stands: what is around it, which loops repeat it, and what else binds a name there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

import libcst as cst

Loop = cst.For | cst.While | cst.CompFor
ScopeNode = cst.Module | cst.FunctionDef | cst.Lambda | cst.ClassDef

COMPREHENSIONS = (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp)
_SCOPES = (cst.Module, cst.FunctionDef, cst.Lambda, cst.ClassDef)
_CONSUMERS = frozenset({"sum", "list", "tuple", "set", "dict", "sorted", "min", "max"})
"""Functions that go through a whole generator."""
_NO_CODE = (
    "whitespace",
    "lpar",
    "rpar",
    "lbra",
    "rbra",
    "leading_lines",
    "lines_after",
    "comma",
    "semicolon",
    "equal",
    "header",
    "footer",
    "trailing",
    "colon",
    "dot",
    "operator",
    "indent",
)
"""How the names of fields begin that hold no code."""


@dataclass(frozen=True, slots=True)
class Store:
    """A place that binds a name. value: the expression that the name then stands for, if it is one."""

    node: cst.CSTNode
    value: cst.BaseExpression | None = None


@cache
def _code_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if not field.name.startswith(_NO_CODE))


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the pieces of a node that are code, in the order of the source."""
    for name in _code_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, (list, tuple)):
            for item in value:
                if isinstance(item, cst.CSTNode):
                    yield item
        elif value is not None and not isinstance(value, str) and isinstance(value, cst.CSTNode):
            yield value


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and all that is in it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def chain(node: cst.BaseComp) -> list[cst.CompFor]:
    """Return the loops of a comprehension, outermost first."""
    links: list[cst.CompFor] = []
    link: cst.CompFor | None = node.for_in
    while link is not None:
        links.append(link)
        link = link.inner_for_in
    return links


_NOTED = frozenset(
    (
        cst.Name,
        cst.Attribute,
        cst.Assign,
        cst.AnnAssign,
        cst.NamedExpr,
        cst.AugAssign,
        cst.For,
        cst.CompFor,
        cst.FunctionDef,
        cst.ClassDef,
        cst.Param,
        cst.AsName,
        cst.MatchAs,
        cst.MatchStar,
        cst.ImportAlias,
        cst.Del,
    )
)
"""Nodes that name or bind something."""


class Surroundings:
    """What is around each node of a file."""

    def __init__(self, tree: cst.Module) -> None:
        self.tree = tree
        self.parents: dict[cst.CSTNode, cst.CSTNode] = {}
        self.stores: dict[cst.CSTNode, dict[str, list[Store]]] = {tree: {}}
        self.uses: dict[str, list[cst.Name]] = {}
        """Where each name is read."""
        self.methods: dict[str, list[cst.Attribute]] = {}
        """Where an attribute of each name is taken."""
        waiting: list[tuple[cst.CSTNode, cst.CSTNode]] = [(child, tree) for child in children(tree)]
        found: list[cst.CSTNode] = []
        while waiting:
            node, parent = waiting.pop()
            self.parents[node] = parent
            found.append(node)
            waiting.extend((child, node) for child in children(node))
        for node in found:
            self._note(node)

    def above(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """Yield what a node stands in, innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def is_inside(self, node: cst.CSTNode, outer: cst.CSTNode) -> bool:
        """Whether a node is another, or stands in it."""
        return node is outer or any(above is outer for above in self.above(node))

    def scope_of(self, node: cst.CSTNode) -> cst.CSTNode:
        """Return the function, class or module that runs a node; decorators and defaults run outside of theirs."""
        inner = node
        for outer in self.above(node):
            if isinstance(outer, _SCOPES) and runs_inside(outer, inner):
                return outer
            inner = outer
        return self.tree

    def reads_of(self, name: str, scope: cst.CSTNode) -> Iterator[cst.Name]:
        """Yield the places that read a name of a scope, in it or in functions inside."""
        for node in self.uses.get(name, ()):
            if self._is_read(node) and self.owner_of(name, self.scope_of(node)) is scope:
                yield node

    def _is_read(self, node: cst.Name) -> bool:
        parent = self.parents.get(node)
        if isinstance(parent, cst.Attribute):
            return node is parent.value
        if isinstance(parent, cst.Arg):
            return node is parent.value
        if isinstance(parent, (cst.Param, cst.FunctionDef, cst.ClassDef, cst.ImportAlias, cst.AsName)):
            return isinstance(parent, cst.Param) and node is parent.default
        if isinstance(parent, (cst.AssignTarget, cst.NamedExpr, cst.AnnAssign, cst.For, cst.CompFor, cst.AugAssign)):
            return node is not parent.target
        return True

    def loops_around(self, node: cst.CSTNode) -> list[Loop]:
        """Return the loops that repeat a node within its function, innermost first."""
        loops: list[Loop] = []
        inner = node
        for outer in self.above(node):
            if isinstance(outer, _SCOPES) and runs_inside(outer, inner):
                break
            if (
                isinstance(outer, cst.For)
                and inner is outer.body
                or isinstance(outer, cst.While)
                and inner is not outer.orelse
                or isinstance(outer, cst.CompFor)
                and inner is not outer.iter
                and inner is not outer.target
            ):
                loops.append(outer)
            elif isinstance(outer, COMPREHENSIONS):
                if isinstance(outer, cst.GeneratorExp) and not self._is_consumed(outer):
                    return []
                if inner is not outer.for_in:
                    loops.extend(reversed(chain(outer)))
            inner = outer
        return loops

    def stores_of(self, name: str, scope: cst.CSTNode) -> list[Store]:
        """Return what binds a name in a scope itself."""
        return self.stores.get(scope, {}).get(name, [])

    def owner_of(self, name: str, scope: cst.CSTNode) -> cst.CSTNode | None:
        """Return the scope that a name used in `scope` belongs to, None for a builtin."""
        current = scope
        while True:
            if name in self.stores.get(current, {}) and (current is scope or not isinstance(current, cst.ClassDef)):
                return current
            if current is self.tree:
                return None
            current = self.scope_of(current)

    def block_of(self, node: cst.CSTNode) -> tuple[cst.CSTNode, cst.CSTNode] | None:
        """Return the innermost block that a node stands in, and the statement of it that the node is part of."""
        inner = node
        for outer in self.above(node):
            if isinstance(outer, (cst.IndentedBlock, cst.Module, cst.SimpleStatementSuite)):
                return outer, inner
            inner = outer
        return None

    def comes_before(self, first: cst.CSTNode, second: cst.CSTNode) -> bool:
        """Whether control always passes a statement on the way to a later node of the same scope."""
        found = self.block_of(first)
        if found is None:
            return False
        block, statement = found
        inner = second
        for outer in self.above(second):
            if outer is block:
                body = list(getattr(block, "body", ()))
                return any(s is inner for s in body) and body.index(statement) < body.index(inner)
            inner = outer
        return False

    def _is_consumed(self, node: cst.GeneratorExp) -> bool:
        argument = self.parents.get(node)
        call = self.parents.get(argument) if isinstance(argument, cst.Arg) else None
        return isinstance(call, cst.Call) and isinstance(call.func, cst.Name) and call.func.value in _CONSUMERS

    # Who binds what

    def _note(self, node: cst.CSTNode) -> None:
        if type(node) not in _NOTED:
            return
        if isinstance(node, cst.Name):
            self.uses.setdefault(node.value, []).append(node)
        elif isinstance(node, cst.Attribute):
            self.methods.setdefault(node.attr.value, []).append(node)
        elif isinstance(node, cst.Assign):
            for target in node.targets:
                self._bind(target.target, Store(node, node.value))
        elif isinstance(node, (cst.AnnAssign, cst.NamedExpr)):
            if node.value is not None:
                self._bind(node.target, Store(node, node.value))
        elif isinstance(node, (cst.AugAssign, cst.For, cst.CompFor)):
            self._bind(node.target, Store(node))
        elif isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Param)):
            self._bind(node.name, Store(node))
        elif isinstance(node, (cst.AsName, cst.MatchAs, cst.MatchStar)):
            if node.name is not None:
                self._bind(node.name, Store(node))
        elif isinstance(node, cst.ImportAlias) and node.asname is None:
            first: cst.BaseExpression = node.name
            while isinstance(first, cst.Attribute):
                first = first.value
            self._bind(first, Store(node))
        elif isinstance(node, cst.Del):
            self._bind(node.target, Store(node))

    def _bind(self, target: cst.BaseExpression, store: Store) -> None:
        if isinstance(target, (cst.Tuple, cst.List)):
            values = store.value.elements if isinstance(store.value, (cst.Tuple, cst.List)) else ()
            starred = any(isinstance(e, cst.StarredElement) for e in (*values, *target.elements))
            paired = not starred and len(values) == len(target.elements)
            for index, element in enumerate(target.elements):
                self._bind(element.value, Store(store.node, values[index].value if paired else None))
        elif isinstance(target, cst.Name):
            scope = self._binding_scope(store.node)
            self.stores.setdefault(scope, {}).setdefault(target.value, []).append(store)

    def _binding_scope(self, node: cst.CSTNode) -> cst.CSTNode:
        if isinstance(node, cst.Param):
            return next(outer for outer in self.above(node) if isinstance(outer, (cst.FunctionDef, cst.Lambda)))
        return self.scope_of(node)


def runs_inside(scope: cst.CSTNode, child: cst.CSTNode) -> bool:
    """Whether a direct child of a function, class or module belongs to its own scope."""
    if isinstance(scope, (cst.FunctionDef, cst.ClassDef, cst.Lambda)):
        return child is scope.body
    return True
