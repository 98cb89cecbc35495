"""Python's functions that make containers and run over them: `list`, `dict`, `zip`, `range`, `next`..."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import Any

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import as_list, elements, items_in_order, leaves_in_order, mixes_places
from jitlint.dataflow.lattice import MAX_ITEMS, display, is_mixed, join_optional, literal, tree_leaf
from jitlint.dataflow.sequences import concatenate, cut, shuffle, turn_around, whole
from jitlint.dataflow.sinks import count, reach
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import NONE, NUMBER, UNKNOWN, Constant, Display, Mapping, SinkKind, Value

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


def _chain(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if arguments.star is not None:
        return None
    return Value(form=reduce(concatenate, map(as_list, arguments.positional), Display("list")))


def _islice(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if not arguments.positional:
        return UNKNOWN
    for bound in arguments.positional[1:]:
        reach(scope, SinkKind.LOOP, bound, node, f"sets the length of a Python loop in {label}")
    items = as_list(arguments.positional[0])
    bounds = whole(arguments.positional[1:])
    if bounds is None:
        return shuffle(items)
    return cut(items, (None, *bounds) if len(bounds) == 1 else bounds)


def _defaultdict(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    given = _dict(scope, replace(arguments, positional=arguments.positional[1:]), node, label)
    if given is None or not isinstance(given.form, Mapping):
        return UNKNOWN
    return Value(form=replace(given.form, rest=UNKNOWN))


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
    if not items or arguments.keywords or arguments.double_star is not None:
        return None
    # Of pairs with keys that differ, as `d.items()` gives them, the keys decide.
    pairs = [item.form.items if isinstance(item.form, Display) and item.form.rest is None else () for item in items]
    are_pairs = all(len(pair) == 2 for pair in pairs)
    forms = [pair[0].form for pair in pairs] if are_pairs else [item.form for item in items]
    keys: list[Any] = [form.value for form in forms if isinstance(form, Constant)]
    if len(keys) < len(items) or are_pairs and len(set(keys)) < len(items):
        return None
    if not all(isinstance(key, str) for key in keys) and not all(isinstance(key, (int, float)) for key in keys):
        return None
    return display("list", (items[index] for index in sorted(range(len(items)), key=keys.__getitem__)))


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
    found = join_optional(elements(arguments.positional[0]), default)
    # Which item comes next is not known.
    return UNKNOWN if found is None or items and is_mixed(found) else found


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


def _leaves(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if len(arguments.positional) != 1 or arguments.keywords:
        return None
    items = leaves_in_order(scope, arguments.positional[0])
    return None if items is None else display("list", items)


def _flatten(scope: Scope, arguments: Arguments, node: cst.CSTNode, label: str) -> Value | None:
    if not arguments.positional:
        return None
    found = _leaves(scope, arguments, node, label)
    several = Display("list", (), tree_leaf(arguments.positional[0]), shuffled=True)
    return display("tuple", (found or Value(form=several), UNKNOWN))


MAKERS: dict[str, Handler] = {
    "builtins.tuple": _as_display("tuple"),
    "builtins.list": _as_display("list"),
    "builtins.iter": _as_display("list", certain=False),
    "builtins.set": _set(mutable=True),
    "builtins.frozenset": _set(mutable=False),
    "builtins.dict": _dict,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": _defaultdict,
    "itertools.chain": _chain,
    "itertools.islice": _islice,
    "builtins.zip": _zip,
    "builtins.enumerate": _enumerate,
    "builtins.reversed": _reversed,
    "builtins.sorted": _sorted,
    "builtins.next": _next,
    "builtins.range": _range,
    "builtins.slice": _slice,
    **dict.fromkeys(("jax.tree.leaves", "jax.tree_util.tree_leaves", "jax.tree_leaves"), _leaves),
    **dict.fromkeys(("jax.tree.flatten", "jax.tree_util.tree_flatten", "jax.tree_flatten"), _flatten),
}
"""Those that keep what they are given, by their name."""
