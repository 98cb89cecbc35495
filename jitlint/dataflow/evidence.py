"""What is known of a traced parameter: from its uses, its annotation and the calls in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import libcst as cst

from jitlint.calls_elsewhere import Passage
from jitlint.dataflow.annotated_classes import NamedClass, final_instance, is_no_pytree, named_class, opaque_class
from jitlint.dataflow.annotations import Annotated, read_annotation
from jitlint.dataflow.frames import File, Frame
from jitlint.dataflow.lattice import is_number, is_text, join_all, parts
from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.records import is_named_tuple
from jitlint.dataflow.rejected import rejected, rejected_class
from jitlint.dataflow.sinks import CAUGHT_BY
from jitlint.dataflow.state import Analysis, CallInSight, Clue, Event, Evidence, Scope
from jitlint.dataflow.traced_instances import traced_instance
from jitlint.dataflow.values import (
    STATIC,
    Class,
    Constant,
    Display,
    Form,
    Instance,
    Mapping,
    Origin,
    Shapeless,
    SinkKind,
    Value,
)
from jitlint.models import Models


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that tells what a parameter is: uses, annotation, calls."""

    parameter: Parameter
    uses: frozenset[Evidence]
    annotated: Annotated | None
    given: tuple[Value, ...]
    object_call: cst.CSTNode | None = None
    """A call that passes what jit rejects as an argument: a string, a function, a class, a dtype."""
    object_given: Value | None = None
    """What it passes."""
    object_said: str = ""
    """The same in words."""
    file: File | None = None
    """The file that the function is in, None for the linted one."""
    named: NamedClass | None = None
    """The class that the annotation names, where nothing that calls give speaks against it."""
    plain: Class | None = None
    """The same, if it is visibly no pytree."""
    opaque: str = ""
    """The class of another package that the annotation names, if jit refuses its instances."""
    passed: Passage | None = None
    """A call in another file that passes it."""

    @property
    def is_left_out(self) -> bool:
        """Whether every call in sight leaves the parameter to its default. A flag exists to be passed."""
        return self.is_unpassed and not self.is_flag

    @property
    def is_unpassed(self) -> bool:
        """Whether every call in sight leaves the parameter to its default."""
        return self.parameter.optional and not self.given and self.passed is None

    @property
    def is_flag(self) -> bool:
        """Whether the default is False or True, and the function is one that this file has for its calls."""
        default = self.parameter.default
        return self.file is None and isinstance(default, cst.Name) and default.value in ("True", "False")

    @property
    def is_array(self) -> bool:
        if self.annotated is Annotated.ARRAY or any(_is_array(value) for value in self.given):
            return True
        containers = any(isinstance(value.form, Display) for value in self.given)
        return Evidence.ARRAY in self.uses and not containers and self.annotated is not Annotated.CONTAINER

    @property
    def is_number(self) -> bool:
        shown = self.annotated is Annotated.NUMBER or Evidence.NUMBER in self.uses
        return shown or any(is_number(value.form) for value in self.given)

    @property
    def is_leaf(self) -> bool:
        """Whether every call in sight gives a number or an array."""
        return bool(self.given) and all(is_number(value.form) or _is_array(value) for value in self.given)

    @property
    def holds_leaves(self) -> bool:
        """Whether every call in sight gives a container of numbers and arrays."""
        are_containers = all(isinstance(value.form, (Display, Mapping)) for value in self.given)
        leaves = [part for value in self.given for part in parts(value)]
        return bool(leaves) and are_containers and all(is_number(part.form) or _is_array(part) for part in leaves)

    @property
    def is_container(self) -> bool:
        """Whether its truth is its own affair."""
        if self.annotated in (Annotated.CONTAINER, Annotated.OBJECT, Annotated.CALLABLE):
            return True
        if self.uses & {Evidence.CONTAINER, Evidence.OBJECT, Evidence.CALLED}:
            return True
        if isinstance(self.parameter.default, (cst.Tuple, cst.List, cst.Dict)) and not self.is_number:
            return True
        return any(isinstance(value.form, (Display, Mapping, Instance)) for value in self.given)

    @property
    def may_be_container(self) -> bool:
        """Whether it is optional, and nothing shows a number or an array: `if options:` may ask a dict."""
        default = self.parameter.default
        if self.is_number or self.is_array or self.passed is not None and self.passed.is_number:
            return False
        if isinstance(default, cst.Name) and default.value == "None":
            return True
        return self.passed is not None and not self.given and not isinstance(default, (cst.Integer, cst.Float))

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
    passed: Passage | None = None,
) -> Known:
    """Put together what is known of a parameter.

    frame: where its annotation is written; None for the module. passed: a call in another file that passes it.
    """
    uses = frozenset(e.evidence for e in events if isinstance(e, Clue) and e.name == parameter.name)
    pairs = [(dict(c.arguments)[parameter.name], c) for c in calls if parameter.name in dict(c.arguments)]
    pairs = [(value, c) for value, c in pairs if value.form != Constant(None)]
    annotated = named_by = None
    opaque = ""
    if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        pairs = [(v, c) for v, c in pairs if isinstance(v.form, (Display, Mapping)) and (v.form.items or v.form.rest)]
    else:
        scope = Scope(analysis, analysis.module if frame is None else frame.root)
        annotated = read_annotation(scope, parameter.annotation)
        if annotated is Annotated.OBJECT:
            named_by = named_class(scope, parameter.annotation)
            opaque = "" if named_by is not None else opaque_class(scope, parameter.annotation)
        if any(_is_something_else(value) for value, _ in pairs):
            named_by, opaque = None, ""
    file = None if frame is None or frame.root is analysis.module else frame.root.file
    expected = CAUGHT_BY[SinkKind.OBJECT]
    own = [(value, c) for value, c in pairs if c.file is None and not c.catching & expected]
    if parameter.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD):
        # What is rejected then is one of several arguments.
        own = []
    said = ((value, c.node, rejected(value, analysis.models, c.written(parameter.name))) for value, c in own)
    given, refused, what = next((found for found in said if found[2]), (None, None, ""))
    values = tuple(value for value, _ in pairs)
    plain = named_by.cls if named_by is not None and is_no_pytree(named_by.cls, analysis.models) else None
    return Known(parameter, uses, annotated, values, refused, given, what, file, named_by, plain, opaque, passed)


