"""Functions that are made and jitted anew: on every pass of a loop, or every call of a function that a loop calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from jitlint.dataflow.entries import ENTRIES
from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import Function, JitSite, Library, Partial, Transformed
from jitlint.faults.compilations import CompilationFault, CompilationFaultKind
from jitlint.faults.fresh import made_at, must_differ
from jitlint.faults.repetition import is_called_repeatedly, long_loops, may_be_traced
from jitlint.faults.shapes import shapes_vary
from jitlint.faults.surroundings import Surroundings
from jitlint.faults.varying import changes_jit, comes_seldom

_FRESH_TRANSFORMS = ("vmap", "grad", "value_and_grad", "jacobian")
"""Transformations of JAX whose result is another object each time, whatever they are given."""


def find(analysis: Analysis) -> Iterator[CompilationFault]:
    """Yield the jit sites that compile each time they are reached."""
    sites = [site for site in analysis.sites if site.library not in ENTRIES and _may_be_fresh(site)]
    if not sites:
        return
    around = Surroundings(analysis.tree)
    traced = {call.node for call in analysis.calls if call.tracing}
    seen: set[cst.CSTNode] = set()
    for site in sites:
        if site.node in seen or site.node not in around.parents:
            continue
        seen.add(site.node)
        fault = _fault_of(analysis, around, site, traced)
        if fault is not None:
            yield fault


def _may_be_fresh(site: JitSite) -> bool:
    """Whether what a site wraps may be made where the site stands; a `def` of the module is made once."""
    form = site.callee.form
    if isinstance(form, Function):
        inner = isinstance(form.definition.node, cst.Lambda) or not form.frame.is_module
        return not form.disguised and (inner and form.owner is None or form.receiver is not None)
    return isinstance(form, (Partial, Transformed))


def _fault_of(
    analysis: Analysis, around: Surroundings, site: JitSite, traced: set[cst.CSTNode]
) -> CompilationFault | None:
    made = _made(around, site)
    calls = [] if made is None else _calls(around, site)
    if made is None or not calls or any(call in traced for call in calls):
        return None
    what, place = made
    stands = place if isinstance(site.node, cst.Decorator) else site.node
    if may_be_traced(analysis, around, stands) or _is_turned_off(around, stands):
        return None
    repeating = around.loops_around(stands)
    loops = [loop for loop in long_loops(around, place) if loop in repeating]
    loops = [loop for loop in loops if all(loop in around.loops_around(call) for call in calls)]
    if loops:
        if comes_seldom(around, calls[0], loops[0]) or shapes_vary(analysis, around, calls[0], loops[0]):
            return None
        if must_differ(analysis, around, place, around.loops_around(place)):
            return None
        return CompilationFault(CompilationFaultKind.JIT, site, site.node, what, made=what)
    function = around.scope_of(stands)
    if not isinstance(function, cst.FunctionDef) or around.loops_around(stands):
        return None
    if around.scope_of(place) is not function or comes_seldom(around, stands, function):
        return None
    if must_differ(analysis, around, place, [function]) or not is_called_repeatedly(analysis, around, function):
        return None
    return CompilationFault(CompilationFaultKind.JIT, site, site.node, what, function.name.value, what)


def _is_turned_off(around: Surroundings, node: cst.CSTNode) -> bool:
    withs = (outer for outer in around.above(node) if isinstance(outer, cst.With))
    return any(changes_jit(item.item) for outer in withs for item in outer.items)


def _made(around: Surroundings, site: JitSite) -> tuple[str, cst.CSTNode] | None:
    """Return what a site wraps, where it is made anew each time, and the place that makes it."""
    form = site.callee.form
    if isinstance(site.node, cst.Decorator):
        function = around.parents.get(site.node)
        return ("local function", function) if isinstance(function, cst.FunctionDef) else None
    argument = _jitted_expression(site.node)
    place = None if argument is None else made_at(around, argument)
    if isinstance(place, cst.Lambda):
        return "lambda", place
    if isinstance(place, cst.FunctionDef):
        return "local function", place
    if isinstance(place, cst.Attribute):
        bound = isinstance(form, Function) and form.receiver is not None and form.role not in ("staticmethod",)
        return ("bound method", place) if bound else None
    if isinstance(place, cst.Call):
        if isinstance(form, Partial):
            return ("partial", place) if form.callee.form != Library("functools.wraps") else None
        if isinstance(form, Transformed) and form.transform in _FRESH_TRANSFORMS and form.library.startswith("jax."):
            return form.library.rpartition(".")[2], place
    return None


def _jitted_expression(node: cst.CSTNode) -> cst.BaseExpression | None:
    if not isinstance(node, cst.Call):
        return None
    first = node.args[0] if node.args else None
    return first.value if first is not None and first.keyword is None and not first.star else None


def _calls(around: Surroundings, site: JitSite) -> Sequence[cst.Call]:
    """Return the calls of what a site returns; none where it may be kept for later."""
    holder = around.parents.get(site.node)
    if isinstance(site.node, cst.Decorator):
        return _calls_of_name(around, holder.name, holder) if isinstance(holder, cst.FunctionDef) else ()
    if isinstance(holder, cst.Call) and holder.func is site.node:
        return (holder,)
    if isinstance(holder, cst.Assign) and len(holder.targets) == 1:
        target = holder.targets[0].target
        return _calls_of_name(around, target, holder) if isinstance(target, cst.Name) else ()
    return ()


def _calls_of_name(around: Surroundings, name: cst.Name, binding: cst.CSTNode) -> Sequence[cst.Call]:
    scope = around.scope_of(binding)
    if isinstance(scope, (cst.ClassDef, cst.Module)) and not around.loops_around(binding):
        return ()
    if len(around.stores_of(name.value, scope)) != 1:
        return ()
    found: list[cst.Call] = []
    for read in around.reads_of(name.value, scope):
        call = around.parents.get(read)
        if not isinstance(call, cst.Call) or call.func is not read or around.scope_of(call) is not scope:
            return ()
        found.append(call)
    return found
