"""Functions of Python and its library that tell or test what they are given; the rest of them are models."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import is_leaf, is_static_number, items_in_order, length
from jitlint.dataflow.guards import truth
from jitlint.dataflow.iterables import MAKERS, Handler
from jitlint.dataflow.lattice import (
    display,
    is_text,
    literal,
    operation,
    with_form,
)
from jitlint.dataflow.sinks import reach, reach_truth
from jitlint.dataflow.state import Scope
from jitlint.dataflow.type_tests import has_attribute, is_instance
from jitlint.dataflow.values import (
    NUMBER,
    STATIC,
    TEXT,
    UNKNOWN,
    Class,
    Constant,
    Display,
    Instance,
    Library,
    Mapping,
    Partial,
    Shapeless,
    SinkKind,
    Super,
    TypeOf,
    Value,
)


def _format(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    spec = arguments.given(1, "format_spec")
    if spec is not None and not (isinstance(spec.form, Constant) and not spec.form.value):
        reach(scope, SinkKind.CONVERSION, arguments.positional[0], node, f"is formatted as a number by {label}")
    return TEXT


def _len(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    return length(arguments.positional[0]) if arguments.positional else UNKNOWN


def _isinstance(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if len(arguments.positional) != 2:
        return STATIC
    value, classes = arguments.positional
    known = is_instance(with_form(value, Shapeless.ARRAY) if is_leaf(scope, value) and value.traced else value, classes)
    return STATIC if known is None else literal(known)


def _any_or_all(word: bool) -> Handler:
    def decide(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
        items = items_in_order(arguments.positional[0]) if arguments.positional else None
        if items is None:
            return None
        known = True
        for item in items:
            reach_truth(scope, item, node, f"is tested by {label}")
            outcome = truth(item)
            if outcome is word:
                return literal(word)
            known = known and outcome is not None
        return literal(not word) if known else STATIC

    return decide


def _isscalar(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    return literal(False) if arguments.positional and arguments.positional[0].surely_traced else None


def _psum(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    # The size of an axis, as everybody writes it: the sum of a Python number is a Python number.
    return NUMBER if arguments.positional and is_static_number(arguments.positional[0]) else None


def _hasattr(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if len(arguments.positional) != 2:
        return None
    value, name = arguments.positional
    known = has_attribute(value, name)
    if known is None:
        return None if name.traced else STATIC
    return literal(known)


def _text(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    return TEXT


def _type(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if len(arguments.positional) == 1 and isinstance(arguments.positional[0].form, Instance):
        return Value(form=arguments.positional[0].form.cls)
    if len(arguments.positional) != 1:
        return UNKNOWN
    value = arguments.positional[0]
    return Value(form=TypeOf(value)) if value.surely_traced else STATIC


def _super(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    """Without arguments: of the class that the method stands in, and of its first argument."""
    function = scope.function
    if len(arguments.positional) == 2:
        cls, receiver = arguments.positional
        return Value(form=Super(cls.form, receiver)) if isinstance(cls.form, Class) else UNKNOWN
    if arguments.positional or function is None or function.owner is None or not function.definition.parameters:
        return UNKNOWN
    first = scope.frame.lookup(function.definition.parameters[0].name)
    return UNKNOWN if first is None else Value(form=Super(function.owner, first))


def _callable(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    value = arguments.positional[0] if arguments.positional else UNKNOWN
    form = value.form
    if isinstance(form, Class):
        return literal(True)
    never = is_leaf(scope, value) or is_text(form) or isinstance(form, (Display, Mapping))
    return literal(False) if never else STATIC


def _same(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    return arguments.positional[0] if arguments.positional else UNKNOWN


def _second(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    return arguments.positional[1] if len(arguments.positional) == 2 else UNKNOWN


def _replace_fields(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if not arguments.positional or not isinstance(arguments.positional[0].form, Instance):
        return UNKNOWN
    form = arguments.positional[0].form
    fields = {**dict(form.fields), **dict(arguments.keywords)}
    return Value(form=replace(form, fields=tuple(fields.items())))


def _as_dict(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    fields = _plain_fields(arguments)
    return UNKNOWN if fields is None else Value(form=Mapping(fields, certain=True))


def _as_tuple(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    fields = _plain_fields(arguments)
    return UNKNOWN if fields is None else display("tuple", (value for _, value in fields), certain=True)


def _plain_fields(arguments: Arguments) -> tuple[tuple[str, Value], ...] | None:
    """Return the fields of a dataclass that holds no other one, which would be opened too."""
    form = arguments.positional[0].form if len(arguments.positional) == 1 else None
    if not isinstance(form, Instance) or any(isinstance(value.form, Instance) for _, value in form.fields):
        return None
    return form.fields or None


def _dataclass(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if arguments.positional:
        return arguments.positional[0]
    return Value(form=Partial(Value(form=Library("dataclasses.dataclass")), (), arguments.keywords))


def _int(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    form = arguments.positional[0].form if len(arguments.positional) == 1 else None
    if isinstance(form, Constant) and isinstance(form.value, (int, float)) and form.value == form.value // 1:
        return literal(int(form.value))
    return None


def _sum(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    """A sum that starts at 0 is a number or an array: a container can't be added to it."""
    given = arguments.positional
    if len(given) != 1 or arguments.keywords or arguments.star is not None or isinstance(given[0].form, Mapping):
        return None
    total = operation(given[0])
    return with_form(total, Shapeless.ARRAY) if total.surely_traced else None


HANDLERS: dict[str, Handler] = {
    **MAKERS,
    "builtins.sum": _sum,
    "builtins.len": _len,
    "builtins.format": _format,
    "builtins.isinstance": _isinstance,
    "builtins.any": _any_or_all(True),
    "builtins.all": _any_or_all(False),
    "numpy.isscalar": _isscalar,
    **dict.fromkeys(("jax.lax.psum", "jax.lax.pmax", "jax.lax.pmin", "jax.lax.pmean"), _psum),
    "builtins.hasattr": _hasattr,
    "builtins.str": _text,
    "builtins.repr": _text,
    "builtins.int": _int,
    "builtins.type": _type,
    "builtins.super": _super,
    "builtins.callable": _callable,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "typing.cast": _second,
    "dataclasses.dataclass": _dataclass,
    "dataclasses.replace": _replace_fields,
    "dataclasses.asdict": _as_dict,
    "dataclasses.astuple": _as_tuple,
}
