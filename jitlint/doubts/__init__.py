"""Reasons to be silent about a fault, read from Python's own syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

import libcst as cst

from jitlint.dataflow.flows import Flow
from jitlint.doubts.doubts import Doubts, wrapped_functions
from jitlint.doubts.elsewhere import may_be_pytree
from jitlint.faults import AboutInstances, Certainty, Fault, Mentioning
from jitlint.faults.fault import AboutArgument
from jitlint.project import project_of
from jitlint.source import ParsedFile, Places

__all__ = ["undoubted", "undoubted_flows"]


def undoubted(faults: Sequence[Fault], tree: ast.Module, places: Places) -> list[Fault]:
    """Return the faults that nothing speaks against, neither in the linted file nor in that of the jit site.

    tree: the syntax tree of the linted file.
    """
    doubts_of = _doubts_by_file(tree, places)

    def stands(fault: Fault) -> bool:
        if fault.certainty is Certainty.COST:
            return True
        if doubts_of(places.file(fault.site.file)).about_site(fault.site):
            return False
        for function in wrapped_functions(fault.site.callee):
            if doubts_of(places.file(function.frame.root.file)).function_varies(function):
                return False
            if fault.certainty is Certainty.CALLS and doubts_of(places.own).about_calls(function):
                return False
        if isinstance(fault, AboutArgument) and doubts_of(places.own).about_argument(fault):
            return False
        if isinstance(fault, AboutInstances) and _about_class(fault, places, doubts_of):
            return False
        return fault.certainty is not Certainty.CALL or not any(map(doubts_of(places.own).about_call, _calls(fault)))

    return [fault for fault in faults if stands(fault)]


def undoubted_flows(flows: Sequence[Flow], tree: ast.Module, places: Places) -> list[Flow]:
    """Return the flows, but for those that take an instance for no pytree where something speaks against it."""
    doubts_of = _doubts_by_file(tree, places)

    def stands(flow: Flow) -> bool:
        if flow.cls is None:
            return True
        if flow.call is not None and doubts_of(places.own).about_call(flow.call):
            return False
        return not _about_class(flow, places, doubts_of)

    chosen: list[Flow] = []
    for flow in flows:
        left: Flow | None = flow
        while left is not None and not stands(left):
            left = left.otherwise
        if left is not None:
            chosen.append(left)
    return chosen


def _doubts_by_file(tree: ast.Module, places: Places) -> Callable[[ParsedFile], Doubts]:
    known: dict[ParsedFile, Doubts] = {}

    def doubts_of(file: ParsedFile) -> Doubts:
        if file not in known:
            parsed = tree if file is places.own else ast.parse("".join(file.lines))
            known[file] = Doubts(parsed, file.lines, places.of(file))
        return known[file]

    return doubts_of


def _about_class(claim: AboutInstances, places: Places, doubts_of: Callable[[ParsedFile], Doubts]) -> bool:
    if claim.cls is None:
        return False
    file = places.file(claim.cls.namespace.root.file)
    if doubts_of(file).about_class(claim.cls, claim.exact):
        return True
    place = project_of(str(file.path))
    return place is not None and may_be_pytree(claim.cls, claim.exact, file.path.resolve(), place[0])


def _calls(fault: Fault) -> list[cst.CSTNode]:
    """Return the calls that a claim is about: where it is reported, or what it mentions."""
    mentioned = [mention.node for mention in fault.mentions if mention.runs] if isinstance(fault, Mentioning) else []
    return mentioned or [fault.node]
