"""Which of the removed arguments are found again at their jit sites, and how the others were missed."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.real_code.declarations import Declaration
from benchmarks.real_code.linting import Report, lint_text
from benchmarks.real_code.scopes import Function
from benchmarks.real_code.stripping import without

BY_DEFAULT = "default codes"
BY_JIT901 = "JIT901"
MISSED = "missed"
ALONE = "found if only this declaration is missing"


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
            found = _found(at_site, name)
            hint = _hint(declaration, name, in_file) if found == MISSED else ""
            yield Argument(package, path, declaration.line, declaration.name, name, found, hint)


def found_alone(
    folder: Path, removed: Iterable[tuple[str, Declaration]], arguments: Iterable[Argument]
) -> Iterator[Argument]:
    """The arguments of one package. Those missed are looked for again, each declaration removed alone.

    Where jitted functions call each other, and none is declared, only the innermost one is to blame.
    """
    reports: dict[tuple[str, int], list[Report]] = {}
    declared = {(path, declaration.line): declaration for path, declaration in removed}
    for argument in arguments:
        site = (argument.path, argument.line)
        if argument.found == MISSED and argument.hint != "never used":
            declaration = declared[site]
            if site not in reports:
                text = without((folder / argument.path).read_bytes(), [declaration])
                found = lint_text(argument.package, folder, argument.path, text)
                reports[site] = [item for item in found if argument.line <= item.line <= declaration.end_line]
            if _found(reports[site], argument.name) != MISSED:
                yield replace(argument, hint=ALONE)
                continue
        yield argument


def _found(at_site: Iterable[Report], name: str) -> str:
    codes = {report.code for report in at_site if report.subject == name}
    if any(code.startswith("JIT1") for code in codes):
        return BY_DEFAULT
    return BY_JIT901 if BY_JIT901 in codes else MISSED


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
