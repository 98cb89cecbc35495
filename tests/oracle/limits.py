"""The classes of docs/limits.md that the grammar reaches: where jitlint is known to differ from JAX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.agreement import Disagreement
from tests.oracle.tree import Program


@dataclass(frozen=True, slots=True)
class Limit:
    """A known class: its heading in docs/limits.md, and how a shrunk program of it is recognised."""

    heading: str
    recognises: Callable[[Program, Disagreement], bool]


LIMITS: tuple[Limit, ...] = ()


def limit_of(program: Program, disagreement: Disagreement) -> Limit | None:
    """The class that a shrunk program belongs to."""
    return next((limit for limit in LIMITS if limit.recognises(program, disagreement)), None)
