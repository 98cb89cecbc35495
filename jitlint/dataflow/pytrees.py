"""Classes of the file that are visibly no pytrees: jit refuses their instances as arguments to trace."""

from __future__ import annotations

import re

import libcst as cst

from jitlint.dataflow.values import Class, Library
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
    }
)
"""Classes of Python that make no pytree of a class derived from them; int and float make a number."""
_DATACLASS = "dataclasses.dataclass"
_PLAIN_DECORATORS = frozenset({_DATACLASS, "functools.total_ordering", "typing.final", "typing_extensions.final"})
_CHANGES = re.compile(r"flatten|^__(jax_array|new|init_subclass|getattribute|class_getitem)__$")
"""Methods that a pytree has, or that may register a class or change what its attributes are."""


def is_plain(cls: Class) -> bool:
    """Whether a class and its bases are in sight, and neither decorators, bases nor methods hint at a pytree.

    Whether something else in the file registers it, `doubts` asks.
    """
    return (
        all(_library(cls, decorator) in _PLAIN_DECORATORS for decorator in cls.node.decorators)
        and all(map(_is_harmless_keyword, cls.node.keywords))
        and all(
            is_plain(base.form)
            if isinstance(base.form, Class)
            else isinstance(base.form, Library) and base.form.name in _PLAIN_BASES
            for base in cls.bases
        )
        and not any(base.star for base in cls.node.bases)
        and not any(map(_CHANGES.search, cls.namespace.bindings))
    )


def is_hashable(cls: Class) -> bool:
    """Whether an instance can be a static argument: a dataclass that compares its fields can not, unless frozen."""
    for one in cls.lineage():
        names = one.namespace.bindings
        if "__hash__" in names:
            return True
        if "__eq__" in names:
            return False
        for decorator in one.node.decorators:
            if _library(one, decorator) == _DATACLASS:
                options = _options(decorator)
                return "True" in (options.get("frozen"), options.get("unsafe_hash")) or options.get("eq") == "False"
    return True


def _library(cls: Class, node: cst.Decorator) -> str:
    """Return the qualified name of a decorator of another package, called or not; "" for any other."""
    expression = node.decorator.func if isinstance(node.decorator, cst.Call) else node.decorator
    first, _, rest = (dotted(expression) or "").partition(".")
    value = cls.namespace.lookup(first) if first else None
    if value is None or not isinstance(value.form, Library):
        return ""
    return f"{value.form.name}.{rest}" if rest else value.form.name


def _options(node: cst.Decorator) -> dict[str, str | None]:
    arguments = node.decorator.args if isinstance(node.decorator, cst.Call) else ()
    return {argument.keyword.value: dotted(argument.value) for argument in arguments if argument.keyword is not None}


def _is_harmless_keyword(keyword: cst.Arg) -> bool:
    named = keyword.keyword is not None and keyword.keyword.value == "metaclass"
    return named and dotted(keyword.value) in ("ABCMeta", "abc.ABCMeta")
