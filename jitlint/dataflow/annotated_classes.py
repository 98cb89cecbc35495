"""The class of the project that an annotation names, and whether it is visibly no pytree."""

from __future__ import annotations

import re
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.expressions import evaluate
from jitlint.dataflow.pytrees import is_plain
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import Class, Library, Value
from jitlint.names import dotted

_WRAPPERS = frozenset({"Optional", "Annotated", "Final", "ClassVar"})
_ABSTRACT_BASES = ("abc.ABC", "typing.Protocol")
_ABSTRACT_NAME = re.compile(r"abstract|base|mixin|interface|protocol|template", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedClass:
    """A class that an annotation names. optional: None is allowed beside its instances."""

    cls: Class
    optional: bool = False

    @property
    def is_no_pytree(self) -> bool:
        """Whether what the annotation allows is visibly no pytree: neither the class nor, likely, a derived one."""
        return is_plain(self.cls) and not any(map(is_made_to_be_derived, self.cls.lineage()))


def named_class(scope: Scope, node: cst.BaseExpression | None) -> NamedClass | None:
    """Return the class that an annotation names, alone or beside None; None for any other annotation."""
    if node is None:
        return None
    if isinstance(node, cst.SimpleString):
        try:
            return named_class(scope, cst.parse_expression(str(node.evaluated_value)))
        except cst.ParserSyntaxError:
            return None
    if isinstance(node, cst.BinaryOperation):
        return _one_of(scope, [node.left, node.right]) if isinstance(node.operator, cst.BitOr) else None
    if isinstance(node, cst.Subscript):
        word = (dotted(node.value) or "").rpartition(".")[2]
        inner = [element.slice.value for element in node.slice if isinstance(element.slice, cst.Index)]
        if word == "Union":
            return _one_of(scope, inner)
        if word in _WRAPPERS:
            found = named_class(scope, inner[0]) if inner else None
            return NamedClass(found.cls, True) if found is not None and word == "Optional" else found
        return named_class(scope, node.value)
    if not isinstance(node, (cst.Name, cst.Attribute)):
        return None
    form = evaluate(scope, node).form
    return NamedClass(form) if isinstance(form, Class) else None


def _one_of(scope: Scope, nodes: list[cst.BaseExpression]) -> NamedClass | None:
    others = [node for node in nodes if not (isinstance(node, cst.Name) and node.value == "None")]
    found = named_class(scope, others[0]) if len(others) == 1 else None
    return None if found is None else NamedClass(found.cls, found.optional or len(others) < len(nodes))


def is_made_to_be_derived(cls: Class) -> bool:
    """Whether a class says that derived classes stand in for it: by its bases, its name or its methods."""
    if any(_library(base) in _ABSTRACT_BASES for base in cls.bases) or cls.node.keywords:
        return True
    return bool(_ABSTRACT_NAME.search(cls.name)) or any(map(_is_abstract, cls.node.body.body))


def _library(value: Value) -> str:
    return value.form.name if isinstance(value.form, Library) else ""


def _is_abstract(statement: cst.BaseStatement | cst.BaseSmallStatement) -> bool:
    """Whether a statement of a class body is a method without a body of its own, or one that only raises."""
    if not isinstance(statement, cst.FunctionDef):
        return False
    if any("abstract" in (dotted(decorator.decorator) or "") for decorator in statement.decorators):
        return True
    last = statement.body.body[-1] if statement.body.body else None
    small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last
    if not isinstance(small, cst.Raise) or small.exc is None:
        return False
    raised = small.exc.func if isinstance(small.exc, cst.Call) else small.exc
    return dotted(raised) == "NotImplementedError"
