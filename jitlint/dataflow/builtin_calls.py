"""Python's own functions that keep, open or test containers; the rest of them are models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import elements, is_static_number, items_in_order, length, mixes_places
from jitlint.dataflow.guards import truth
from jitlint.dataflow.lattice import (
    MAX_ITEMS,
    display,
    is_number,
    is_text,
    join_optional,
    literal,
    operation,
    with_form,
)
from jitlint.dataflow.sequences import turn_around
from jitlint.dataflow.sinks import count, reach, reach_truth
from jitlint.dataflow.state import Scope
from jitlint.dataflow.type_tests import has_attribute, is_instance
from jitlint.dataflow.values import (
    NONE,
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

Handler = Callable[[Scope, Arguments, cst.CSTNode, str], "Value | None"]
"""Returns the result, or None to leave the call to the model."""


def _as_display(kind: str, certain: bool = True) -> Handler:
    """Make what opens its argument. certain: what comes back is of this kind, not only used as one."""

    def make(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
        if not arguments.positional:
            return display(kind, (), certain=certain)
        value = arguments.positional[0]
        items = items_in_order(value)
        if items is not None:
            return display(kind, items, certain=certain)
        if isinstance(value.form, Display):
            return Value(form=replace(value.form, kind=kind, certain=certain))
        if value.unknown and not value.traced:
            return UNKNOWN
        return Value(form=Display(kind, (), elements(value), certain))

    return make


def _set(mutable: bool) -> Handler:
    def make(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
        if arguments.positional:
            reach(scope, SinkKind.OBJECT, elements(arguments.positional[0]), node, f"is hashed by {label}")
        return _as_display("set", certain=mutable)(scope, arguments, node, label)

    return make


def _dict(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    pairs: list[tuple[object, Value]] = list(arguments.keywords)
    rest = arguments.double_star
    if arguments.positional:
        first = arguments.positional[0].form
        if not isinstance(first, Mapping):
            first = _mapping_of(arguments.positional[0])
        if first is None:
            return UNKNOWN
        pairs = [*((key, value) for key, value in first.items if key not in dict(pairs)), *pairs]
        rest = join_optional(first.rest, rest)
    return Value(form=Mapping(tuple(pairs), rest, certain=True))


def _mapping_of(value: Value) -> Mapping | None:
    """Return the dict of pairs in sight, None if they are not."""
    pairs = [items_in_order(pair) or () for pair in items_in_order(value) or ()]
    keys = [pair[0].form for pair in pairs if len(pair) == 2]
    known = [key.value for key in keys if isinstance(key, Constant)]
    if not pairs or len(known) < len(pairs):
        return None
    return Mapping(tuple(dict(zip(known, (pair[1] for pair in pairs))).items()), certain=True)


def _zip(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if arguments.spread is not None:
        return Value(form=Display("list", (), display("tuple", (), elements(arguments.spread))))
    columns = [items_in_order(value) for value in arguments.positional]
    known = [column for column in columns if column is not None]
    if known and len(known) == len(columns):
        return display("list", (display("tuple", row) for row in zip(*known)))
    row = display("tuple", (elements(value) for value in arguments.positional))
    return Value(form=Display("list", (), row, shuffled=any(map(mixes_places, arguments.positional))))


def _enumerate(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if not arguments.positional:
        return UNKNOWN
    start = arguments.given(1, "start")
    if start is not None:
        reach(scope, SinkKind.LOOP, start, node, f"starts the count of {label}")
    items = items_in_order(arguments.positional[0])
    first = literal(0) if start is None else start
    if items is not None and not first.traced:
        known = first.form.value if isinstance(first.form, Constant) and isinstance(first.form.value, int) else None
        numbers = (NUMBER if known is None else literal(known + i) for i in range(len(items)))
        return display("list", (display("tuple", pair) for pair in zip(numbers, items)))
    pair = display("tuple", (NUMBER, elements(arguments.positional[0])))
    return Value(form=Display("list", (), pair))


def _reversed(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if not arguments.positional:
        return UNKNOWN
    items = items_in_order(arguments.positional[0])
    if items is not None:
        return display("list", reversed(items))
    value = arguments.positional[0]
    if isinstance(value.form, Display):
        return turn_around(replace(value.form, kind="list", certain=False))
    return Value(form=Display("list", (), elements(value)))


def _sorted(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    items = items_in_order(arguments.positional[0]) if len(arguments.positional) == 1 else None
    forms = [item.form.value for item in items or () if isinstance(item.form, Constant)]
    numbers = [value for value in forms if isinstance(value, (int, float))]
    if not items or arguments.keywords or arguments.double_star is not None or len(numbers) < len(items):
        return None
    return display("list", map(literal, sorted(numbers)))


def _next(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if not arguments.positional:
        return UNKNOWN
    default = arguments.positional[1] if len(arguments.positional) > 1 else None
    items = items_in_order(arguments.positional[0])
    if items:
        # An iterator is not followed: only the first `next` of one made on the spot is certain.
        call = node.args[0].value if isinstance(node, cst.Call) and node.args else None
        if isinstance(call, cst.Call):
            return items[0]
    return join_optional(elements(arguments.positional[0]), default)


def _range(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    given = arguments.positional
    for value in given if arguments.spread is None else (*given, arguments.spread):
        reach(scope, SinkKind.LOOP, value, node, f"sets the length of a Python loop in {label}")
        count(scope, value, node, f"sets the length of a Python loop in {label}")
    bounds = [v.form.value for v in given if isinstance(v.form, Constant) and isinstance(v.form.value, int)]
    if given and len(bounds) == len(given) and arguments.star is None and (len(bounds) < 3 or bounds[2] != 0):
        numbers = range(*bounds)
        if len(numbers) <= MAX_ITEMS:
            return display("range", map(literal, numbers))
        return Value(form=Display("range", (literal(numbers[0]),), NUMBER))
    return Value(form=Display("range", (), NUMBER))


def _slice(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    given = arguments.positional
    return display("slice", (NONE, *given) if len(given) == 1 else given)


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
    known = is_instance(*arguments.positional)
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
    is_leaf = form is None and {origin.name for origin in value.origins} <= scope.analysis.leaves
    if value.surely_traced and (is_leaf or form in (Shapeless.ARRAY, Shapeless.MASK)):
        return literal(False)
    return literal(False) if is_number(form) or is_text(form) or isinstance(form, (Display, Mapping)) else STATIC


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
    form = arguments.positional[0].form if len(arguments.positional) == 1 else None
    if not isinstance(form, Instance) or not form.fields or any(isinstance(v.form, Instance) for _, v in form.fields):
        return UNKNOWN
    return Value(form=Mapping(form.fields, certain=True))


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
    "builtins.sum": _sum,
    "builtins.tuple": _as_display("tuple"),
    "builtins.list": _as_display("list"),
    "builtins.iter": _as_display("list", certain=False),
    "builtins.set": _set(mutable=True),
    "builtins.frozenset": _set(mutable=False),
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "builtins.zip": _zip,
    "builtins.enumerate": _enumerate,
    "builtins.reversed": _reversed,
    "builtins.sorted": _sorted,
    "builtins.next": _next,
    "builtins.range": _range,
    "builtins.len": _len,
    "builtins.slice": _slice,
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
}
