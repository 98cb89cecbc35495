"""Abstract values: what an expression may be while `jax.jit` traces.

Two facts decide everything: `origins`, the traced parameters a value depends on, and `staged`, that a JAX operation made
it inside jit. The *form* says what kind of Python object it is, as far as that is known.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import libcst as cst

MAX_ITEMS = 16
"""Displays with more items are summed up in one."""


class SinkKind(enum.Enum):
    """What Python needs a value for."""

    SHAPE = "shape"
    LOOP = "loop"
    BRANCH = "branch"
    CONVERSION = "conversion"
    SLICE = "slice"
    CONCRETE = "concrete parameter"
    NUMPY = "numpy"
    OBJECT = "not an array"
    UNKNOWN_SIZE = "unknown size"


@dataclass(frozen=True, slots=True)
class Origin:
    """A traced parameter, or (`inside`) a leaf that a key takes out of it."""

    name: str
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """An abstract value.

    origins: the traced parameters it may depend on.
    staged: a JAX operation may have made it inside jit.
    unknown: anything may be here; never reported.
    mixed: traced on one path and not on another.
    form: the kind of Python object, None if not known.
    """

    origins: frozenset[Origin] = frozenset()
    staged: bool = False
    unknown: bool = False
    mixed: bool = False
    form: Form | None = None

    @property
    def traced(self) -> bool:
        """Whether the value itself (not what it contains) may be a tracer."""
        return self.staged or bool(self.origins)

    @property
    def surely_traced(self) -> bool:
        """Whether it is a tracer, or a container of tracers, on every path."""
        return self.traced and not self.mixed and not self.unknown


class Shapeless(enum.Enum):
    """Forms that carry nothing but their name."""

    ARRAY = "array"
    MASK = "array of truth values"
    NUMBER = "Python number"
    TEXT = "string"
    TREE = "container whose leaves have these origins"
    OBJECT = "Python object that is no array"


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Display:
    """A tuple, list or set. `rest` stands for items of unknown number, after `items`."""

    kind: str
    items: tuple[Value, ...] = ()
    rest: Value | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict. `rest` stands for values under unknown keys."""

    items: tuple[tuple[object, Value], ...] = ()
    rest: Value | None = None

    def get(self, key: object) -> Value | None:
        """Return the value under a literal key, None if there is none in sight."""
        return next((value for name, value in self.items if name == key and type(name) is type(key)), None)


@dataclass(frozen=True, slots=True)
class Library:
    """A module, function, class or constant of another package, by its qualified name."""

    name: str


@dataclass(frozen=True, slots=True)
class BoundModel:
    """A method of a modelled class, taken from a value."""

    name: str
    owner: Value


@dataclass(frozen=True, slots=True)
class At:
    """`x.at`, and with `indexed` `x.at[i]`."""

    owner: Value
    indexed: bool = False


class ParameterKind(enum.Enum):
    """How a parameter takes its argument."""

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL = "positional or keyword"
    STAR = "*args"
    KEYWORD_ONLY = "keyword-only"
    DOUBLE_STAR = "**kwargs"


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter of a function of the file."""

    name: str
    kind: ParameterKind
    default: cst.BaseExpression | None
    annotation: cst.BaseExpression | None

    @property
    def by_position(self) -> bool:
        """Whether an argument may be given by position."""
        return self.kind in (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL)

    @property
    def optional(self) -> bool:
        """Whether a call may leave it out."""
        return self.default is not None or self.kind in (ParameterKind.STAR, ParameterKind.DOUBLE_STAR)


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A `def` or lambda of the file."""

    name: str
    node: cst.FunctionDef | cst.Lambda
    parameters: tuple[Parameter, ...]
    is_generator: bool
    is_async: bool


@dataclass(slots=True, eq=False)
class Frame:
    """An environment: the names of one scope. The engine changes it as control flows."""

    parent: Frame | None
    bindings: dict[str, Value] = field(default_factory=dict)
    outer_names: frozenset[str] = frozenset()
    """Names declared global or nonlocal."""
    transparent: bool = False
    """A comprehension's scope: a walrus inside binds in the parent."""
    star_imports: tuple[str, ...] = ()

    @property
    def is_module(self) -> bool:
        """Whether this is the scope of the file itself."""
        return self.parent is None

    def lookup(self, name: str) -> Value | None:
        """Return the innermost binding of a name, None if there is none."""
        frame: Frame | None = self
        while frame is not None:
            value = frame.bindings.get(name)
            if value is not None:
                return value
            frame = frame.parent
        return None

    def bind(self, name: str, value: Value) -> None:
        """Bind a name, in the scope that declares it if it is global or nonlocal here."""
        if name in self.outer_names and self.parent is not None:
            frame = self.parent
            while frame.parent is not None and name not in frame.bindings:
                frame = frame.parent
            frame.bindings[name] = value
        else:
            self.bindings[name] = value


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the file with the scope it was made in.

    receiver: `self` or `cls`, when bound.
    wrapped: the function whose signature it shows (functools.wraps).
    """

    definition: Definition
    frame: Frame
    owner: Class | None = None
    receiver: Value | None = None
    wrapped: Value | None = None
    role: str = ""
    """property, staticmethod or classmethod."""


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of the file. `instance` holds what its methods assign to `self`."""

    name: str
    node: cst.ClassDef
    bases: tuple[Value, ...]
    namespace: Frame
    instance: Frame
    decorators: tuple[Value, ...] = ()
    annotated: frozenset[str] = frozenset()
    """Names that the class body annotates: fields, whatever their default is."""

    def lineage(self) -> Iterator[Class]:
        """Yield the class and its bases in the file, nearest first."""
        yield self
        for base in self.bases:
            if isinstance(base.form, Class):
                yield from base.form.lineage()

    @property
    def is_closed(self) -> bool:
        """Whether every base is in sight."""
        return all(
            isinstance(base.form, Class) and base.form.is_closed or base.form == Library("builtins.object")
            for base in self.bases
        )


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a class of the file."""

    cls: Class
    fields: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Partial:
    """functools.partial: a callee with arguments bound."""

    callee: Value
    positional: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Transformed:
    """A callee under a JAX transformation (`vmap`, `grad`, ...) with the transformation's options."""

    transform: str
    callee: Value
    options: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a jit site declares static. `resolved` is False if it can't be read from the file."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class JitSite:
    """A place that applies jit to a function."""

    node: cst.CSTNode
    wrapper: str
    callee: Value
    declaration: Declaration

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JitSite) and self.node is other.node and self.callee == other.callee

    def __hash__(self) -> int:
        return hash((id(self.node), self.callee))