def _is_something_else(value: Value) -> bool:
    """Whether a call gives what is certainly no instance of a class of the project."""
    return isinstance(value.form, (Display, Mapping)) or _is_array(value) or is_number(value.form)


def parameter_form(analysis: Analysis, known: Known, origins: frozenset[Origin]) -> Form | None:
    """Return what kind of object a parameter is, as far as its annotation and the calls in sight tell.

    Of a static one: an instance of the class that it is annotated as, or a string, which no other jit takes.
    """
    if not origins:
        is_string = bool(known.given) and all(is_text(value.form) for value in known.given)
        return Shapeless.TEXT if is_string else final_instance(analysis, known.named)
    if _is_object(known, analysis.models) or known.annotated in (Annotated.TEXT, Annotated.CALLABLE):
        return Shapeless.OBJECT
    shown = [value for value in known.given if not value.traced]
    objects = [value for value in shown if isinstance(value.form, Instance)]
    if objects and all(value.form is Shapeless.TREE for value in known.given if value not in objects):
        # `state = step(state)`: what jit gives back is what it was given.
        shown = objects
    elif len(shown) < len(known.given):
        shown = []
    if shown and all(isinstance(v.form, (Display, Mapping, Instance)) for v in shown):
        return join_all([_traced_like(analysis, value, origins, False) for value in shown]).form
    if known.named is not None and not known.named.optional:
        if known.plain is not None:
            return final_instance(analysis, known.named)
        traced = traced_instance(analysis, known.named.cls, origins)
        if traced is not None:
            return traced
    return Shapeless.TREE if known.annotated is Annotated.CONTAINER else None


def _is_object(known: Known, models: Models) -> bool:
    value = known.object_given
    return (
        value is not None and rejected_class(value, models) is None and not isinstance(value.form, (Display, Mapping))
    )


def _traced_like(analysis: Analysis, value: Value, origins: frozenset[Origin], inside: bool) -> Value:
    """Return a traced value of the structure that a call in sight passes."""
    form = value.form
    if isinstance(form, Display):
        rest = None if form.rest is None else _traced_like(analysis, form.rest, origins, inside)
        items, last = (
            tuple(_traced_like(analysis, item, origins, inside) for item in side) for side in (form.items, form.last)
        )
        return Value(form=Display(form.kind, items, rest, last=last))
    if isinstance(form, Mapping):
        pairs = tuple((key, _traced_like(analysis, item, origins, True)) for key, item in form.items)
        return Value(form=Mapping(pairs, _traced_like(analysis, STATIC, origins, True)))
    if isinstance(form, Instance) and form.fields and is_named_tuple(form.cls):
        return Value(
            form=Instance(form.cls, tuple((k, _traced_like(analysis, v, origins, True)) for k, v in form.fields))
        )
    if isinstance(form, Instance):
        traced = traced_instance(analysis, form.cls, origins, form.exact)
        return Value(origins, form=form) if traced is None else Value(form=traced)
    if form == Constant(None):
        return value
    return Value(frozenset(Origin(origin.name, inside) for origin in origins), form=Shapeless.LEAF)
