"""Calls of functions of the file: who calls one, and in which loops."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import Class, Library
from jitlint.faults.passes import is_short
from jitlint.faults.shapes import shapes_vary
from jitlint.faults.surroundings import Loop, Surroundings
from jitlint.faults.varying import comes_seldom
from jitlint.names import dotted

MAX_HOPS = 2
"""Functions between a loop and a call."""
_PLAIN_DECORATORS = frozenset(
    ["staticmethod", "classmethod", "property", "override", "abstractmethod", "setter", "no_grad", "wraps", "fixture"]
)
"""Decorators that surely trace nothing, by their last word; those of test and command-line tools too."""
_PLAIN_PACKAGES = ("pytest", "click", "typing", "unittest", "parameterized", "hydra", "typer", "contextlib", "abc")
_HOST_RUNNERS = ("absl.", "timeit", "threading", "concurrent.", "atexit", "multiprocessing")
_PLAIN_BASES = ("builtins.", "abc.", "typing.", "unittest.", "enum.", "collections.", "torch.utils.")


def long_loops(around: Surroundings, node: cst.CSTNode) -> list[Loop]:
    """Return the loops around a node that may make many passes, and in which it is not guarded."""
    return [
        loop
        for loop in around.loops_around(node)
        if not is_short(around, loop) and not comes_seldom(around, node, loop)
    ]


def calls_of_function(around: Surroundings, function: cst.CSTNode) -> Iterator[cst.Call]:
    """Yield the calls of a function or method of the file; none where its name may be another's, or is handed on."""
    if not isinstance(function, cst.FunctionDef) or not all(map(_is_plain, function.decorators)):
        return
    name = function.name.value
    scope = around.scope_of(function)
    if len(around.stores_of(name, scope)) != 1:
        return
    found: list[cst.Call] = []
    if isinstance(scope, cst.ClassDef):
        for attribute in around.methods.get(name, ()):
            call = around.parents.get(attribute)
            if not isinstance(call, cst.Call) or call.func is not attribute:
                return
            own = isinstance(attribute.value, cst.Name) and attribute.value.value == "self"
            if own and _class_of(around, call) is scope or _is_made_by(around, attribute.value, scope):
                found.append(call)
    else:
        for read in around.reads_of(name, scope):
            call = around.parents.get(read)
            if not isinstance(call, cst.Call) or call.func is not read:
                return
            found.append(call)
    yield from found


def _is_made_by(around: Surroundings, node: cst.BaseExpression, cls: cst.ClassDef) -> bool:
    """Whether an expression is an instance of a class: `Model()`, or a name that is bound to nothing else."""
    if isinstance(node, cst.Name):
        owner = around.owner_of(node.value, around.scope_of(node))
        stores = [] if owner is None else around.stores_of(node.value, owner)
        if len(stores) != 1 or stores[0].value is None:
            return False
        node = stores[0].value
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Name):
        return False
    owner = around.owner_of(node.func.value, around.scope_of(node))
    stores = [] if owner is None else around.stores_of(node.func.value, owner)
    return len(stores) == 1 and stores[0].node is cls


def _class_of(around: Surroundings, node: cst.CSTNode) -> cst.CSTNode | None:
    return next((outer for outer in around.above(node) if isinstance(outer, cst.ClassDef)), None)


def is_called_repeatedly(analysis: Analysis, around: Surroundings, function: cst.CSTNode, hops: int = MAX_HOPS) -> bool:
    """Whether the file calls a function in a long loop, directly or through another function."""
    for call in calls_of_function(around, function):
        caller = around.scope_of(call)
        if caller is function or may_be_traced(analysis, around, call):
            continue
        if any(not shapes_vary(analysis, around, call, loop) for loop in long_loops(around, call)):
            return True
        further = hops > 1 and not comes_seldom(around, call, caller)
        if further and is_called_repeatedly(analysis, around, caller, hops - 1):
            return True
    return False


def may_be_traced(analysis: Analysis, around: Surroundings, node: cst.CSTNode) -> bool:
    """Whether a node may run inside a trace that is not in sight: a decorator, or a module of a library, around it."""
    for outer in around.above(node):
        if isinstance(outer, cst.FunctionDef):
            if not all(map(_is_plain, outer.decorators)) or _is_handed_on(analysis, around, outer):
                return True
        elif isinstance(outer, cst.ClassDef) and not _is_plain_class(analysis.classes.get(outer)):
            return True
    return False


def _is_plain(decorator: cst.Decorator) -> bool:
    node = decorator.decorator
    name = dotted(node.func if isinstance(node, cst.Call) else node) or ""
    return name.rpartition(".")[2] in _PLAIN_DECORATORS or name.partition(".")[0] in _PLAIN_PACKAGES


def _is_plain_class(cls: Class | None) -> bool:
    """Whether nothing but the class's own methods runs them: its bases are in sight, or of tools that trace nothing."""
    if cls is None:
        return False
    for base in cls.bases:
        if isinstance(base.form, Class):
            if not _is_plain_class(base.form):
                return False
        elif not isinstance(base.form, Library) or not (
            base.form.name.startswith(_PLAIN_BASES) or base.form.name.endswith("TestCase")
        ):
            return False
    return True


def _is_handed_on(analysis: Analysis, around: Surroundings, function: cst.FunctionDef) -> bool:
    """Whether a function is an argument of a call that may trace it."""
    name = function.name.value
    scope = around.scope_of(function)
    if isinstance(scope, cst.ClassDef):
        reads: list[cst.CSTNode] = list(around.methods.get(name, ()))
    else:
        reads = list(around.reads_of(name, scope))
    handed = [parent for read in reads if isinstance(parent := around.parents.get(read), cst.Arg)]
    return any(not _runs_on_host(analysis, around.parents.get(argument)) for argument in handed)


def _runs_on_host(analysis: Analysis, call: cst.CSTNode | None) -> bool:
    """Whether a function that is given another only runs it: `app.run(main)`."""
    root = (dotted(call.func) or "").partition(".")[0] if isinstance(call, cst.Call) else ""
    value = analysis.module.bindings.get(root)
    form = None if value is None else value.form
    return isinstance(form, Library) and form.name.startswith(_HOST_RUNNERS)
