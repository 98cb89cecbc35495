"""Whether a function does the same for an argument that is traced and for one that is a Python number.

The engine asks what goes wrong; here every use has to be known to go well. A *carrier* is an expression that is the
argument, or a Python number made of it. It ends where it meets a tracer: what comes out is one either way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import libcst as cst

from jitlint.dataflow.arguments import Arguments, bind, bind_model
from jitlint.dataflow.lattice import is_number
from jitlint.dataflow.mentions import REFLECTIVE, expressions, names, parameter_names
from jitlint.dataflow.values import (
    STATIC,
    UNKNOWN,
    BoundModel,
    Display,
    Form,
    Function,
    Library,
    Origin,
    Shapeless,
    Value,
)
from jitlint.models import Models
from jitlint.models.model import Model, Need, ReturnKind

MAX_DEPTH = 6
"""Helpers nested deeper than this are unknown."""

_ARITHMETIC = (cst.Add, cst.Subtract, cst.Multiply, cst.Divide, cst.FloorDivide, cst.Modulo)
_IN_PLACE = (
    cst.AddAssign,
    cst.SubtractAssign,
    cst.MultiplyAssign,
    cst.DivideAssign,
    cst.FloorDivideAssign,
    cst.ModuloAssign,
)
_ORDER = (cst.LessThan, cst.LessThanEqual, cst.GreaterThan, cst.GreaterThanEqual, cst.Equal, cst.NotEqual)
_PACKAGES = ("jax.numpy.", "jax.nn.", "jax.lax.", "jax.random.", "jax.scipy.", "jax.Array.", "jax.At.")
_BETTER_STATIC = frozenset(
    {
        "power",
        "pow",
        "float_power",
        "integer_pow",
        "fori_loop",
        "while_loop",
        "cond",
        "switch",
        "roll",
        "take",
        "dynamic_slice",
        "dynamic_slice_in_dim",
        "dynamic_index_in_dim",
        "matrix_power",
        "isscalar",
        "result_type",
    }
)
"""Functions that do more, or do it faster, with a number that is known."""
_GATHERING = ("jax.numpy.array", "jax.numpy.asarray", "jax.numpy.stack")
_CLOSURES = frozenset(
    f"jax.{name}"
    for name in (
        "grad",
        "value_and_grad",
        "vmap",
        "tree.map",
        "tree_util.tree_map",
        "lax.cond",
        "lax.fori_loop",
        "lax.map",
        "lax.scan",
        "lax.switch",
        "lax.while_loop",
    )
)
"""Functions that run what they are given at once, and let it use tracers from around it."""
_ARRAYS = (ReturnKind.ARRAY, ReturnKind.MASK, ReturnKind.TREE)
_MARK = Origin("the argument")
_CARRIED = Value(frozenset({_MARK}))


class _Needed(Exception):
    """A use is not known to go well."""


@dataclass(slots=True)
class _Body:
    """A function body that is read: the names in it that carry the argument."""

    models: Models
    observed: dict[cst.CSTNode, list[Value]]
    name: str
    arrays: frozenset[str]
    carriers: set[str]
    floats: bool
    inner: set[str] = field(default_factory=set)
    """Functions in the body that use a carrier."""
    outermost: bool = True
    stack: tuple[cst.CSTNode, ...] = ()
    returns_carrier: bool = False
    uses: list[cst.CSTNode] = field(default_factory=list)


def is_indifferent(
    models: Models,
    observed: dict[cst.CSTNode, list[Value]],
    function: Function,
    name: str,
    arrays: frozenset[str],
    floats: bool,
) -> bool:
    """Whether each use of a parameter gives the same, be it traced or a Python number. False where that is not known.

    observed: what each expression gave in a run with the parameter traced. arrays: parameters that are surely arrays.
    floats: the argument is a float, which repeats no list.
    A parameter that is not used at all may be wanted as it is: a key of the cache.
    """
    body = _Body(models, observed, name, arrays, {name}, floats)
    try:
        _read_function(body, function)
    except _Needed:
        return False
    return bool(body.uses)


def _read_function(body: _Body, function: Function) -> None:
    node = function.definition.node
    if names(node) & REFLECTIVE:
        raise _Needed
    if isinstance(node, cst.Lambda):
        body.returns_carrier = _carries(body, node.body)
        return
    known = -1
    while known != len(body.carriers | body.inner):
        known = len(body.carriers | body.inner)
        _read_block(body, node.body)


def _read_block(body: _Body, block: cst.BaseSuite) -> None:
    for statement in block.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                _read_statement(body, small)
        else:
            _read_statement(body, statement)


def _read_statement(body: _Body, node: cst.CSTNode) -> None:
    if isinstance(node, cst.Assign):
        _bind(body, [target.target for target in node.targets], _carries(body, node.value))
    elif isinstance(node, cst.AnnAssign):
        if node.value is not None:
            _bind(body, [node.target], _carries(body, node.value))
    elif isinstance(node, cst.AugAssign):
        _read_in_place(body, node)
    elif isinstance(node, cst.Return):
        if node.value is not None:
            _read_return(body, node.value)
    elif isinstance(node, cst.Expr):
        _carries(body, node.value)
    elif isinstance(node, (cst.If, cst.While)):
        _must_not_carry(body, node.test)
        _read_block(body, node.body)
        if isinstance(node.orelse, cst.If):
            _read_statement(body, node.orelse)
        elif node.orelse is not None:
            _read_block(body, node.orelse.body)
    elif isinstance(node, cst.For):
        _must_not_carry(body, node.iter)
        _read_block(body, node.body)
        if node.orelse is not None:
            _read_block(body, node.orelse.body)
    elif _touches(body, node):
        if not isinstance(node, cst.FunctionDef) or node.decorators:
            raise _Needed
        body.inner.add(node.name.value)
        _read_inner(body, node)


def _read_inner(body: _Body, node: cst.FunctionDef | cst.Lambda) -> None:
    """Read a function in the body: it may use a carrier, and not return one."""
    definition = node.params
    defaults = [p.default for p in (*definition.posonly_params, *definition.params, *definition.kwonly_params)]
    if parameter_names(definition) & (body.carriers | body.inner):
        raise _Needed
    for default in defaults:
        if default is not None:
            _must_not_carry(body, default)
    if isinstance(node, cst.Lambda):
        _must_not_carry(body, node.body)
        return
    outermost, returned = body.outermost, body.returns_carrier
    body.outermost, body.returns_carrier = False, False
    _read_block(body, node.body)
    if body.returns_carrier:
        raise _Needed
    body.outermost, body.returns_carrier = outermost, returned


def _touches(body: _Body, node: cst.CSTNode) -> bool:
    """Whether a piece of code uses a carrier, or a function that does."""
    return bool(names(node) & (body.carriers | body.inner))


def _bind(body: _Body, targets: Sequence[cst.BaseExpression], carried: bool) -> None:
    for target in targets:
        if isinstance(target, cst.Name):
            if carried:
                body.carriers.add(target.value)
        elif carried or not isinstance(target, (cst.Tuple, cst.List)) and _touches(body, target):
            raise _Needed


def _read_in_place(body: _Body, node: cst.AugAssign) -> None:
    if not _touches(body, node):
        return
    if not isinstance(node.target, cst.Name) or not isinstance(node.operator, _IN_PLACE):
        raise _Needed
    times = isinstance(node.operator, cst.MultiplyAssign)
    if _meet(body, node.target, node.value, times):
        body.carriers.add(node.target.value)


def _read_return(body: _Body, node: cst.BaseExpression) -> None:
    """What jit returns is an array, whatever the function returned."""
    if body.outermost and isinstance(node, (cst.Tuple, cst.List)):
        for element in node.elements:
            _read_return(body, element.value)
    elif _carries(body, node):
        body.returns_carrier = True


def _must_not_carry(body: _Body, node: cst.BaseExpression) -> None:
    if _carries(body, node):
        raise _Needed


def _carries(body: _Body, node: cst.BaseExpression) -> bool:
    """Whether an expression is a carrier. Raises _Needed where a use is not known to go well."""
    if not _touches(body, node):
        return False
    if isinstance(node, cst.Name):
        if node.value in body.inner:
            raise _Needed
        body.uses.append(node)
        return True
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, _ARITHMETIC):
        return _meet(body, node.left, node.right, isinstance(node.operator, cst.Multiply))
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, (cst.Minus, cst.Plus)):
        return _carries(body, node.expression)
    if isinstance(node, cst.Comparison) and len(node.comparisons) == 1:
        (target,) = node.comparisons
        if isinstance(target.operator, _ORDER):
            return _meet(body, node.left, target.comparator, False)
    if isinstance(node, cst.Call):
        return _call(body, node)
    if isinstance(node, (cst.Lambda, cst.FormattedString, cst.NamedExpr, cst.Yield, cst.Await)):
        raise _Needed
    for inner in expressions(node):
        _must_not_carry(body, inner)
    return False


def _meet(body: _Body, left: cst.BaseExpression, right: cst.BaseExpression, times: bool) -> bool:
    """Whether an operation on two operands gives a carrier: not if one of them is a tracer."""
    first, second = _carries(body, left), _carries(body, right)
    if not first and not second:
        return False
    if first and second:
        return True
    other = right if first else left
    values = body.observed.get(other, [])
    if not values:
        raise _Needed
    if all(_is_number(value) for value in values):
        return True
    lists = times and not body.floats and not (isinstance(other, cst.Name) and other.value in body.arrays)
    if all(_is_tracer(value, body.name, lists) for value in values):
        return False
    raise _Needed


def _is_number(value: Value) -> bool:
    return is_number(value.form) and not value.traced and not value.unknown and not value.mixed


def _is_tracer(value: Value, name: str, lists: bool) -> bool:
    """Whether a value is a tracer on every path, and so without the argument. lists: it may not be a list."""
    others = any(origin.name != name for origin in value.origins)
    if not value.surely_traced or not (value.staged or others):
        return False
    if value.form in (Shapeless.ARRAY, Shapeless.MASK):
        return True
    return value.form in (None, Shapeless.LEAF, Shapeless.TREE) and not lists


def _call(body: _Body, node: cst.Call) -> bool:
    calls_inner = isinstance(node.func, cst.Name) and node.func.value in body.inner
    if not calls_inner and _touches(body, node.func):
        # A method of what a carrier made: `(x * n).sum()`.
        _must_not_carry(body, node.func)
    carried = [_carries_argument(body, node, argument) for argument in node.args]
    if not any(carried):
        return False
    if calls_inner:
        raise _Needed
    callee = _one(body.observed.get(node.func, []))
    if callee is None or any(argument.star for argument in node.args):
        raise _Needed
    positional = tuple(_CARRIED if c else STATIC for a, c in zip(node.args, carried) if a.keyword is None)
    keywords = tuple((a.keyword.value, _CARRIED if c else STATIC) for a, c in zip(node.args, carried) if a.keyword)
    arguments = Arguments(positional, keywords)
    form = callee.form
    if isinstance(form, Function):
        return _call_function(body, form, arguments)
    if isinstance(form, BoundModel):
        _call_model(body, form.name, arguments.after((STATIC,)))
    elif isinstance(form, Library):
        _call_model(body, form.name, arguments)
    else:
        raise _Needed
    if not all(value.staged and value.surely_traced for value in body.observed.get(node, [UNKNOWN])):
        raise _Needed
    return False


def _carries_argument(body: _Body, node: cst.Call, argument: cst.Arg) -> bool:
    """Whether an argument is a carrier, or for functions that make an array of a list holds one."""
    callee = _one(body.observed.get(node.func, []))
    name = callee.form.name if callee is not None and isinstance(callee.form, Library) else ""
    if name in _CLOSURES:
        if isinstance(argument.value, cst.Name) and argument.value.value in body.inner:
            return False
        if isinstance(argument.value, cst.Lambda):
            _read_inner(body, argument.value)
            return False
    if name in _GATHERING and isinstance(argument.value, (cst.List, cst.Tuple)):
        found = [_carries(body, element.value) for element in argument.value.elements]
        return any(found)
    return _carries(body, argument.value)


def _call_model(body: _Body, name: str, arguments: Arguments) -> None:
    model = body.models.find(name)
    if not isinstance(model, Model) or not name.startswith(_PACKAGES) or name.rpartition(".")[2] in _BETTER_STATIC:
        raise _Needed
    pairs = bind_model(model.parameters, arguments)
    if pairs is None or model.returns.kind not in _ARRAYS:
        raise _Needed
    if any(value is _CARRIED and parameter.need is not Need.ARRAY for parameter, value in pairs):
        raise _Needed


def _call_function(body: _Body, function: Function, arguments: Arguments) -> bool:
    """Read a helper with those of its parameters as carriers that are given one."""
    definition = function.definition
    plain = isinstance(definition.node, cst.FunctionDef) and not definition.node.decorators
    if not plain or function.receiver is not None or function.owner is not None or not function.frame.is_module:
        raise _Needed
    if definition.node in body.stack or len(body.stack) >= MAX_DEPTH:
        raise _Needed
    bound = bind(definition.parameters, arguments)
    if bound is None or any(isinstance(value.form, Display) for value in bound.values()):
        raise _Needed
    carriers = {name for name, value in bound.items() if value is _CARRIED}
    stack = (*body.stack, definition.node)
    inner = _Body(
        body.models, body.observed, body.name, frozenset(), carriers, body.floats, outermost=False, stack=stack
    )
    _read_function(inner, function)
    return inner.returns_carrier


def _one(values: Sequence[Value]) -> Value | None:
    """Return the callee that an expression always is."""
    forms = {_identity(value.form) for value in values}
    return values[0] if len(forms) == 1 and not values[0].mixed else None


def _identity(form: Form | None) -> object:
    if isinstance(form, Function):
        return form.definition
    return form.name if isinstance(form, (Library, BoundModel)) else id(form)
