"""Which of the removed arguments are found again at their jit sites, and how the others were missed."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.real_code.declarations import Declaration
from benchmarks.real_code.linting import Report
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


def texts_alone(
    folder: Path, removed: Sequence[tuple[str, Declaration]], arguments: Iterable[Argument]
) -> list[tuple[str, bytes]]:
    """Path and text of the files of a package with one declaration removed, for each that has a missed argument.

    Where jitted functions call each other, and none is declared, only the innermost one is to blame.
    """
    wanted = _sites_missed(arguments)
    sites = [(path, declaration) for path, declaration in removed if (path, declaration.line) in wanted]
    return [(path, without((folder / path).read_bytes(), [declaration])) for path, declaration in sites]


def found_alone(
    removed: Sequence[tuple[str, Declaration]], arguments: Sequence[Argument], reports: Sequence[Sequence[Report]]
) -> Iterator[Argument]:
    """The arguments of a package; those missed are marked that are found in the texts of `texts_alone`."""
    wanted = _sites_missed(arguments)
    sites = [(path, declaration) for path, declaration in removed if (path, declaration.line) in wanted]
    found: dict[tuple[str, int], list[Report]] = {}
    for (path, declaration), of_text in zip(sites, reports, strict=True):
        at_site = [report for report in of_text if declaration.line <= report.line <= declaration.end_line]
        found[path, declaration.line] = at_site
    for argument in arguments:
        at_site = found.get((argument.path, argument.line), [])
        alone = argument.found == MISSED and _found(at_site, argument.name) != MISSED
        yield replace(argument, hint=ALONE) if alone else argument


def _sites_missed(arguments: Iterable[Argument]) -> set[tuple[str, int]]:
    return {(item.path, item.line) for item in arguments if item.found == MISSED and item.hint != "never used"}


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
