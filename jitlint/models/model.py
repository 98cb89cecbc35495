"""What a stub line says about a library function: the summary that the engine uses in place of its code."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class StubError(Exception):
    """A stub that cannot be read; the message begins with its file and line."""


class Need(enum.Enum):
    """What a function needs of one argument. The value is the word that the stub files use."""

    ARRAY = "Array"
    SHAPE = "Shape"
    SIZE = "Size"
    AXIS = "Axis"
    DTYPE = "Dtype"
    INDEX = "Index"
    STATIC = "Static"
    COUNTED = "Counted"
    NUMBER = "Number"
    BODY = "Body"
    BODIES = "Bodies"
    LEAVES = "Leaves"
    CALLED = "Called"
    CALLBACK = "Callback"
    FUNCTION = "Function"
    KERNEL = "Kernel"
    LOOP = "Loop"
    TRUTH = "Truth"
    CONVERT = "Convert"
    KEY = "Key"
    NUMPY = "Numpy"
    NUMPY_ARRAY = "NumpyArray"
    WHOLE = "Whole"
    IGNORED = "Ignored"
    NOTHING = "Nothing"
    ANY = "Any"


class ReturnKind(enum.Enum):
    """What a function gives back. The value is the word that the stub files use."""

    ARRAY = "Array"
    MASK = "Mask"
    NUMPY = "NumpyArray"
    TREE = "Tree"
    TUPLE = "tuple"
    LIST = "list"
    CONCRETE = "Concrete"
    DERIVED = "Derived"
    ELEMENT = "Element"
    TRANSFORM = "Transform"
    OBJECT = "Object"
    PYTREE = "Pytree"
    OPAQUE = "Opaque"
    UNKNOWN = "Unknown"


class ParameterKind(enum.Enum):
    """How a parameter takes its argument, as in `inspect.Parameter.kind`."""

    POSITIONAL_ONLY = "positional only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword only"
    VAR_KEYWORD = "variadic keyword"


@dataclass(frozen=True, slots=True)
class Returns:
    """A return annotation.

    `items` holds the parts of a tuple or list. `variadic` says that there are any number of the one item.
    `transform` is the name in `Transform["vmap"]`, `cls` the class in `Object["numpy.random.Generator"]`, `mark` what
    marks a static field in `Pytree["static=True"]`, `like` what has the same structure: in `Tree["init"]`
    that argument, in `Tree["f[1]"]` the second item of what the function `f` gives.
    """

    kind: ReturnKind
    items: tuple[Returns, ...] = ()
    variadic: bool = False
    transform: str = ""
    cls: str = ""
    mark: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class ModelParameter:
    """A parameter and its need. The need does not hold when a parameter named in `unless` is given and not None.

    `feeds` tells what JAX calls a function argument with, in order: `"init"` the argument of that name, `"each xs"`
    its elements, `"*operands"` all of them, `"number"` a traced number.
    """

    name: str
    kind: ParameterKind
    need: Need
    unless: tuple[str, ...] = ()
    has_default: bool = False
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A library function; `name` is qualified, as `jax.numpy.zeros`."""

    name: str
    parameters: tuple[ModelParameter, ...]
    returns: Returns


@dataclass(frozen=True, slots=True)
class Attribute:
    """A module constant or an attribute of a class; `name` is qualified, as `jax.Array.shape`."""

    name: str
    returns: Returns
