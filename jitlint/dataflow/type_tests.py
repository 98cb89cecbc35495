"""`isinstance` and its like: what a test of a value's type gives under tracing."""

from __future__ import annotations

from jitlint.dataflow.lattice import is_number, is_text
from jitlint.dataflow.state import Scope, is_unknown
from jitlint.dataflow.values import Class, Constant, Display, Function, Instance, Library, Mapping, Shapeless, Value
from jitlint.models import SHIPPED

ARRAYS = frozenset(
    {
        "jax.Array",
        "jax.numpy.ndarray",
        "jax.core.Tracer",
        "jax.interpreters.partial_eval.DynamicJaxprTracer",
        "jax.typing.ArrayLike",
        "chex.Array",
    }
)
NUMBERS = {
    "builtins.int": int,
    "builtins.float": float,
    "builtins.complex": complex,
    "builtins.bool": bool,
    "numbers.Number": (int, float, complex),
    "numbers.Integral": int,
    "numbers.Real": (int, float),
}
SCALARS = frozenset(
    {
        *NUMBERS,
        "builtins.str",
        "builtins.bytes",
        "builtins.type",
        "builtins.slice",
        "numpy.ndarray",
        "numpy.generic",
        "numpy.number",
        "numpy.integer",
        "numpy.floating",
        "numpy.bool_",
        "numpy.int32",
        "numpy.int64",
        "numpy.float32",
        "numpy.float64",
        "enum.Enum",
        "types.FunctionType",
        "collections.abc.Callable",
        "typing.Callable",
    }
)
"""Types that a traced array is not an instance of."""
CONTAINERS = frozenset(
    {
        "builtins.tuple",
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.frozenset",
        "collections.abc.Sequence",
        "collections.abc.Mapping",
        "collections.abc.Iterable",
        "collections.OrderedDict",
        "typing.Sequence",
        "typing.Mapping",
        "typing.Iterable",
        "typing.Tuple",
        "typing.List",
        "typing.Dict",
    }
)
_KINDS = {
    "tuple": {
        "builtins.tuple",
        "collections.abc.Sequence",
        "collections.abc.Iterable",
        "typing.Sequence",
        "typing.Tuple",
    },
    "list": {"builtins.list", "collections.abc.Sequence", "collections.abc.Iterable", "typing.Sequence", "typing.List"},
    "set": {"builtins.set", "collections.abc.Iterable"},
}


def class_names(classes: Value) -> list[str] | None:
    """Return the qualified names of the classes a test asks for; None if one of them is not a library's."""
    form = classes.form
    if isinstance(form, Library):
        return [form.name]
    if isinstance(form, Display) and form.rest is None:
        names: list[str] = []
        for item in form.items:
            inner = class_names(item)
            if inner is None:
                return None
            names.extend(inner)
        return names
    return None


def is_instance(value: Value, classes: Value) -> bool | None:
    """Return what `isinstance(value, classes)` gives under tracing; None if it can't be told."""
    if isinstance(classes.form, Class) and isinstance(value.form, Instance):
        return _is_of_class(value.form, classes.form)
    names = class_names(classes)
    if names is None or value.unknown:
        return None
    known = [name for name in names if name in ARRAYS or name in SCALARS or name in CONTAINERS]
    form = value.form
    if isinstance(form, Display):
        if any(name in _KINDS.get(form.kind, ()) for name in names):
            return True
        return False if len(known) == len(names) else None
    if isinstance(form, Constant):
        return _constant_is(form.value, names, len(known) == len(names))
    if form is Shapeless.FLOAT:
        return _constant_is(0.5, names, len(known) == len(names))
    if isinstance(form, (Function, Mapping)) or is_number(form) or is_text(form):
        return None
    if not value.surely_traced:
        return None
    if form is Shapeless.TREE:
        # A tracer, or what holds tracers.
        return False if all(name in SCALARS for name in names) else None
    if any(name in ARRAYS for name in names):
        return True
    if len(known) == len(names) and (form not in (None, Shapeless.LEAF) or not any(n in CONTAINERS for n in names)):
        return False
    return None


def _is_of_class(form: Instance, cls: Class) -> bool | None:
    """Whether an instance is one of a class of the file; None where it may be of a derived class."""
    if cls in form.cls.lineage():
        return True
    return False if form.cls.is_closed and (form.exact or form.cls not in cls.lineage()) else None


def _constant_is(value: object, names: list[str], complete: bool) -> bool | None:
    if value is None:
        return False if complete or all(name != "types.NoneType" for name in names) else None
    python = {"builtins.str": str, "builtins.bytes": bytes, **NUMBERS}
    if any(name in python and isinstance(value, python[name]) for name in names):  # type: ignore[arg-type]
        return True
    return False if complete else None


def asks_only_for_scalars(classes: Value) -> bool:
    """Whether a test that holds proves its subject to be no traced array."""
    names = class_names(classes)
    return names is not None and bool(names) and all(name in SCALARS for name in names)


def asks_for_containers(classes: Value) -> bool:
    """Whether a test that holds makes its subject a container, or something that is certainly not traced."""
    names = class_names(classes)
    return names is not None and bool(names) and all(name in SCALARS or name in CONTAINERS for name in names)


def asks_for_arrays(classes: Value) -> bool:
    """Whether a traced array passes the test."""
    names = class_names(classes)
    return names is not None and any(name in ARRAYS for name in names)


def has_attribute(value: Value, name: Value) -> bool | None:
    """Return what `hasattr(value, name)` gives under tracing; None if it can't be told."""
    is_array = value.form in (Shapeless.ARRAY, Shapeless.MASK) and not value.mixed and not value.unknown
    known = is_array or value.surely_traced and value.form is not Shapeless.TREE
    if not known or not isinstance(name.form, Constant):
        return None
    if SHIPPED.find(f"jax.Array.{name.form.value}") is not None:
        return True
    return False if is_array else None


_OTHER_BACKENDS = frozenset({"autograd", "cupy", "mlx", "mxnet", "numpy", "tensorflow", "tf", "theano", "torch"})


def is_backend(scope: Scope, value: Value, name: Value) -> bool | None:
    """Return whether a value of which nothing is known is the name of this array library; None if that can't be told.

    Libraries for several backends ask for the one of their arguments (`get_interface(x) == "jax"`). Under tracing
    that is JAX.
    """
    if not scope.tracing or not is_unknown(value) or value.traced or not isinstance(name.form, Constant):
        return None
    return True if name.form.value == "jax" else False if name.form.value in _OTHER_BACKENDS else None
