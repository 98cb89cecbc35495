"""The classes of docs/limits.md that the grammar reaches: where jitlint is known to differ from JAX.

A class is recognised by the productions that are left when the program has been made small, together with the kind of
the disagreement. It names as few productions as it can: a class that takes in other faults hides them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tests.oracle.agreement import Disagreement, Kind
from tests.oracle.tree import Program, productions


@dataclass(frozen=True, slots=True)
class Limit:
    """A known class.

    heading: its heading in docs/limits.md. kinds: how jitlint differs there.
    productions: one of them is left in the small program. errors: what JAX raises there, if the class is about that.
    """

    heading: str
    kinds: tuple[Kind, ...]
    productions: Collection[str]
    errors: Collection[str] = ()

    def takes_in(self, program: Program, disagreement: Disagreement) -> bool:
        """Whether a small program belongs to the class."""
        if disagreement.kind not in self.kinds or self.errors and disagreement.code not in self.errors:
            return False
        return not productions(program).isdisjoint(self.productions)


_MISSED = (Kind.MISSED, Kind.UNSEEN)
LIMITS: tuple[Limit, ...] = (
    Limit("Places in a shape that was extended", (*_MISSED, Kind.LINE), ("tuple.shape and more",)),
    Limit("Numbers from the end, and defaults", _MISSED, ("static.negative numbers",)),
    Limit(
        "Handlers of related errors",
        _MISSED,
        ("try.type error", "with.suppress"),
        ("NonConcreteBooleanIndexError", "IndexError"),
    ),
    Limit(
        "Handlers of related errors",
        _MISSED,
        ("try.tracer error",),
        ("TypeError", "TracerArrayConversionError", "TracerIntegerConversionError"),
    ),
    Limit(
        "Functions that are expected to fail",
        _MISSED,
        ("try.type error", "try.tracer error", "try.everything", "with.suppress"),
    ),
    Limit("Whether an argument can be called", (Kind.FALSE, Kind.FALSE_ARRAY, Kind.LINE), ("sanitizer.callable",)),
    # What comes behind the handler is reported in place of what it does not catch.
    Limit("Handlers of related errors", (Kind.LINE, Kind.FALSE_ARRAY), ("try.tracer error",)),
)


def limit_of(program: Program, disagreement: Disagreement) -> Limit | None:
    """The class that a small program belongs to."""
    return next((limit for limit in LIMITS if limit.takes_in(program, disagreement)), None)
