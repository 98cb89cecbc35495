"""Whether an expression may hold something else than the engine saw: what other functions of the file store."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jitlint.doubts.bindings import Bindings, NameScope
from jitlint.doubts.overriding import Methods


def may_hold_another(expression: ast.AST, bindings: Bindings, methods: Methods) -> bool:
    """Whether a name or an attribute in an expression, or in what its names are bound to, is stored in two places.

    What happens to a name inside of one function the engine follows; not what another function does to it, nor what
    a test of the name keeps away.
    """
    start = bindings.scope_of(expression)
    tested = {name.id for test in _tests(start.node) for name in ast.walk(test) if isinstance(name, ast.Name)}
    waiting: list[tuple[ast.AST, NameScope]] = [(expression, start)]
    seen: set[tuple[int, str]] = set()
    while waiting:
        node, scope = waiting.pop()
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and _is_stored_twice(inner.attr, bindings, methods):
                return True
            if not isinstance(inner, ast.Name):
                continue
            owner = scope.find(inner.id)
            if owner is None or (id(owner), inner.id) in seen:
                continue
            if owner is start and inner.id in tested:
                return True
            seen.add((id(owner), inner.id))
            events = owner.events[inner.id]
            if owner is not start and len(events) > 1 and any(event.conditional for event in events):
                return True
            waiting.extend((event.value, owner) for event in events if isinstance(event.value, ast.expr))
    return False


def _tests(scope: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(scope):
        if isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert)):
            yield node.test
        elif isinstance(node, ast.Match):
            yield node.subject


def _is_stored_twice(name: str, bindings: Bindings, methods: Methods) -> bool:
    stores = [
        node
        for node in bindings.parents
        if isinstance(node, ast.Attribute) and node.attr == name and not isinstance(node.ctx, ast.Load)
    ]
    if len(stores) > 1 or any(isinstance(bindings.parents[node], ast.AugAssign) for node in stores):
        return True
    # The one assignment is all that happens to it, unless `setattr` and the like do more.
    return methods.is_stored(name, stores[0] if stores else bindings.tree)
