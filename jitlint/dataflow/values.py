"""Abstract values: what an expression may be while `jax.jit` traces.

Two facts decide everything: `origins`, the traced parameters a value depends on, and `staged`, that a JAX operation
made it inside jit. The *form* says what kind of Python object it is, as far as that is known.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.frames import File, Frame
from jitlint.dataflow.parameters import Definition


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
    mixed: traced on one path and not on another; of NumPy arrays, a scalar on one of them.
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
    FLOAT = "Python float"
    TEXT = "string"
    TREE = "container whose leaves have these origins"
    OBJECT = "Python object that is no array"
    LEAF = "taken out of a parameter: an array, a number or a container"
    ITEM = "what a loop takes out of a parameter: a leaf, or the key of a dict"
    NUMPY = "NumPy array"
    PRIMAL = "tracer of a derivative whose value is known"


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
    """A tuple, list or set. `rest` stands for items of unknown number, after `items` and before `last`.

    certain: it is of this kind, not something else that gives out items one by one.
    shuffled: `rest` sums up items of different places, as in `x.shape[:k] + (n,) + x.shape[k:]`.
    last: the items at the end, () where `rest` is None.
    """

    kind: str
    items: tuple[Value, ...] = ()
    rest: Value | None = None
    certain: bool = False
    shuffled: bool = False
    last: tuple[Value, ...] = ()

    @property
    def every(self) -> tuple[Value, ...]:
        """All that is in it."""
        return self.items if self.rest is None else (*self.items, self.rest, *self.last)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict. `rest` stands for values under unknown keys. certain: it is one, not something that is used as one."""

    items: tuple[tuple[object, Value], ...] = ()
    rest: Value | None = None
    certain: bool = False

    def get(self, key: object) -> Value | None:
        """Return the value under a literal key, None if there is none in sight."""
        return next((value for name, value in self.items if name == key and type(name) is type(key)), None)


@dataclass(frozen=True, slots=True)
class Library:
    """A module, function, class or constant of another package, by its qualified name."""

    name: str


_EMPTY_BASES = (Library("builtins.object"), Library("abc.ABC"), Library("typing.Generic"))
"""Bases that bring no attributes of use."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A module of the project or something in one, by its qualified name: looked up in its file when it is used."""

    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the project, by the environment of its file."""

    name: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class BoundModel:
    """A method of a modelled class, taken from a value."""

    name: str
    owner: Value


@dataclass(frozen=True, slots=True)
class Made:
    """An object of a modelled class, by the qualified name of the class."""

    cls: str


@dataclass(frozen=True, slots=True)
class At:
    """`x.at`, and with `indexed` `x.at[i]`."""

    owner: Value
    indexed: bool = False


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
    defaults: tuple[tuple[str, Value], ...] = ()
    """The values that defaults had when the `def` or lambda ran."""
    disguised: bool = False
    """A decorator of unknown effect is around it, which may change its signature."""


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
        """Yield the class and its bases in sight, in the order in which Python looks attributes up."""
        yield self
        bases = [base.form for base in self.bases if isinstance(base.form, Class)]
        if len(bases) == 1:
            yield from bases[0].lineage()
        elif bases:
            yield from _merged([*(list(base.lineage()) for base in bases), bases])

    @property
    def is_closed(self) -> bool:
        """Whether every base is in sight."""
        return all(
            isinstance(base.form, Class) and base.form.is_closed or base.form in _EMPTY_BASES for base in self.bases
        )


def _merged(orders: list[list[Class]]) -> Iterator[Class]:
    """Yield the classes of several orders in one that keeps each of them, the first as long as it can."""
    while orders := [order for order in orders if order]:
        heads = (order[0] for order in orders)
        # Where there is no such order Python refuses the class.
        chosen = next((cls for cls in heads if not any(cls in order[1:] for order in orders)), orders[0][0])
        yield chosen
        orders = [[cls for cls in order if cls is not chosen] for order in orders]


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a class of the file.

    exact: made here by calling the class, so that it is not an instance of a derived class.
    """

    cls: Class
    fields: tuple[tuple[str, Value], ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Super:
    """`super()`: the attributes of what comes after a class, taken from an instance or a class."""

    after: Class
    receiver: Value


@dataclass(frozen=True, slots=True)
class TypeOf:
    """`type(x)` of something traced."""

    value: Value


@dataclass(frozen=True, slots=True)
class Partial:
    """functools.partial: a callee with arguments bound."""

    callee: Value
    positional: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]
    pytree: bool = False
    """jax.tree_util.Partial: jit takes it as an argument."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several callees."""

    callees: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Transformed:
    """A callee under a JAX transformation (`vmap`, `grad`, ...) with the transformation's options."""

    transform: str
    callee: Value
    options: tuple[tuple[str, Value], ...] = ()
    library: str = ""
    """The qualified name of the transformation."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a jit site declares static, and what it donates. `resolved` is False if that can't be read from the file.

    given: the keywords that are given, with anything but None.
    """

    names: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    resolved: bool = True
    donated_names: frozenset[str] = frozenset()
    donated_numbers: frozenset[int] = frozenset()
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class JitSite:
    """A place that applies jit to a function."""

    node: cst.CSTNode
    wrapper: str
    callee: Value
    declaration: Declaration
    library: str = ""
    """The qualified name of the function that applies jit."""
    file: File | None = None
    """Where it is written."""
    given: tuple[tuple[str, Value | None], ...] = ()
    """Of a site that is one call: what it gives to parameters that it does not trace; None for what is left out."""
    eager: bool = False
    """Operations on what is not traced are done at once, as by `jax.vmap`."""
    undecided: bool = False
    """Whether jit is applied at all depends on a test that was not decided, and that the function may ask too."""

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
    | Imported
    | Module
    | BoundModel
    | Made
    | At
    | Function
    | Class
    | Instance
    | Super
    | TypeOf
    | Partial
    | Choice
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
FLOAT = Value(form=Shapeless.FLOAT)
TEXT = Value(form=Shapeless.TEXT)
STAGED = Value(staged=True, form=Shapeless.ARRAY)
STAGED_TREE = Value(staged=True, form=Shapeless.TREE)
SHAPE = Value(form=Display("tuple", (), NUMBER))
