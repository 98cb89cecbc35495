"""Which attributes of a pytree are leaves, that jit traces, and which of them are static."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.parameters import Parameter
from jitlint.dataflow.pytrees import library_name
from jitlint.dataflow.records import class_fields, inherited_fields, is_dataclass, is_named_tuple, record_fields
from jitlint.dataflow.values import Class, Constant, Display, Function, Library, Partial, Value
from jitlint.models import Models
from jitlint.models.model import ReturnKind
from jitlint.names import dotted

_FIELD_FUNCTIONS = ("field", "static_field")


@dataclass(frozen=True, slots=True)
class PytreeFields:
    """The attributes of a pytree as far as they are known.

    leaves: names and annotations of what jit traces. static: names of what it does not. closed: the others are static
    too.
    """

    leaves: tuple[tuple[str, cst.BaseExpression | None], ...] = ()
    static: frozenset[str] = frozenset()
    closed: bool = False


def fields_of(cls: Class, models: Models) -> PytreeFields | None:
    """Return the leaves and static attributes of a class that is visibly a pytree; None for any other."""
    for one in cls.lineage():
        if is_named_tuple(one):
            return PytreeFields(tuple(map(_leaf, class_fields(one.node))))
    for decorator in cls.decorators:
        name, options = _decorator(decorator)
        found = _registered(cls, name, options, models)
        if found is not None:
            return found
    for one in cls.lineage():
        for base in one.bases:
            mark = None if not isinstance(base.form, Library) else _mark(models, base.form.name)
            if mark is not None and isinstance(base.form, Library):
                return _marked(inherited_fields(cls, lambda _: True, (base.form.name,)), mark, cls)
    return None


def _leaf(field: Parameter) -> tuple[str, cst.BaseExpression | None]:
    """Return a leaf by its name; what may be left None may be anything else than its annotation says."""
    default = field.default
    if isinstance(default, cst.Call):
        default = next((value for name, value in _options(default) if name == "default"), None)
    return field.name, None if isinstance(default, cst.Name) and default.value == "None" else field.annotation


def _decorator(value: Value) -> tuple[str, Mapping[str, Value]]:
    """Return the qualified name of a decorator of another package, and what is bound to it by keyword."""
    form = value.form
    made = form.callee.form if isinstance(form, Partial) else form
    return made.name if isinstance(made, Library) else "", dict(form.keywords) if isinstance(form, Partial) else {}


def _registered(cls: Class, name: str, options: Mapping[str, Value], models: Models) -> PytreeFields | None:
    if name == "jax.tree_util.register_static":
        return PytreeFields(closed=True)
    if name == "jax.tree_util.register_pytree_node_class":
        return _flattened(cls)
    if name == "jax.tree_util.register_dataclass":
        fields = record_fields(cls) if is_dataclass(cls) else None
        if "data_fields" in options and "meta_fields" in options:
            data, meta = _texts(options["data_fields"]), _texts(options["meta_fields"])
            annotations = dict(map(_leaf, fields or class_fields(cls.node)))
            if data is None or meta is None:
                return None
            return PytreeFields(tuple((n, annotations.get(n)) for n in data), frozenset(meta))
        return _marked(fields, "static=True", cls)
    mark = _mark(models, name) if name else None
    return None if mark is None else _marked(record_fields(cls), mark, cls)


def _texts(value: Value) -> list[str] | None:
    form = value.form
    if not isinstance(form, Display) or form.rest is not None:
        return None
    found = [item.form.value if isinstance(item.form, Constant) else None for item in form.items]
    return None if not all(isinstance(text, str) for text in found) else [str(text) for text in found]


def _mark(models: Models, name: str) -> str | None:
    """Return what marks a static field of the pytrees that a decorator or base makes; None if it makes none."""
    model = models.find(name)
    return model.returns.mark if model is not None and model.returns.kind is ReturnKind.PYTREE else None


def _marked(fields: tuple[Parameter, ...] | None, mark: str, cls: Class) -> PytreeFields | None:
    """Return leaves and static fields, told apart by an option or an entry of the metadata, such as `static=True`."""
    if fields is None:
        return None
    kinds = {field.name: _is_static(field.default, mark, cls) for field in fields}
    leaves = tuple(_leaf(field) for field in fields if kinds[field.name] is False)
    return PytreeFields(leaves, frozenset(name for name, static in kinds.items() if static))


def _is_static(default: cst.BaseExpression | None, mark: str, cls: Class) -> bool | None:
    """Whether the default of a field marks it as static; None where that can't be read."""
    if not isinstance(default, cst.Call):
        return False
    name = library_name(cls, default.func)
    word = name.rpartition(".")[2]
    if word not in _FIELD_FUNCTIONS:
        # A default that is computed; or a function of the project that makes fields.
        return False if name else None
    if word == "static_field":
        return True
    if not mark:
        return False
    key, _, static = mark.partition("=")
    for option, value in _options(default):
        if option == "metadata":
            entries = dict(_entries(value))
            if entries.get(key) is not None:
                return dotted(entries[key]) == static
            if not isinstance(value, (cst.Dict, cst.Call)):
                return None
        elif option == key:
            return dotted(value) == static if dotted(value) in ("True", "False") else None
        elif not option:
            return None
    return False


