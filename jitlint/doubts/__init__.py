"""Reasons to be silent about a fault, read from Python's own syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import libcst as cst

from jitlint.doubts.doubts import Doubts, wrapped_functions
from jitlint.faults import AboutInstances, Certainty, Fault, Mentioning
from jitlint.faults.fault import AboutArgument
from jitlint.source import ParsedFile, Places

__all__ = ["undoubted"]


def undoubted(faults: Sequence[Fault], tree: ast.Module, places: Places) -> list[Fault]:
    """Return the faults that nothing speaks against, neither in the linted file nor in that of the jit site.

    tree: the syntax tree of the linted file.
    """
    known: dict[ParsedFile, Doubts] = {}

    def doubts_of(file: ParsedFile) -> Doubts:
        if file not in known:
            parsed = tree if file is places.own else ast.parse("".join(file.lines))
            known[file] = Doubts(parsed, file.lines, places.of(file))
        return known[file]

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
        if _about_class(fault):
            return False
        return fault.certainty is not Certainty.CALL or not any(map(doubts_of(places.own).about_call, _calls(fault)))

    def _about_class(fault: Fault) -> bool:
        if not isinstance(fault, AboutInstances) or fault.cls is None:
            return False
        # What this file does with a class of another one is not asked.
        own = places.file(fault.cls.namespace.root.file) is places.own
        return not own or doubts_of(places.own).about_class(fault.cls, fault.exact)

    return [fault for fault in faults if stands(fault)]


def _calls(fault: Fault) -> list[cst.CSTNode]:
    """Return the calls that a claim is about: where it is reported, or what it mentions."""
    mentioned = [mention.node for mention in fault.mentions if mention.runs] if isinstance(fault, Mentioning) else []
    return mentioned or [fault.node]
