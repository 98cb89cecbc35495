"""Reasons to be silent about a fault, read from Python's own syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jitlint.doubts.doubts import Doubts, wrapped_functions
from jitlint.faults import Certainty, Fault
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
        file = places.file_of(fault.site.node)
        if file is None or doubts_of(file).about_site(fault.site):
            return False
        for function in wrapped_functions(fault.site.callee):
            home = places.file_of(function.definition.node)
            if home is None or doubts_of(home).function_varies(function):
                return False
        return fault.certainty is not Certainty.CALL or not doubts_of(places.own).about_call(fault.node)

    return [fault for fault in faults if stands(fault)]
