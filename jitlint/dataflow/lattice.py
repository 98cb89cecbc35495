"""The lattice of abstract values: what two paths, or an operation, make of several values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from jitlint.dataflow.values import (
    STATIC,
    UNKNOWN,
    Callee,
    Choice,
    Constant,
    Display,
    Form,
    Instance,
    Mapping,
    Origin,
    Shapeless,
    Value,
)

MAX_ITEMS = 16
"""Displays with more items are summed up in one."""


def parts(value: Value) -> Iterator[Value]:
    """Yield the value's leaves: itself, or what a display, mapping or instance contains."""
    form = value.form
    if isinstance(form, Display):
        for item in form.every:
            yield from parts(item)
    elif isinstance(form, Mapping):
        for _, item in form.items:
            yield from parts(item)
        if form.rest is not None:
            yield from parts(form.rest)
    elif isinstance(form, Instance) and form.fields:
        for _, item in form.fields:
            yield from parts(item)
    if value.traced or not isinstance(form, (Display, Mapping)):
        yield value


def is_mixed(value: Value) -> bool:
    """Whether a value, or something in it, is traced on some paths or at some places only."""
    return any(part.mixed for part in parts(value))


def flat(value: Value, form: Form | None = None) -> Value:
    """Sum up a value and all it contains in one."""
    return combine(parts(value), form)


def combine(values: Iterable[Value], form: Form | None = None) -> Value:
    """Return what an operation on all these values makes: traced if one of them is."""
    origins: frozenset[Origin] = frozenset()
    staged = unknown = mixed = certain = False
    for value in values:
        if value.traced and not value.unknown:
            certain = True
            mixed = mixed or value.mixed
            origins |= value.origins
            staged = staged or value.staged
        elif value.unknown:
            unknown = True
    if not (origins or staged or unknown):
        return STATIC if form is None else Value(form=form)
    return Value(origins, staged, unknown and not certain, mixed, form)


def operation(*values: Value, form: Form | None = None) -> Value:
    """Return the result of a Python operation: what its operands contain decides."""
    return combine((part for value in values for part in parts(value)), form)


def join(first: Value, second: Value) -> Value:
    """Return what a value is that one of two paths made."""
    if first is second or first == second:
        return first
    form = join_forms(first.form, second.form)
    if form is Shapeless.TREE and first.form is not second.form:
        first, second = flat(first, form), flat(second, form)
    mixed = first.mixed or second.mixed or first.traced != second.traced
    mixed = mixed or (first.form is Shapeless.NUMPY) is not (second.form is Shapeless.NUMPY)
    return Value(
        first.origins | second.origins,
        first.staged or second.staged,
        first.unknown or second.unknown,
        mixed,
        form,
    )


_LEAVES = (None, Shapeless.LEAF, Shapeless.ITEM)


def join_forms(first: Form | None, second: Form | None) -> Form | None:
    """Return the form of either of two; None if nothing is common."""
    if first == second:
        return first
    if isinstance(first, Display) and isinstance(second, Display):
        kind = first.kind if first.kind == second.kind else "list"
        certain = first.certain and second.certain and first.kind == second.kind
        front = tuple(join(a, b) for a, b in zip(first.items, second.items))
        back = tuple(join(a, b) for a, b in zip(first.last[::-1], second.last[::-1]))[::-1]
        beyond = [*first.items[len(front) :], *second.items[len(front) :]]
        ends = [*first.last[: len(first.last) - len(back)], *second.last[: len(second.last) - len(back)]]
        rests = [rest for rest in (first.rest, second.rest) if rest is not None]
        rest = join_all([*beyond, *rests, *ends]) if beyond or rests else None
        return Display(kind, front, rest, certain, first.shuffled or second.shuffled or bool(ends), back)
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        keys = [key for key, _ in first.items] + [key for key, _ in second.items if first.get(key) is None]
        pairs = tuple((key, join_present(first.get(key), second.get(key))) for key in keys)
        return Mapping(pairs, join_optional(first.rest, second.rest), first.certain and second.certain)
    if isinstance(first, Instance) and isinstance(second, Instance) and first.cls is second.cls:
        one, other = dict(first.fields), dict(second.fields)
        fields = tuple((k, join_present(one.get(k), other.get(k))) for k in {**one, **other})
        return Instance(first.cls, fields, first.exact and second.exact)
    containers = (Display, Mapping)
    for container, literal_form in ((first, second), (second, first)):
        if isinstance(container, containers) and isinstance(literal_form, Constant) and is_number(literal_form):
            # A placeholder: `out = [0] * 3` before tuples are stored.
            return replace(container, certain=False)
    if isinstance(first, containers) or isinstance(second, containers):
        return Shapeless.TREE
    arrays = (Shapeless.ARRAY, Shapeless.MASK, Shapeless.NUMPY)
    if first in arrays and second in arrays:
        return Shapeless.ARRAY
    if first in _LEAVES and second in _LEAVES:
        return None if None in (first, second) else Shapeless.LEAF
    if isinstance(first, (*Callee, Choice)) and isinstance(second, (*Callee, Choice)):
        return Choice(tuple(dict.fromkeys((*_choices(first), *_choices(second)))))
    if is_number(first) and is_number(second):
        return Shapeless.NUMBER
    if is_text(first) and is_text(second):
        return Shapeless.TEXT
    return None