@dataclass(frozen=True, slots=True)
class Jitted:
    """A function under jit."""

    site: JitSite


Form = (
    Shapeless
    | Constant
    | Display
    | Mapping
    | Library
    | BoundModel
    | At
    | Function
    | Class
    | Instance
    | Partial
    | Transformed
    | Jitted
)

Callee = (Function, Partial, Transformed, Jitted, Class, Library, BoundModel)

STATIC = Value()
"""A Python value, or a value from outside the trace."""
UNKNOWN = Value(unknown=True)
NONE = Value(form=Constant(None))
TRUE = Value(form=Constant(True))
FALSE = Value(form=Constant(False))
NUMBER = Value(form=Shapeless.NUMBER)
TEXT = Value(form=Shapeless.TEXT)
STAGED = Value(staged=True, form=Shapeless.ARRAY)
STAGED_TREE = Value(staged=True, form=Shapeless.TREE)
SHAPE = Value(form=Display("tuple", (), NUMBER))


def parts(value: Value) -> Iterator[Value]:
    """Yield the value's leaves: itself, or what a display, mapping or instance contains."""
    form = value.form
    if isinstance(form, Display):
        for item in form.items:
            yield from parts(item)
        if form.rest is not None:
            yield from parts(form.rest)
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
    return Value(
        first.origins | second.origins,
        first.staged or second.staged,
        first.unknown or second.unknown,
        mixed,
        form,
    )


def join_forms(first: Form | None, second: Form | None) -> Form | None:
    """Return the form of either of two; None if nothing is common."""
    if first == second:
        return first
    if isinstance(first, Display) and isinstance(second, Display):
        kind = first.kind if first.kind == second.kind else "list"
        if len(first.items) == len(second.items):
            items = tuple(join(a, b) for a, b in zip(first.items, second.items))
            return Display(kind, items, join_optional(first.rest, second.rest))
        everything = [*first.items, *second.items, *(r for r in (first.rest, second.rest) if r is not None)]
        return Display(kind, (), join_all(everything))
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        keys = [key for key, _ in first.items] + [key for key, _ in second.items if first.get(key) is None]
        pairs = tuple((key, join_present(first.get(key), second.get(key))) for key in keys)
        return Mapping(pairs, join_optional(first.rest, second.rest))
    if isinstance(first, Instance) and isinstance(second, Instance) and first.cls is second.cls:
        one, other = dict(first.fields), dict(second.fields)
        return Instance(first.cls, tuple((k, join_present(one.get(k), other.get(k))) for k in {**one, **other}))
    containers = (Display, Mapping)
    if isinstance(first, containers) or isinstance(second, containers):
        return Shapeless.TREE
    arrays = (Shapeless.ARRAY, Shapeless.MASK)
    if first in arrays and second in arrays:
        return Shapeless.ARRAY
    if is_number(first) and is_number(second):
        return Shapeless.NUMBER
    if is_text(first) and is_text(second):
        return Shapeless.TEXT
    return None


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


def display(kind: str, items: Iterable[Value], rest: Value | None = None) -> Value:
    """Make a display, summed up when it is long."""
    values = tuple(items)
    if len(values) > MAX_ITEMS:
        return Value(form=Display(kind, (), join_optional(join_all(values), rest)))
    return Value(form=Display(kind, values, rest))


def literal(value: object) -> Value:
    """Make the value of a literal."""
    return Value(form=Constant(value))


def is_number(form: Form | None) -> bool:
    """Whether a form is a Python number (a bool too)."""
    return form is Shapeless.NUMBER or isinstance(form, Constant) and isinstance(form.value, (int, float, complex))


def is_text(form: Form | None) -> bool:
    """Whether a form is a string."""
    return form is Shapeless.TEXT or isinstance(form, Constant) and isinstance(form.value, (str, bytes))


def with_form(value: Value, form: Form | None) -> Value:
    """Return the value with another form."""
    return replace(value, form=form)


def leaf(value: Value, inside: bool = False) -> Value:
    """Return what a subscript or a loop takes out of a traced value of unknown structure."""
    origins = value.origins
    if inside:
        origins = frozenset(Origin(origin.name, True) for origin in origins)
    form = value.form if value.form is Shapeless.ARRAY or value.form is Shapeless.MASK else None
    return Value(origins, value.staged, value.unknown, value.mixed, form)
