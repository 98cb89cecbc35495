"""Calls of one of several functions: what goes wrong with each of them goes wrong whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from jitlint.dataflow.lattice import join_all, operation
from jitlint.dataflow.state import Clue, Event, Scope, Sink, is_unknown
from jitlint.dataflow.values import UNKNOWN, Choice, Value

MAX_CHOICES = 8
"""Of more functions than this nothing is known."""

CallOne = Callable[[Scope, Value], Value]


def call_each(scope: Scope, form: Choice, call_one: CallOne) -> Value:
    """Call each function on its own; keep what all of them record, and what they return if it is of one kind."""
    if len(form.callees) > MAX_CHOICES:
        return UNKNOWN
    results: list[Value] = []
    recorded: list[tuple[Event, ...]] = []
    for callee in form.callees:
        # Where one of several applies jit, what it is applied to may ask which it is.
        alone = replace(scope, events={}, undecided=scope.undecided or not scope.tracing)
        results.append(call_one(alone, callee))
        recorded.append(tuple(alone.events))
    for event in recorded[0]:
        if all(_has_like(event, others) for others in recorded[1:]):
            scope.record(event)
    return _common(results)


def _has_like(event: Event, others: Iterable[Event]) -> bool:
    """Whether another function needs the same parameter, or shows the same of it."""
    if isinstance(event, Sink):
        return any(isinstance(o, Sink) and (o.origin, o.names) == (event.origin, event.names) for o in others)
    if isinstance(event, Clue):
        return any(isinstance(o, Clue) and (o.evidence, o.name) == (event.evidence, event.name) for o in others)
    return False


def _common(results: Sequence[Value]) -> Value:
    """Return what comes back whichever function it is; nothing is known of what is traced from some of them only."""
    if any(map(is_unknown, results)) or len({operation(value).traced for value in results}) > 1:
        return UNKNOWN
    return join_all(results)
