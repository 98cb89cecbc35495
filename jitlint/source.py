"""The text of a file: what is blanked before the parse, the parse, and positions once there is something to report."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider


def blanked(lines: Sequence[str], ranges: Sequence[tuple[int, int]]) -> str:
    """Return the text with the line ranges (from 1, both ends in) emptied; all other lines stay where they are."""
    kept = list(lines)
    for first, last in ranges:
        kept[first - 1 : last] = ["\n"] * (last - first + 1)
    return "".join(kept)


def parse(text: str) -> cst.Module:
    """Parse a file. Raises libcst.ParserSyntaxError, and RecursionError where it is nested too deep."""
    return cst.parse_module(text)


def positions(module: cst.Module) -> dict[cst.CSTNode, CodeRange]:
    """Return where each node stands: lines from 1, columns from 0. Raises RecursionError as `parse` does."""
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    try:
        return dict(wrapper.resolve(PositionProvider))
    except KeyError as error:
        # libcst's provider loses the RecursionError on the way out.
        raise RecursionError("nested too deep") from error


@dataclass(frozen=True, slots=True, eq=False)
class ParsedFile:
    """A file as far as it is parsed.

    lines: with their ends. chunks: the parsed parts, each with the number of lines before it.
    """

    path: Path
    lines: Sequence[str]
    chunks: Sequence[tuple[cst.Module, int]]

    def positions(self) -> dict[cst.CSTNode, CodeRange]:
        """Return where the parsed nodes stand in the file."""
        found: dict[cst.CSTNode, CodeRange] = {}
        for chunk, before in self.chunks:
            for node, place in positions(chunk).items():
                found[node] = _moved(place, before)
        return found


def _moved(place: CodeRange, lines: int) -> CodeRange:
    if not lines:
        return place
    start, end = place.start, place.end
    return CodeRange((start.line + lines, start.column), (end.line + lines, end.column))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: line from 1, column from 0. file: how another file is named, "" for the linted one."""

    line: int
    column: int
    file: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.file else f"line {self.line}"


class Places:
    """Where the nodes of a file stand, and those of the files that it imports."""

    def __init__(self, own: ParsedFile, others: Mapping[object, ParsedFile]) -> None:
        """Take the linted file, and the others by what the nodes' owners call their file."""
        self.own = own
        self.others = others
        self._folder = own.path.resolve().parent
        self._read: dict[ParsedFile, dict[cst.CSTNode, CodeRange]] = {}

    def place(self, node: cst.CSTNode, file: object = None) -> Place:
        """Return the place of a node. file: None for the linted one. Raises KeyError for a node of another."""
        parsed = self.file(file)
        start = self.of(parsed)[node].start
        name = "" if parsed is self.own else self.named(parsed.path, start.line).file
        return Place(start.line, start.column, name)

    def named(self, path: Path, line: int) -> Place:
        """Return a place by its file and line."""
        return Place(line, 0, Path(os.path.relpath(path, self._folder)).as_posix())

    def file(self, file: object) -> ParsedFile:
        """Return a file as far as it is parsed."""
        return self.others.get(file, self.own)

    def of(self, file: ParsedFile) -> dict[cst.CSTNode, CodeRange]:
        """Return where the nodes of one of the files stand."""
        found = self._read.get(file)
        if found is None:
            found = self._read[file] = file.positions()
        return found
