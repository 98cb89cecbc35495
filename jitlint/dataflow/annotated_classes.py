"""The class of the project that an annotation names, and whether it is visibly no pytree."""

from __future__ import annotations

import re
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.derivations import is_derived
from jitlint.dataflow.expressions import evaluate
from jitlint.dataflow.frames import Frame
from jitlint.dataflow.pytrees import is_opaque, is_plain
from jitlint.dataflow.state import Analysis, Scope
from jitlint.dataflow.values import STATIC, Class, Form, Instance, Library, Value
from jitlint.models import Models
from jitlint.names import dotted

_WRAPPERS = frozenset({"Optional", "Annotated", "Final", "ClassVar"})
_ABSTRACT_BASES = ("abc.ABC", "typing.Protocol")
_ABSTRACT_NAME = re.compile(r"abstract|base|mixin|interface|protocol|template", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedClass:
    """A class of the project that an annotation names. optional: None is allowed beside its instances."""

    cls: Class
    optional: bool = False


def is_no_pytree(cls: Class, models: Models) -> bool:
    """Whether what a class annotates is visibly no pytree: neither the class nor, likely, a derived one."""
    return is_plain(cls, models) and not _is_bare(cls) and not any(map(is_made_to_be_derived, cls.lineage()))


def _is_bare(cls: Class) -> bool:
    """Whether a class has nothing in it: a word for annotations, and what they annotate is something else."""
    return not any(one.namespace.bindings or one.instance.bindings or one.annotated for one in cls.lineage())


def final_instance(analysis: Analysis, named: NamedClass | None) -> Instance | None:
    """Return an instance of the class that an annotation names; None where it may be of a derived class, or None."""
    if named is None or named.optional or _is_bare(named.cls) or any(map(is_made_to_be_derived, named.cls.lineage())):
        return None
    return None if is_derived(analysis, named.cls) else Instance(named.cls)


def annotated_value(analysis: Analysis, frame: Frame, annotation: cst.BaseExpression | None) -> Value:
    """Return what is known of an untraced value by its annotation. frame: of the file that it is written in."""
    if annotation is None:
        return STATIC
    form = final_instance(analysis, named_class(Scope(analysis, frame), annotation))
    return STATIC if form is None else Value(form=form)


def opaque_class(scope: Scope, node: cst.BaseExpression | None) -> str:
    """Return the name of a class of another package whose instances jit refuses; "" for any other annotation."""
    named = _named(scope, node)
    form = None if named is None else named[0]
    return form.name if isinstance(form, Library) and is_opaque(scope.analysis.models, form.name) else ""


def named_class(scope: Scope, node: cst.BaseExpression | None) -> NamedClass | None:
    """Return the class of the project that an annotation names, alone or beside None; None for any other annotation."""
    named = _named(scope, node)
    return NamedClass(named[0], named[1]) if named is not None and isinstance(named[0], Class) else None


def _named(scope: Scope, node: cst.BaseExpression | None) -> tuple[Form | None, bool] | None:
    """Return what an annotation names, and whether it allows None beside it."""
    if node is None:
        return None
    known = scope.analysis.named_classes
    if node not in known:
        known[node] = _read(scope, node)
    return known[node]


def _read(scope: Scope, node: cst.BaseExpression) -> tuple[Form | None, bool] | None:
    if isinstance(node, cst.SimpleString):
        try:
            return _named(scope, cst.parse_expression(str(node.evaluated_value)))
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
            found = _named(scope, inner[0]) if inner else None
            return (found[0], True) if found is not None and word == "Optional" else found
        return _named(scope, node.value)
    if not isinstance(node, (cst.Name, cst.Attribute)):
        return None
    return evaluate(scope, node).form, False


def _one_of(scope: Scope, nodes: list[cst.BaseExpression]) -> tuple[Form | None, bool] | None:
    others = [node for node in nodes if not (isinstance(node, cst.Name) and node.value == "None")]
    found = _named(scope, others[0]) if len(others) == 1 else None
    return None if found is None else (found[0], found[1] or len(others) < len(nodes))


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
