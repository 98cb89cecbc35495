"""The text of a file: what is blanked before the parse, the parse, and positions once there is something to report."""

from __future__ import annotations

import os
from collections.abc import Sequence
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

    def __init__(
        self, module: cst.Module, filename: str, others: Sequence[tuple[Path, Sequence[tuple[cst.Module, int]]]]
    ) -> None:
        """Take the linted file, and the parsed parts of other files with the number of lines before each."""
        self._own = positions(module)
        self._folder = Path(filename).resolve().parent
        self._others = others
        self._read: dict[int, dict[cst.CSTNode, CodeRange]] = {}

    def __getitem__(self, node: cst.CSTNode) -> Place:
        """Return the place of a node. Raises KeyError for one of no file."""
        found = self._own.get(node)
        if found is not None:
            return Place(found.start.line, found.start.column)
        for path, chunks in self._others:
            for chunk, before in chunks:
                place = self._positions(chunk).get(node)
                if place is not None:
                    return Place(place.start.line + before, place.start.column, self._name(path))
        raise KeyError(node)

    def _positions(self, chunk: cst.Module) -> dict[cst.CSTNode, CodeRange]:
        found = self._read.get(id(chunk))
        if found is None:
            found = self._read[id(chunk)] = positions(chunk)
        return found

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self._folder)).as_posix()
