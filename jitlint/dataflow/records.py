"""Dataclasses and NamedTuples: classes that are known by the names their bodies annotate."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.parameters import Parameter, ParameterKind
from jitlint.dataflow.values import Class, Library, Partial, Value


def field_parameters(cls: Class) -> tuple[Parameter, ...] | None:
    """Return the fields of a dataclass or NamedTuple as parameters; None for any other class."""
    dataclass = any(_is_dataclass(value) for value in cls.decorators)
    if not (is_named_tuple(cls) or dataclass) or len(list(cls.lineage())) > 1:
        return None
    return class_fields(cls.node)


def is_named_tuple(cls: Class) -> bool:
    """Whether the class is a NamedTuple: a pytree whose fields are all leaves."""
    return any(base.form == Library("typing.NamedTuple") for base in cls.bases)


def class_fields(node: cst.ClassDef) -> tuple[Parameter, ...]:
    """Return the annotated names of a class body, in order."""
    fields: list[Parameter] = []
    for statement in node.body.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                    name = small.target.value
                    fields.append(
                        Parameter(name, ParameterKind.POSITIONAL_OR_KEYWORD, small.value, small.annotation.annotation)
                    )
    return tuple(fields)


def _is_dataclass(decorator: Value) -> bool:
    form = decorator.form
    if isinstance(form, Partial):
        form = form.callee.form
    return isinstance(form, Library) and form.name.rpartition(".")[2] in ("dataclass", "register_dataclass")
