"""What the user sees."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Related:
    """A further place that belongs to a finding: a line (from 1) and what happens there."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One report: line from 1, column from 0 (both of the primary location), code and message."""

    line: int
    column: int
    code: str
    message: str
    related: tuple[Related, ...] = ()
