"""What is known of a traced parameter: from its uses, its annotation and the calls in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.annotations import Annotated, read_annotation
from jitlint.dataflow.expressions import evaluate
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.lattice import is_number, join_all
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.records import class_fields, is_named_tuple
from jitlint.dataflow.rejected import rejected, rejected_class
from jitlint.dataflow.state import Analysis, CallInSight, Clue, Event, Evidence, Scope
from jitlint.dataflow.values import STATIC, Class, Constant, Display, Form, Instance, Mapping, Origin, Shapeless, Value


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that tells what a parameter is: uses, annotation, calls."""

    parameter: Parameter
    uses: frozenset[Evidence]
    annotated: Annotated | None
    given: tuple[Value, ...]
    record: Class | None = None
    """The NamedTuple of the file that the annotation names."""
    object_call: cst.CSTNode | None = None
    """A call that passes what jit rejects as an argument: a string, a function, a class, a dtype."""
    object_given: Value | None = None
    """What it passes."""
    elsewhere: bool = False
    """The function is in another file."""

    @property
    def is_left_out(self) -> bool:
        """Whether every call in sight leaves the parameter to its default. A flag exists to be passed."""
        parameter = self.parameter
        return parameter.optional and not self.given and not self.is_flag

    @property
    def is_flag(self) -> bool:
        """Whether the default is False or True, and the function is one that this file has for its calls."""
        default = self.parameter.default
        return not self.elsewhere and isinstance(default, cst.Name) and default.value in ("True", "False")

    @property
    def is_array(self) -> bool:
        if self.annotated is Annotated.ARRAY or any(_is_array(value) for value in self.given):
            return True
        containers = any(isinstance(value.form, Display) for value in self.given)
        return Evidence.ARRAY in self.uses and not containers and self.annotated is not Annotated.CONTAINER

    @property
    def is_number(self) -> bool:
        return self.annotated is Annotated.NUMBER or any(is_number(value.form) for value in self.given)

    @property
    def is_container(self) -> bool:
        """Whether its truth is its own affair."""
        if self.annotated in (Annotated.CONTAINER, Annotated.OBJECT, Annotated.CALLABLE):
            return True
        if self.uses & {Evidence.CONTAINER, Evidence.OBJECT, Evidence.CALLED}:
            return True
        return any(isinstance(value.form, (Display, Mapping, Instance)) for value in self.given)

    @property
    def is_text(self) -> bool:
        return self.annotated in (Annotated.TEXT, Annotated.DTYPE)


def _is_array(value: Value) -> bool:
    if value.form in (Shapeless.ARRAY, Shapeless.MASK):
        # Arithmetic on a traced parameter may be a number yet.
        return value.staged or not value.origins
    return value.form is Shapeless.NUMPY


def gather(
    analysis: Analysis,
    parameter: Parameter,
    events: Iterable[Event],
    calls: Sequence[CallInSight],
    frame: Frame | None = None,
) -> Known:
    """Put together what is known of a parameter. frame: where its annotation is written; None for the module."""
    uses = frozenset(e.evidence for e in events if isinstance(e, Clue) and e.name == parameter.name)
    pairs = [(dict(c.arguments)[parameter.name], c.node) for c in calls if parameter.name in dict(c.arguments)]
    pairs = [(value, node) for value, node in pairs if value.form != Constant(None)]
    annotated = record = None
    if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        pairs = [(v, n) for v, n in pairs if isinstance(v.form, (Display, Mapping)) and (v.form.items or v.form.rest)]
    else:
        scope = Scope(analysis, analysis.module if frame is None else frame.root)
        annotated = read_annotation(scope, parameter.annotation)
        if isinstance(parameter.annotation, cst.Name):
            named = evaluate(scope, parameter.annotation).form
            record = named if isinstance(named, Class) and is_named_tuple(named) else None
    elsewhere = frame is not None and frame.root is not analysis.module
    if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        return Known(parameter, uses, annotated, tuple(value for value, _ in pairs), elsewhere=elsewhere)
    given, refused = next(((v, n) for v, n in pairs if rejected(v, analysis.models)), (None, None))
    return Known(parameter, uses, annotated, tuple(value for value, _ in pairs), record, refused, given, elsewhere)


def parameter_form(known: Known, origins: frozenset[Origin]) -> Form | None:
    """Return what kind of object a traced parameter is, as far as its annotation and the calls in sight tell."""
    if not origins:
        return None
    is_object = known.object_given is not None and rejected_class(known.object_given) is None
    if is_object or known.annotated in (Annotated.TEXT, Annotated.CALLABLE):
        return Shapeless.OBJECT
    shown = [value for value in known.given if not value.traced]
    if (
        shown
        and len(shown) == len(known.given)
        and all(isinstance(v.form, (Display, Mapping, Instance)) for v in shown)
    ):
        return join_all([_traced_like(value, origins, False) for value in shown]).form
    if known.record is not None:
        fields = tuple((field.name, _traced_like(STATIC, origins, True)) for field in class_fields(known.record.node))
        return Instance(known.record, fields)
    return Shapeless.TREE if known.annotated is Annotated.CONTAINER else None


def _traced_like(value: Value, origins: frozenset[Origin], inside: bool) -> Value:
    """Return a traced value of the structure that a call in sight passes."""
    form = value.form
    if isinstance(form, Display):
        rest = None if form.rest is None else _traced_like(form.rest, origins, inside)
        return Value(form=Display(form.kind, tuple(_traced_like(item, origins, inside) for item in form.items), rest))
    if isinstance(form, Mapping):
        items = tuple((key, _traced_like(item, origins, True)) for key, item in form.items)
        return Value(form=Mapping(items, _traced_like(STATIC, origins, True)))
    if isinstance(form, Instance) and form.fields and is_named_tuple(form.cls):
        return Value(form=Instance(form.cls, tuple((k, _traced_like(v, origins, True)) for k, v in form.fields)))
    if isinstance(form, Instance):
        return Value(origins, form=form)
    if form == Constant(None):
        return value
    return Value(frozenset(Origin(origin.name, inside) for origin in origins), form=Shapeless.LEAF)
