"""Dataclasses and NamedTuples: classes that are known by the names their bodies annotate."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.values import STATIC, Class, Constant, Library, Partial, Value
from jitlint.names import dotted

_EMPTY_BASES = ("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol")


def constructor_fields(cls: Class) -> tuple[Parameter, ...] | None:
    """Return the fields of a dataclass or NamedTuple whose constructor is made of them; None for any other class.

    They are the parameters of the constructor, but for `unset_fields`.
    """
    for one in cls.lineage():
        if "__init__" in one.namespace.bindings:
            return None
        if is_dataclass(one) or is_named_tuple(one):
            return record_fields(one)
    return None


def record_fields(cls: Class) -> tuple[Parameter, ...] | None:
    """Return all fields of a dataclass or NamedTuple, those of its bases first; None where they are not in sight."""
    if is_named_tuple(cls):
        return class_fields(cls.node)
    return inherited_fields(cls, is_dataclass) if is_dataclass(cls) else None


def inherited_fields(
    cls: Class, contributes: Callable[[Class], bool], bases: Sequence[str] = ()
) -> tuple[Parameter, ...] | None:
    """Return the fields of a class and its bases in the order that dataclasses have; None where they are not in sight.

    contributes: whether what a class annotates are fields. bases: those of other packages that have none.
    """
    fields: dict[str, Parameter] = {}
    for one in reversed(list(cls.lineage())):
        if not all(isinstance(b.form, Class) or _library(b) in (*_EMPTY_BASES, *bases) for b in one.bases):
            return None
        if contributes(one):
            fields.update((field.name, field) for field in class_fields(one.node) if _is_field(field))
    first = [field for field in fields.values() if field.kind is ParameterKind.POSITIONAL_OR_KEYWORD]
    return (*first, *(field for field in fields.values() if field not in first))


def unset_fields(fields: Sequence[Parameter]) -> frozenset[str]:
    """Return the fields that the constructor of a dataclass does not take: `field(init=False)`."""
    return frozenset(f.name for f in fields if _option(f.default, "init") == "False")


def default_of(cls: Class, name: str) -> Value:
    """Return what a field is if the constructor is not given it."""
    for one in cls.lineage():
        found = one.namespace.bindings.get(name)
        if found is not None:
            return found if isinstance(found.form, Constant) else STATIC
    return STATIC


def is_named_tuple(cls: Class) -> bool:
    """Whether the class is a NamedTuple: a pytree whose fields are all leaves."""
    return any(base.form == Library("typing.NamedTuple") for base in cls.bases)


PARTIAL = "functools.partial"


def is_partial(cls: Class) -> bool:
    """Whether a class derives from `functools.partial`, and its instances are called as those are."""
    lineage = list(cls.lineage())
    derives = any(base.form == Library(PARTIAL) for one in lineage for base in one.bases)
    return derives and not any("__call__" in one.namespace.bindings for one in lineage)


def is_dataclass(cls: Class) -> bool:
    """Whether a decorator of the class makes a dataclass of it."""
    return any(_library(value).rpartition(".")[2] in _DATACLASSES for value in cls.decorators)


_DATACLASSES = ("dataclass", "register_dataclass")


def class_fields(node: cst.ClassDef) -> tuple[Parameter, ...]:
    """Return the annotated names of a class body, in order."""
    fields: list[Parameter] = []
    for statement in node.body.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                    by_name = _option(small.value, "kw_only") == "True"
                    kind = ParameterKind.KEYWORD_ONLY if by_name else ParameterKind.POSITIONAL_OR_KEYWORD
                    fields.append(Parameter(small.target.value, kind, small.value, small.annotation.annotation))
    return tuple(fields)


def _is_field(parameter: Parameter) -> bool:
    node = parameter.annotation
    word = dotted(node.value if isinstance(node, cst.Subscript) else node) if node is not None else None
    return (word or "").rpartition(".")[2] not in ("ClassVar", "KW_ONLY")


def _option(default: cst.BaseExpression | None, name: str) -> str:
    """Return an option of `field(...)` as it is written, "" if it is not given."""
    if isinstance(default, cst.Call):
        for argument in default.args:
            if argument.keyword is not None and argument.keyword.value == name:
                return dotted(argument.value) or "?"
    return ""


def _library(value: Value) -> str:
    """Return the qualified name of a base or decorator of another package; "" for any other."""
    form = value.form.callee.form if isinstance(value.form, Partial) else value.form
    return form.name if isinstance(form, Library) else ""
