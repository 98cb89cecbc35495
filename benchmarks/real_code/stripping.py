"""A copy of a package in which the static declarations are gone, and every line is where it was."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.real_code.declarations import STATIC, Declaration, declarations
from benchmarks.real_code.project import Project

# Arguments of jit that say what is the default anyway, so that they change nothing.
HARMLESS = ("inline=False", "keep_unused=False", "donate_argnums=()", "backend=None")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A declaration that stays as it is."""

    path: str
    line: int
    reason: str


def strip(root: Path, copy: Path) -> tuple[list[tuple[str, Declaration]], list[Unresolved]]:
    """Copy the Python files of a package without its static declarations.

    Returns each declaration that was removed with the path of its file in the package, and those that were not.
    """
    project = Project(root)
    removed: list[tuple[str, Declaration]] = []
    kept: list[Unresolved] = []
    shutil.rmtree(copy, ignore_errors=True)
    for path in project.files:
        relative = path.relative_to(root).as_posix()
        text = path.read_bytes()
        file = project.parsed(path) if b"static_arg" in text else None
        if file is not None:
            found = []
            for item in declarations(project, file):
                if isinstance(item, Declaration):
                    found.append(item)
                else:
                    kept.append(Unresolved(relative, *item))
            removed += [(relative, declaration) for declaration in found]
            text = without(text, found)
        target = copy / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)
    return removed, kept


def without(text: bytes, found: Sequence[Declaration]) -> bytes:
    """A file without these declarations: a harmless argument stands in the place of each."""
    starts = [0]
    for content in text.split(b"\n"):
        starts.append(starts[-1] + len(content) + 1)
    edits = sorted((edit for declaration in found for edit in _edits(declaration)), reverse=True)
    stripped = text
    for (line, column), (end_line, end_column), replacement in edits:
        begin, end = starts[line - 1] + column, starts[end_line - 1] + end_column
        stripped = stripped[:begin] + replacement + stripped[end:]
    if edits and _places(stripped) != _places(text):
        raise AssertionError("a definition has moved")
    return stripped


def _edits(declaration: Declaration) -> Iterator[tuple[tuple[int, int], tuple[int, int], bytes]]:
    keywords = [keyword for keyword in declaration.call.keywords if keyword.arg in STATIC]
    given = {keyword.arg for keyword in declaration.call.keywords}
    harmless = [text for text in HARMLESS if text.partition("=")[0] not in given]
    for number, keyword in enumerate(keywords):
        if number == 0 and declaration.keep:
            value = "0" if keyword.arg == "static_argnums" else repr(declaration.keep)
            text = f"{keyword.arg}={value}"
        else:
            text = harmless.pop(0)
        end_line = keyword.end_lineno or keyword.lineno
        breaks = "\n" * (end_line - keyword.lineno)
        # A backslash at the end of a line is not needed: this is inside of parentheses.
        end = (end_line, keyword.end_col_offset or 0)
        yield (keyword.lineno, keyword.col_offset), end, (text + breaks).encode()


def _places(text: bytes) -> list[tuple[str, int]]:
    """Each class and function of a file, and its line."""
    nodes = ast.walk(ast.parse(text))
    return [(node.name, node.lineno) for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]