def _choices(form: Form) -> tuple[Value, ...]:
    return form.callees if isinstance(form, Choice) else (Value(form=form),)


def join_optional(first: Value | None, second: Value | None) -> Value | None:
    """Join two values of which either may be missing."""
    if first is None or second is None:
        return first or second
    return join(first, second)


def join_present(first: Value | None, second: Value | None) -> Value:
    """Join two values of which one is there."""
    return join_optional(first, second) or UNKNOWN


def join_all(values: Iterable[Value]) -> Value:
    """Join any number of values; none of them gives a static one."""
    result: Value | None = None
    for value in values:
        result = value if result is None else join(result, value)
    return STATIC if result is None else result


def display(
    kind: str,
    items: Iterable[Value],
    rest: Value | None = None,
    certain: bool = False,
    last: Iterable[Value] = (),
    shuffled: bool = False,
) -> Value:
    """Make a display, summed up when it is long."""
    values, end = tuple(items), tuple(last)
    if len(values) + len(end) > MAX_ITEMS:
        return Value(form=Display(kind, (), join_optional(join_all((*values, *end)), rest), certain, True))
    return Value(form=Display(kind, values, rest, certain, shuffled, end))


def literal(value: object) -> Value:
    """Make the value of a literal."""
    return Value(form=Constant(value))


def folded(form: Form | None) -> Constant | None:
    """Return a literal, or a tuple of literals as one; None for anything else."""
    if isinstance(form, Display) and form.kind == "tuple" and form.rest is None:
        items = [folded(item.form) for item in form.items]
        return None if None in items else Constant(tuple(item.value for item in items if item is not None))
    return form if isinstance(form, Constant) else None


def is_number(form: Form | None) -> bool:
    """Whether a form is a Python number (a bool too)."""
    return (
        form in (Shapeless.NUMBER, Shapeless.FLOAT)
        or isinstance(form, Constant)
        and isinstance(form.value, (int, float, complex))
    )


def is_float(form: Form | None) -> bool:
    """Whether a form is certainly a Python float."""
    return form is Shapeless.FLOAT or isinstance(form, Constant) and isinstance(form.value, float)


def is_text(form: Form | None) -> bool:
    """Whether a form is a string."""
    return form is Shapeless.TEXT or isinstance(form, Constant) and isinstance(form.value, (str, bytes))


def with_form(value: Value, form: Form | None) -> Value:
    """Return the value with another form."""
    return replace(value, form=form)


def leaf(value: Value, inside: bool = False, loop: bool = False) -> Value:
    """Return what a subscript (or a loop) takes out of a traced value of unknown structure."""
    origins = value.origins
    if inside:
        origins = frozenset(Origin(origin.name, True) for origin in origins)
    form: Form = Shapeless.ITEM if loop else Shapeless.LEAF
    if value.form in (Shapeless.ARRAY, Shapeless.MASK):
        form = value.form
    elif value.staged:
        form = Shapeless.TREE
    return Value(origins, value.staged, value.unknown, value.mixed, form)


def tree_leaf(value: Value) -> Value:
    """Return what `jax.tree.map` takes out of a pytree, all leaves in one."""
    found = [leaf(part) if part.traced else part for part in parts(value)]
    whole = operation(*found) if found else STATIC
    return replace(whole, mixed=True) if whole.traced and not all(part.traced for part in found) else whole


def over_leaves(value: Value, change: Callable[[Value], Value]) -> Value:
    """Return the same containers with their leaves changed."""
    form = value.form
    if isinstance(form, Display):
        items = tuple(over_leaves(item, change) for item in form.items)
        last = tuple(over_leaves(item, change) for item in form.last)
        return Value(form=replace(form, items=items, rest=form.rest and over_leaves(form.rest, change), last=last))
    if isinstance(form, Mapping):
        pairs = tuple((key, over_leaves(item, change)) for key, item in form.items)
        return Value(form=replace(form, items=pairs, rest=form.rest and over_leaves(form.rest, change)))
    return change(value)


def as_primal(value: Value) -> Value:
    """Return what a derivative makes of a concrete value: tracers whose values are known."""
    return over_leaves(value, _primal_leaf)


def _primal_leaf(value: Value) -> Value:
    form = value.form
    is_leaf = is_number(form) or form in (None, Shapeless.ARRAY, Shapeless.MASK, Shapeless.NUMPY)
    return Value(staged=True, form=Shapeless.PRIMAL) if is_leaf else value


def stage(value: Value) -> Value:
    """Return what a value becomes that goes through a JAX transformation: every leaf is traced."""
    return over_leaves(value, _staged_leaf)


def _staged_leaf(value: Value) -> Value:
    form = value.form
    if form == Constant(None) or isinstance(form, (*Callee, Instance)):
        return value
    if value.surely_traced and form is None:
        return Value(value.origins, True)
    kept = form if form in (Shapeless.ARRAY, Shapeless.MASK) else Shapeless.ARRAY if is_number(form) else Shapeless.TREE
    return Value(value.origins, True, form=kept)
