"""What jit makes of an instance of a pytree class: its leaves are traced, its static attributes are as they were."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.annotated_classes import is_made_to_be_derived, named_class
from jitlint.dataflow.annotations import Annotated, is_optional, read_annotation
from jitlint.dataflow.derivations import is_derived
from jitlint.dataflow.pytree_fields import fields_of
from jitlint.dataflow.state import Analysis, Scope
from jitlint.dataflow.values import STATIC, UNKNOWN, Class, Instance, Origin, Shapeless, Value

MAX_DEPTH = 3
"""Pytrees inside of pytrees further down are unknown."""


def traced_instance(
    analysis: Analysis, cls: Class, origins: frozenset[Origin], exact: bool = False, depth: int = 0
) -> Instance | None:
    """Return a traced instance of a class whose leaves are known; None for any other class.

    exact: it is known to be of this class, not of a derived one.
    """
    key = (cls, origins, exact, depth)
    if key not in analysis.traced_instances:
        # A class that holds itself is unknown inside.
        analysis.traced_instances[key] = None
        analysis.traced_instances[key] = _make(analysis, cls, origins, exact, depth)
    return analysis.traced_instances[key]


def _make(analysis: Analysis, cls: Class, origins: frozenset[Origin], exact: bool, depth: int) -> Instance | None:
    fields = fields_of(cls, analysis.models)
    if fields is None or depth > MAX_DEPTH:
        return None
    if not exact and (any(map(is_made_to_be_derived, cls.lineage())) or is_derived(analysis, cls)):
        return None
    inside = frozenset(Origin(origin.name, True) for origin in origins)
    scope = Scope(analysis, cls.namespace.root)
    leaves = tuple((name, _leaf(scope, annotation, inside, depth)) for name, annotation in fields.leaves)
    return Instance(cls, (*leaves, *((name, STATIC) for name in sorted(fields.static))), exact)


def _leaf(scope: Scope, annotation: cst.BaseExpression | None, origins: frozenset[Origin], depth: int) -> Value:
    """Return the value of a leaf, as far as its annotation tells what it is."""
    kind = read_annotation(scope, annotation)
    if kind is Annotated.OBJECT:
        named = named_class(scope, annotation)
        nested = (
            None
            if named is None or named.optional
            else traced_instance(scope.analysis, named.cls, origins, depth=depth + 1)
        )
        return UNKNOWN if nested is None else Value(form=nested)
    if kind in (Annotated.TEXT, Annotated.CALLABLE, Annotated.DTYPE):
        # jit refuses the instance as a whole.
        return UNKNOWN
    if kind is Annotated.ARRAY and not is_optional(annotation):
        return Value(origins, staged=True, form=Shapeless.ARRAY)
    # The truth of what may be None or a container is its own affair.
    number = kind is Annotated.NUMBER and not is_optional(annotation)
    return Value(origins, form=Shapeless.LEAF if number else Shapeless.TREE)
