"""Which of the removed arguments are found again at their jit sites, and how the others were missed."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.real_code.declarations import Declaration
from benchmarks.real_code.linting import Report
from benchmarks.real_code.scopes import Function

BY_DEFAULT = "default codes"
BY_JIT901 = "JIT901"
MISSED = "missed"


@dataclass(frozen=True, slots=True, order=True)
class Argument:
    """An argument that was declared static: where, of which function, and how jitlint took its removal.

    found: BY_DEFAULT, BY_JIT901 or MISSED. hint: what can be said of a missed one without reading the code.
    """

    package: str
    path: str
    line: int
    function: str
    name: str
    found: str
    hint: str = ""


def recalled(package: str, removed: Iterable[tuple[str, Declaration]], reports: Iterable[Report]) -> Iterator[Argument]:
    """Look for each removed argument among the findings in the copy."""
    by_path: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.package == package:
            by_path[report.path].append(report)
    for path, declaration in removed:
        in_file = by_path[path]
        at_site = [report for report in in_file if declaration.line <= report.line <= declaration.end_line]
        for name in declaration.parameters:
            codes = {report.code for report in at_site if report.subject == name}
            if any(code.startswith("JIT1") for code in codes):
                found, hint = BY_DEFAULT, ""
            elif BY_JIT901 in codes:
                found, hint = BY_JIT901, ""
            else:
                found, hint = MISSED, _hint(declaration, name, in_file)
            yield Argument(package, path, declaration.line, declaration.name, name, found, hint)


def _hint(declaration: Declaration, name: str, in_file: Iterable[Report]) -> str:
    cited = f"(reached from line {declaration.line}"
    if any(report.code.startswith("JIT4") and report.subject == name and cited in report.message for report in in_file):
        return "reported at the sink (JIT4xx)"
    uses = _uses(declaration.function, name)
    if uses is None:
        return "never used"
    if uses <= {"called"}:
        return "only called"
    if uses <= {"called", "attribute"}:
        return "only attributes"
    return ""


def _uses(function: Function | ast.Lambda, name: str) -> set[str] | None:
    """How a function uses a parameter; None if it does not."""
    body = function.body if isinstance(function.body, list) else [function.body]
    nodes = [node for statement in body for node in ast.walk(statement)]
    parents = {child: node for node in nodes for child in ast.iter_child_nodes(node)}
    kinds = set()
    for node in nodes:
        if isinstance(node, ast.Name) and node.id == name:
            parent = parents.get(node)
            if isinstance(parent, ast.Call) and parent.func is node:
                kinds.add("called")
            else:
                kinds.add("attribute" if isinstance(parent, ast.Attribute) else "other")
    return kinds or None