def _options(call: cst.Call) -> Iterator[tuple[str, cst.BaseExpression]]:
    for argument in call.args:
        yield "" if argument.keyword is None else argument.keyword.value, argument.value


def _entries(node: cst.BaseExpression) -> Iterator[tuple[str, cst.BaseExpression]]:
    """Yield the entries of `{"static": True}` and `dict(static=True)`."""
    if isinstance(node, cst.Dict):
        for element in node.elements:
            if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
                yield str(element.key.evaluated_value), element.value
    elif isinstance(node, cst.Call) and dotted(node.func) == "dict":
        yield from _options(node)


def _flattened(cls: Class) -> PytreeFields | None:
    """Return what `tree_flatten` gives as children, and what as auxiliary data, where it gives plain attributes."""
    method = next((one.namespace.bindings["tree_flatten"] for one in cls.lineage() if _flattens(one)), None)
    if method is None or not isinstance(method.form, Function) or not method.form.definition.parameters:
        return None
    if _unflattens_anew(cls):
        return None
    node, receiver = method.form.definition.node, method.form.definition.parameters[0].name
    statements = _plain_statements(node.body) if isinstance(node, cst.FunctionDef) else None
    made: dict[str, cst.BaseExpression] = {}
    returned: cst.BaseExpression | None = None
    for statement in statements or ():
        if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
            target = statement.targets[0].target
            if isinstance(target, cst.Name):
                made[target.value] = statement.value
        elif isinstance(statement, cst.Return):
            returned = statement.value
    returned = _followed(returned, made)
    if not isinstance(returned, cst.Tuple) or len(returned.elements) != 2:
        return None
    children, aux = (_followed(element.value, made) for element in returned.elements)
    leaves = [name for name in _attributes(children, receiver) if name]
    static = {name for name in _attributes(aux, receiver) if name} - set(leaves)
    annotations = dict(_annotations(cls))
    return PytreeFields(tuple((name, annotations.get(name)) for name in leaves), frozenset(static))


def _plain_statements(body: cst.BaseSuite) -> list[cst.BaseSmallStatement] | None:
    """Return the statements of a function without branches and loops; None for any other."""
    if isinstance(body, cst.SimpleStatementSuite):
        return list(body.body)
    lines = [line for line in body.body if isinstance(line, cst.SimpleStatementLine)]
    return [small for line in lines for small in line.body] if len(lines) == len(body.body) else None


def _unflattens_anew(cls: Class) -> bool:
    """Whether `tree_unflatten` gives a constructor a number of its own: an attribute is no child then."""
    method = next((m for one in cls.lineage() if (m := one.namespace.bindings.get("tree_unflatten")) is not None), None)
    return method is None or not isinstance(method.form, Function) or _gives_number(method.form.definition.node)


def _gives_number(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Arg) and isinstance(node.value, (cst.Integer, cst.Float)):
        return True
    return any(map(_gives_number, node.children))


def _flattens(cls: Class) -> bool:
    return "tree_flatten" in cls.namespace.bindings


def _followed(node: cst.BaseExpression | None, made: Mapping[str, cst.BaseExpression]) -> cst.BaseExpression | None:
    return made.get(node.value, node) if isinstance(node, cst.Name) else node


def _attributes(node: cst.BaseExpression | None, receiver: str) -> Iterator[str]:
    """Yield the attributes of self that a display holds; "" for anything else in it."""
    if isinstance(node, (cst.Tuple, cst.List)):
        for element in node.elements:
            yield "" if isinstance(element, cst.StarredElement) else _attribute(element.value, receiver)
    elif isinstance(node, (cst.Dict, cst.Call)):
        for _, value in _entries(node):
            yield _attribute(value, receiver)
    elif node is not None:
        yield _attribute(node, receiver) if isinstance(node, cst.Attribute) else ""


def _attribute(node: cst.BaseExpression, receiver: str) -> str:
    owner, _, name = (dotted(node) or "").partition(".")
    return name if owner == receiver and name.isidentifier() else ""


def _annotations(cls: Class) -> Iterator[tuple[str, cst.BaseExpression | None]]:
    """Yield names with annotations: those of the constructor (its attributes have the names) and the class body."""
    for one in reversed(list(cls.lineage())):
        init = one.namespace.bindings.get("__init__")
        if init is not None and isinstance(init.form, Function):
            yield from ((p.name, p.annotation) for p in init.form.definition.parameters)
        yield from ((field.name, field.annotation) for field in class_fields(one.node))
