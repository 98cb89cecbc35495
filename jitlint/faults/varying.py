"""Expressions that have another value on every pass of a loop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from jitlint.faults.passes import number
from jitlint.faults.surroundings import COMPREHENSIONS, Loop, Store, Surroundings, chain, walk
from jitlint.names import dotted

_STEPS = (cst.AddAssign, cst.SubtractAssign)
_SCALES = (cst.MultiplyAssign, cst.DivideAssign)
_SHIFTS = (cst.Add, cst.Subtract)
_FACTORS = (cst.Multiply, cst.Divide)
_CALLS = (cst.Call, cst.Await, cst.Yield, cst.NamedExpr)
_DIRECT = (cst.Equal, cst.In, cst.Is, cst.LessThan, cst.LessThanEqual)
_OPPOSITE = (cst.NotEqual, cst.NotIn, cst.IsNot, cst.GreaterThan, cst.GreaterThanEqual)
_LOOPS = (cst.For, cst.While, cst.CompFor)
MAX_STEPS = 8
"""Assignments between the loop and the use."""


@dataclass(frozen=True, slots=True)
class Source:
    """What makes an expression vary: a loop around it, or the parameter of the function that it stands in.

    integer: its values are integers.
    """

    loop: Loop | None
    parameter: str = ""
    integer: bool = True


def source_of(around: Surroundings, node: cst.BaseExpression, use: cst.CSTNode, depth: int = 0) -> Source | None:
    """Return what gives an expression another value each time; None if it may repeat."""
    if depth > MAX_STEPS:
        return None
    if isinstance(node, cst.Name):
        return _source_of_name(around, node, use, depth)
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, (cst.Minus, cst.Plus, cst.BitInvert)):
        return source_of(around, node.expression, use, depth + 1)
    if isinstance(node, cst.BinaryOperation):
        return _source_of_operation(around, node, use, depth)
    if isinstance(node, cst.Tuple):
        found = (source_of(around, e.value, use, depth + 1) for e in node.elements if isinstance(e, cst.Element))
        return next((replace(source, integer=False) for source in found if source is not None), None)
    if isinstance(node, cst.FormattedString):
        for part in node.parts:
            if isinstance(part, cst.FormattedStringExpression) and not part.format_spec:
                source = source_of(around, part.expression, use, depth + 1)
                if source is not None:
                    return replace(source, integer=False)
        return None
    if isinstance(node, cst.Call):
        return _source_of_conversion(around, node, use, depth)
    return None


def _source_of_conversion(around: Surroundings, node: cst.Call, use: cst.CSTNode, depth: int) -> Source | None:
    if not isinstance(node.func, cst.Name) or len(node.args) != 1 or node.args[0].keyword or node.args[0].star:
        return None
    name = node.func.value
    if around.owner_of(name, around.scope_of(node)) is not None:
        return None
    source = source_of(around, node.args[0].value, use, depth + 1)
    if source is None or name == "int" and not source.integer or name not in ("int", "float", "str", "repr"):
        return None
    return replace(source, integer=name == "int")


def _source_of_operation(
    around: Surroundings, node: cst.BinaryOperation, use: cst.CSTNode, depth: int
) -> Source | None:
    left, right = (source_of(around, side, use, depth + 1) for side in (node.left, node.right))
    if (left is None) is (right is None):
        return None
    source, other = (left, node.right) if left is not None else (right, node.left)
    assert source is not None
    if source.loop is not None and not is_steady(around, other, source.loop):
        return None
    amount = number(around, other)
    kind = node.operator
    if isinstance(kind, _SHIFTS):
        return replace(source, integer=source.integer and (amount is None or isinstance(amount, int)))
    if isinstance(kind, _FACTORS):
        whole = isinstance(amount, int) and isinstance(kind, cst.Multiply)
        return None if amount == 0 else replace(source, integer=source.integer and whole)
    if isinstance(kind, cst.Power):
        plain = amount is not None and (amount >= 1 if left is not None else amount > 1)
        return source if plain and isinstance(amount, int) else None
    if isinstance(kind, cst.LeftShift):
        return source if amount != 0 or left is not None else None
    return None


def is_steady(around: Surroundings, node: cst.BaseExpression, loop: Loop) -> bool:
    """Whether an expression has one value for all passes of a loop."""
    for inner in walk(node):
        if isinstance(inner, _CALLS):
            return False
        if isinstance(inner, cst.Name) and stores_in(around, inner.value, loop, inner):
            return False
    return True


def stores_in(around: Surroundings, name: str, loop: cst.CSTNode, use: cst.CSTNode) -> list[Store]:
    """Return what binds a name on each pass of a loop, or on each call of a function."""
    owner = around.owner_of(name, around.scope_of(use))
    if owner is None:
        return []
    found = around.stores_of(name, owner)
    return [store for store in found if store.node is loop or around.is_inside(store.node, loop)]


def _source_of_name(around: Surroundings, node: cst.Name, use: cst.CSTNode, depth: int) -> Source | None:
    scope = around.scope_of(use)
    if around.owner_of(node.value, scope) is not scope:
        return None
    for loop in around.loops_around(use):
        stores = stores_in(around, node.value, loop, use)
        if not stores:
            continue
        if len(stores) > 1:
            return None
        store = stores[0]
        if store.node is loop:
            return _counted(loop, node.value)
        if isinstance(store.node, cst.AugAssign) or store.value is not None and _mentions(store.value, node.value):
            return _stepped(around, store, node.value, loop)
        if store.value is not None and around.comes_before(store.node, use):
            return source_of(around, store.value, store.node, depth + 1)
        return None
    stores = around.stores_of(node.value, scope)
    if len(stores) == 1 and isinstance(stores[0].node, cst.Param) and isinstance(scope, cst.FunctionDef):
        return Source(None, node.value)
    if len(stores) == 1 and stores[0].value is not None and around.comes_before(stores[0].node, use):
        found = source_of(around, stores[0].value, stores[0].node, depth + 1)
        return found if found is not None and found.loop is None else None
    return None


def _counted(loop: Loop, name: str) -> Source | None:
    """Return the source where a loop counts a name: `for n in range(...)`, `for n, item in enumerate(...)`."""
    if isinstance(loop, cst.While):
        return None
    counted = [target for target, items in _paired(loop.target, loop.iter) if _counts(items)]
    if any(isinstance(target, cst.Name) and target.value == name for target in counted):
        return Source(loop)
    return None


def _paired(target: cst.BaseExpression, items: cst.BaseExpression) -> Iterator[tuple[cst.BaseExpression, cst.Call]]:
    """Yield the targets of a loop with the calls that make their values; the index of enumerate counts as `range`."""
    if not isinstance(items, cst.Call):
        return
    name = (dotted(items.func) or "").rpartition(".")[2]
    values = [argument.value for argument in items.args if argument.keyword is None and not argument.star]
    if name in ("tqdm", "reversed", "list") and values:
        yield from _paired(target, values[0])
        return
    if isinstance(target, (cst.Tuple, cst.List)):
        targets = [element.value for element in target.elements]
        if name == "enumerate" and len(targets) == 2 and values:
            yield targets[0], cst.Call(cst.Name("range"))
            yield from _paired(targets[1], values[0])
        elif name == "zip" and len(targets) == len(values):
            for one, value in zip(targets, values):
                yield from _paired(one, value)
        return
    yield target, items


def _counts(node: cst.Call) -> bool:
    return dotted(node.func) in ("range", "trange", "tqdm.trange", "itertools.count", "count")


def _mentions(node: cst.CSTNode, name: str) -> bool:
    return any(isinstance(inner, cst.Name) and inner.value == name for inner in walk(node))


def _stepped(around: Surroundings, store: Store, name: str, loop: Loop) -> Source | None:
    """Return the source where every pass changes a name in the same direction: `n += 1`, `rate = rate * 0.9`."""
    if isinstance(loop, cst.CompFor) or not _is_on_each_pass(around, store.node, loop):
        return None
    if isinstance(store.node, cst.AugAssign):
        adds, scales = isinstance(store.node.operator, _STEPS), isinstance(store.node.operator, _SCALES)
        by = store.node.value
    elif isinstance(store.value, cst.BinaryOperation):
        adds, scales = isinstance(store.value.operator, _SHIFTS), isinstance(store.value.operator, _FACTORS)
        left, right = store.value.left, store.value.right
        if isinstance(left, cst.Name) and left.value == name:
            by = right
        elif (
            isinstance(right, cst.Name)
            and right.value == name
            and isinstance(store.value.operator, (cst.Add, cst.Multiply))
        ):
            by = left
        else:
            return None
    else:
        return None
    amount = number(around, by)
    if adds:
        plain = amount != 0 if amount is not None else isinstance(by, cst.Name) and is_steady(around, by, loop)
        return Source(loop, integer=isinstance(amount, int)) if plain else None
    if not scales or amount is None or amount in (0, 1, -1):
        return None
    owner = around.owner_of(name, around.scope_of(store.node))
    starts = [] if owner is None else [s for s in around.stores_of(name, owner) if s.node is not store.node]
    if any(start.value is not None and number(around, start.value) == 0 for start in starts):
        return None
    return Source(loop, integer=False)


def _is_on_each_pass(around: Surroundings, node: cst.CSTNode, loop: cst.For | cst.While) -> bool:
    """Whether a statement stands in the body itself, and no `continue` can leave it out."""
    found = around.block_of(node)
    if found is None or found[0] is not loop.body:
        return False
    for inner in walk(loop.body):
        if isinstance(inner, cst.Continue):
            return False
    return True


def comes_seldom(around: Surroundings, node: cst.CSTNode, loop: cst.CSTNode) -> bool:
    """Whether what is around a node, up to a loop or function, keeps it from most passes: a guard, or an end."""
    inner = node
    for outer in around.above(node):
        if isinstance(outer, (cst.IndentedBlock, cst.Module, cst.SimpleStatementLine, cst.SimpleStatementSuite)):
            ended = isinstance(loop, _LOOPS) and _ends_after(around, list(outer.body), inner, loop)
            if ended:
                return True
        if outer is loop:
            return False
        if isinstance(outer, COMPREHENSIONS):
            links = chain(outer)
            tests = [clause.test for link in links for clause in link.ifs]
            if any(_is_guard(around, test, False, node) for test in tests):
                return True
            if loop in links:
                return False
        if isinstance(outer, (cst.If, cst.IfExp)) and inner is not outer.test:
            if _is_guard(around, outer.test, inner is outer.orelse, node):
                return True
        elif (
            isinstance(outer, cst.ExceptHandler)
            or isinstance(outer, cst.With)
            and any(changes_jit(item.item) for item in outer.items)
        ):
            return True
        inner = outer
    return False


def changes_jit(node: cst.BaseExpression) -> bool:
    """Whether a context manager turns jit off, or wants an error."""
    name = dotted(node.func if isinstance(node, cst.Call) else node) or ""
    return name.rpartition(".")[2] in ("disable_jit", "raises", "suppress", "assertRaises", "assertRaisesRegex")


def _ends_after(around: Surroundings, body: list[cst.CSTNode], statement: cst.CSTNode, loop: cst.CSTNode) -> bool:
    """Whether a statement of a block, or one after it, leaves the loop or the function."""
    if statement not in body:
        return False
    for later in body[body.index(statement) :]:
        for small in later.body if isinstance(later, cst.SimpleStatementLine) else (later,):
            if isinstance(small, (cst.Return, cst.Raise)):
                return True
            if isinstance(small, cst.Break) and around.loops_around(small)[:1] == [loop]:
                return True
    return False


def _is_guard(around: Surroundings, test: cst.BaseExpression, negated: bool, use: cst.CSTNode) -> bool:
    """Whether a test lets few passes through: it asks a name for one value, or a flag, or a cache."""
    if isinstance(test, cst.BooleanOperation):
        parts = (test.left, test.right)
        return any(_is_guard(around, part, negated, use) for part in parts)
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return _is_guard(around, test.expression, not negated, use)
    if isinstance(test, (cst.Name, cst.Attribute)):
        return _changes(around, test, use)
    if isinstance(test, cst.Comparison) and len(test.comparisons) == 1:
        target = test.comparisons[0]
        wanted = _OPPOSITE if negated else _DIRECT
        if isinstance(target.operator, (cst.In, cst.NotIn)) and not isinstance(
            target.comparator, (cst.Tuple, cst.List, cst.Set)
        ):
            return True
        if isinstance(target.operator, (cst.Is, cst.IsNot)):
            return True
        sides = (test.left, target.comparator)
        return isinstance(target.operator, wanted) and any(_changes(around, side, use) for side in sides)
    return False


def _changes(around: Surroundings, node: cst.BaseExpression, use: cst.CSTNode) -> bool:
    """Whether a name is bound in the loops around (outside of loops: is a parameter), or may be kept by self."""
    if isinstance(node, cst.Attribute):
        return isinstance(node.value, cst.Name) and node.value.value in ("self", "cls")
    if not isinstance(node, cst.Name):
        return False
    loops = around.loops_around(use)
    if loops:
        return any(stores_in(around, node.value, loop, use) for loop in loops)
    stores = around.stores_of(node.value, around.scope_of(use))
    return any(isinstance(store.node, cst.Param) for store in stores)
