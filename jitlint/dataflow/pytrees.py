"""Classes of the file that are visibly no pytrees: jit refuses their instances as arguments to trace."""

from __future__ import annotations

import re

import libcst as cst

from jitlint.dataflow.values import Class, Library
from jitlint.models import Models
from jitlint.models.model import ReturnKind
from jitlint.names import dotted

_PLAIN_BASES = frozenset(
    {
        "builtins.object",
        "builtins.str",
        "builtins.bytes",
        "builtins.tuple",
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.frozenset",
        "abc.ABC",
        "typing.Generic",
        "enum.Enum",
        "enum.Flag",
        "enum.StrEnum",
    }
)
"""Classes of Python that make no pytree of a class derived from them; int and float make a number."""
_ENUMS = frozenset({"enum.Enum", "enum.Flag", "enum.StrEnum"})
"""Members of others are numbers."""
_PLAIN_DECORATORS = frozenset(
    {"dataclasses.dataclass", "functools.total_ordering", "typing.final", "typing_extensions.final", "enum.unique"}
)
_CHANGES = re.compile(r"flatten|^__(jax_array|new|init_subclass|getattribute|class_getitem)__$")
"""Methods that a pytree has, or that may register a class or change what its attributes are."""


def is_enum(cls: Class) -> bool:
    """Whether the instances are the members of an Enum."""
    return any(
        isinstance(base.form, Library)
        and base.form.name in _ENUMS
        or isinstance(base.form, Class)
        and is_enum(base.form)
        for base in cls.bases
    )


def is_opaque(models: Models, name: str) -> bool:
    """Whether jit refuses the instances of a class of another package, by its qualified name."""
    model = models.find(name)
    return model is not None and model.returns.kind is ReturnKind.OPAQUE


def is_registrable(cls: Class, models: Models) -> bool:
    """Whether its author could make a class a pytree: no Enum, and none that another package wants to be no pytree."""
    bases = (base.form for one in cls.lineage() for base in one.bases)
    return not is_enum(cls) and not any(isinstance(form, Library) and is_opaque(models, form.name) for form in bases)


def is_plain(cls: Class, models: Models) -> bool:
    """Whether a class and its bases are in sight, and neither decorators, bases nor methods hint at a pytree.

    Whether something else in the file registers it, `doubts` asks.
    """
    return (
        is_plainly_made(cls)
        and all(
            is_plain(base.form, models)
            if isinstance(base.form, Class)
            else isinstance(base.form, Library)
            and (base.form.name in _PLAIN_BASES or is_opaque(models, base.form.name))
            for base in cls.bases
        )
        and not any(base.star for base in cls.node.bases)
        and not any(map(_CHANGES.search, cls.namespace.bindings))
    )


def is_plainly_made(cls: Class) -> bool:
    """Whether neither the decorators nor the keywords of a class do anything to it that is not in sight."""
    return all(_decorator(cls, decorator) in _PLAIN_DECORATORS for decorator in cls.node.decorators) and all(
        map(_is_harmless_keyword, cls.node.keywords)
    )


def _decorator(cls: Class, node: cst.Decorator) -> str:
    """Return the qualified name of a decorator of another package, called or not; "" for any other."""
    return library_name(cls, node.decorator.func if isinstance(node.decorator, cst.Call) else node.decorator)


def library_name(cls: Class, expression: cst.BaseExpression) -> str:
    """Return the qualified name of what a name in a class body stands for in another package; "" for any other."""
    first, _, rest = (dotted(expression) or "").partition(".")
    value = cls.namespace.lookup(first) if first else None
    if value is None or not isinstance(value.form, Library):
        return ""
    return f"{value.form.name}.{rest}" if rest else value.form.name


def _is_harmless_keyword(keyword: cst.Arg) -> bool:
    named = keyword.keyword is not None and keyword.keyword.value == "metaclass"
    return named and dotted(keyword.value) in ("ABCMeta", "abc.ABCMeta")
