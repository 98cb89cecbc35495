"""The text of a file: what is blanked before the parse, the parse, and positions once there is something to report."""

from __future__ import annotations

from collections.abc import Sequence

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
