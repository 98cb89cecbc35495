"""Patterns of `match`: what they test and what they bind."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow import operators
from jitlint.dataflow.assignment import Evaluate
from jitlint.dataflow.containers import unpack
from jitlint.dataflow.guards import suppress, truth
from jitlint.dataflow.sinks import reach_truth
from jitlint.dataflow.state import Scope
from jitlint.dataflow.type_tests import asks_only_for_scalars, is_instance
from jitlint.dataflow.values import UNKNOWN, Constant, Display, Mapping, Value


def match(scope: Scope, subject: Value, pattern: cst.MatchPattern, evaluate: Evaluate) -> bool | None:
    """Match a value; bind the names. Return whether it fits, None if that is not known."""
    if isinstance(pattern, cst.MatchValue):
        test = operators.compare(scope, subject, cst.Equal(), evaluate(scope, pattern.value), pattern)
        reach_truth(scope, test, pattern, "is compared by match")
        return truth(test)
    if isinstance(pattern, cst.MatchSingleton):
        test = operators.compare(scope, subject, cst.Is(), evaluate(scope, pattern.value), pattern)
        return truth(test)
    if isinstance(pattern, cst.MatchAs):
        fits = True if pattern.pattern is None else match(scope, subject, pattern.pattern, evaluate)
        if pattern.name is not None:
            scope.frame.bind(pattern.name.value, subject)
        return fits
    if isinstance(pattern, cst.MatchOr):
        outcomes, before, ends = [], scope.suppressed, []
        for alternative in pattern.patterns:
            scope.suppressed = before
            outcomes.append(match(scope, subject, alternative.pattern, evaluate))
            ends.append(scope.suppressed)
        scope.suppressed = frozenset.intersection(*ends)
        return True if True in outcomes else None if None in outcomes else False
    if isinstance(pattern, (cst.MatchList, cst.MatchTuple)):
        return _match_sequence(scope, subject, pattern, evaluate)
    if isinstance(pattern, cst.MatchMapping):
        return _match_mapping(scope, subject, pattern, evaluate)
    if isinstance(pattern, cst.MatchClass):
        classes = evaluate(scope, pattern.cls)
        known = is_instance(subject, classes)
        if known is False:
            return False
        if asks_only_for_scalars(classes):
            suppress(scope, subject)
        for item in pattern.patterns:
            match(scope, UNKNOWN, item.value, evaluate)
        for keyword in pattern.kwds:
            match(scope, UNKNOWN, keyword.pattern, evaluate)
        return True if known and not pattern.patterns and not pattern.kwds else None
    return None


def _match_mapping(scope: Scope, subject: Value, pattern: cst.MatchMapping, evaluate: Evaluate) -> bool | None:
    form = subject.form
    for element in pattern.elements:
        key = evaluate(scope, element.key)
        found = form.get(key.form.value) if isinstance(form, Mapping) and isinstance(key.form, Constant) else None
        if found is None and isinstance(form, Mapping) and form.rest is None and form.certain:
            return False
        match(scope, found or UNKNOWN, element.pattern, evaluate)
    return None


def _match_sequence(
    scope: Scope, subject: Value, pattern: cst.MatchList | cst.MatchTuple, evaluate: Evaluate
) -> bool | None:
    elements = pattern.patterns
    star = next((i for i, element in enumerate(elements) if isinstance(element, cst.MatchStar)), None)
    form = subject.form
    if isinstance(form, Display) and form.rest is None:
        length = len(form.items)
        if length < len(elements) - (star is not None) or star is None and length != len(elements):
            return False
    outcomes: list[bool | None] = []
    for element, item in zip(elements, unpack(subject, len(elements), star)):
        if isinstance(element, cst.MatchStar):
            if element.name is not None:
                scope.frame.bind(element.name.value, item)
        elif isinstance(element, cst.MatchSequenceElement):
            outcomes.append(match(scope, item, element.value, evaluate))
    known = isinstance(form, Display) and form.rest is None and all(outcome is True for outcome in outcomes)
    return False if False in outcomes else True if known else None
