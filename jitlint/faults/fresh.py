"""Functions and other objects that an expression makes anew each time it runs, and what they close over."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import Library
from jitlint.faults.surroundings import Store, Surroundings, walk
from jitlint.faults.varying import stores_in
from jitlint.names import dotted

_ARRAY_MAKERS = ("jax.numpy.", "jax.random.", "jax.nn.", "numpy.random.")
_ARITHMETIC = (cst.Add, cst.Subtract, cst.Multiply, cst.Divide)
_STATIC_ATTRIBUTES = frozenset({"shape", "ndim", "size", "dtype"})


def made_at(around: Surroundings, node: cst.BaseExpression) -> cst.CSTNode | None:
    """Return where an object is made: the expression itself, or the one place that binds the name it is.

    A name that stands for another function, and an object from elsewhere, are None.
    """
    if isinstance(node, (cst.Lambda, cst.Call)):
        return node
    if isinstance(node, cst.Attribute):
        return node
    if not isinstance(node, cst.Name):
        return None
    scope = around.scope_of(node)
    if around.owner_of(node.value, scope) is not scope:
        return None
    store = _store_before(around, node, scope)
    if store is None:
        return None
    if isinstance(store.node, cst.FunctionDef):
        return store.node
    return store.value if isinstance(store.value, (cst.Lambda, cst.Call)) else None


def _store_before(around: Surroundings, node: cst.Name, scope: cst.CSTNode) -> Store | None:
    """Return what binds a name on the way to a use: the only one in the loops around it."""
    stores = around.stores_of(node.value, scope)
    for loop in around.loops_around(node):
        inside = stores_in(around, node.value, loop, node)
        if inside:
            stores = inside
            break
    if len(stores) != 1 or not around.comes_before(stores[0].node, node):
        return None
    return stores[0]


def must_differ(analysis: Analysis, around: Surroundings, made: cst.CSTNode, regions: Sequence[cst.CSTNode]) -> bool:
    """Whether an object that is made on each pass of loops, or call of a function, may have to be another each time.

    It may where it holds something that the pass decides, other than an array, or a number that only meets arrays.
    """
    own = _own_parameters(made)
    for inner in walk(made):
        if not isinstance(inner, cst.Name) or inner.value in own or _is_label(around, inner):
            continue
        for region in regions:
            stores = [s for s in stores_in(around, inner.value, region, inner) if not around.is_inside(s.node, made)]
            if stores and not _may_be_argument(analysis, around, inner, stores, own):
                return True
    return False


def _own_parameters(made: cst.CSTNode) -> frozenset[str]:
    if isinstance(made, (cst.Lambda, cst.FunctionDef)):
        return frozenset(node.name.value for node in walk(made.params) if isinstance(node, cst.Param))
    return frozenset()


def _is_label(around: Surroundings, node: cst.Name) -> bool:
    """Whether a name is an attribute, a keyword, or the name of a `def`: no variable."""
    parent = around.parents.get(node)
    if isinstance(parent, cst.Attribute):
        return node is parent.attr
    return isinstance(parent, cst.Arg) and node is parent.keyword or isinstance(parent, (cst.FunctionDef, cst.Param))


def _may_be_argument(
    analysis: Analysis, around: Surroundings, use: cst.Name, stores: Sequence[Store], own: frozenset[str]
) -> bool:
    """Whether what a function closes over could be an argument of it: an array, or a number that meets an argument."""
    if all(_is_array(analysis, store) for store in stores) or _is_steady_self(around, use, stores):
        return True
    operation = around.parents.get(use)
    if not isinstance(operation, cst.BinaryOperation) or not isinstance(operation.operator, _ARITHMETIC):
        return False
    other = operation.right if use is operation.left else operation.left
    names = [node for node in walk(other) if isinstance(node, cst.Name)]
    static = any(isinstance(node, cst.Call) and dotted(node.func) == "len" for node in walk(other))
    static = static or any(name.value in _STATIC_ATTRIBUTES for name in names)
    return not static and any(name.value in own for name in names)


def _is_steady_self(around: Surroundings, use: cst.Name, stores: Sequence[Store]) -> bool:
    """Whether a name is the `self` of a class that changes nothing of it after `__init__`."""
    if use.value != "self" or not all(isinstance(store.node, cst.Param) for store in stores):
        return False
    cls = next((outer for outer in around.above(use) if isinstance(outer, cst.ClassDef)), None)
    if cls is None:
        return False
    for node in walk(cls):
        if isinstance(node, (cst.AssignTarget, cst.AugAssign, cst.AnnAssign)):
            target = node.target
            if isinstance(target, cst.Attribute) and dotted(target.value) == "self":
                function = around.scope_of(node)
                if not isinstance(function, cst.FunctionDef) or function.name.value != "__init__":
                    return False
    return True


def _is_array(analysis: Analysis, store: Store) -> bool:
    """Whether a name gets what a function of JAX makes."""
    value = store.value
    if value is None and isinstance(store.node, cst.Assign):
        value = store.node.value
    if not isinstance(value, cst.Call):
        return False
    name = dotted(value.func) or ""
    root, _, rest = name.partition(".")
    found = analysis.module.bindings.get(root)
    form = None if found is None else found.form
    return isinstance(form, Library) and f"{form.name}.{rest}".startswith(_ARRAY_MAKERS)
