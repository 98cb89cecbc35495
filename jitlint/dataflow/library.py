"""Calls of library functions: a model says which arguments are sinks and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments, bind_model, is_given
from jitlint.dataflow.bodies import enter_bodies, feed_of, functions_in
from jitlint.dataflow.containers import elements, is_leaf, items_in_order, mixes_places
from jitlint.dataflow.entries import ENTRIES
from jitlint.dataflow.floats import COUNTING
from jitlint.dataflow.lattice import display, flat, is_number, operation, over_leaves, parts, tree_leaf
from jitlint.dataflow.results import returned
from jitlint.dataflow.sinks import count, notice, reach, reach_truth
from jitlint.dataflow.state import MAX_UNROLLED, Evidence, Scope
from jitlint.dataflow.values import (
    STAGED_TREE,
    STATIC,
    UNKNOWN,
    Callee,
    Constant,
    Display,
    Instance,
    Partial,
    Shapeless,
    SinkKind,
    Value,
)
from jitlint.models.model import Model, ModelParameter, Need

Call = Callable[[Scope, Value, Arguments, cst.CSTNode], Value]
RunBody = Callable[[Scope, Value, Value, cst.CSTNode], Value]
"""Run a function with every parameter given the same value."""

_SINKS: dict[Need, tuple[SinkKind, str]] = {
    Need.SHAPE: (SinkKind.SHAPE, "sets a shape in {callee}"),
    Need.SIZE: (SinkKind.SHAPE, "sets a shape in {callee}"),
    Need.AXIS: (SinkKind.CONCRETE, "must be concrete as {parameter!r} of {callee}"),
    Need.DTYPE: (SinkKind.CONCRETE, "must be concrete as {parameter!r} of {callee}"),
    Need.STATIC: (SinkKind.CONCRETE, "must be concrete as {parameter!r} of {callee}"),
    Need.INDEX: (SinkKind.SLICE, "bounds a slice in {callee}"),
    Need.LOOP: (SinkKind.LOOP, "sets the length of a Python loop in {callee}"),
    Need.CONVERT: (SinkKind.CONVERSION, "is converted to a Python number by {callee}"),
    Need.NUMPY: (SinkKind.NUMPY, "is needed by NumPy in {callee}"),
    Need.NUMPY_ARRAY: (SinkKind.NUMPY, "is turned into a NumPy array by {callee}"),
    Need.WHOLE: (SinkKind.NUMPY, "is turned into a NumPy array by {callee}"),
    Need.KEY: (SinkKind.OBJECT, "is hashed or used as a name in {callee}"),
    Need.COUNTED: (SinkKind.UNKNOWN_SIZE, "decides the size of the result of {callee}"),
}
_RUN = (Need.BODY, Need.BODIES, Need.LEAVES, Need.CALLED)
_HARMLESS = (Need.ARRAY, Need.IGNORED, Need.NOTHING, Need.ANY)
_NUMPY_INSTEAD = (Need.DTYPE, Need.AXIS, Need.STATIC, Need.SHAPE, Need.SIZE, Need.INDEX)


def apply_model(
    scope: Scope, model: Model, arguments: Arguments, node: cst.CSTNode, label: str, call: Call, run_body: RunBody
) -> Value:
    """Call a modelled function: record the sinks, run the functions it is given, return what the model says."""
    pairs = bind_model(model.parameters, arguments)
    if pairs is None:
        return UNKNOWN
    for parameter, value in pairs:
        if parameter.need in _HARMLESS:
            continue
        if parameter.unless and is_given(pairs, parameter.unless):
            continue
        _meet(scope, model, parameter, value, pairs, node, label)
    results: dict[str, Value] = {}
    if scope.tracing:
        result = _run_functions(scope, model, pairs, node, label, call, run_body, results)
        if result is not None:
            return result
    elif any(parameter.need in _RUN for parameter, _ in pairs):
        enter_bodies(scope, model, arguments, pairs, node, label)
        # Nothing is a sink out here, but functions under jit are called: evidence of what they are given.
        _run_functions(scope, model, pairs, inner_place(node), label, call, run_body, results)
    return returned(scope, model, pairs, results)


def inner_place(node: cst.CSTNode) -> cst.CSTNode:
    """Return where a call is said to be that a library makes: the arguments of `node` are not its own."""
    return node.func if isinstance(node, cst.Call) else node


def _run_functions(
    scope: Scope,
    model: Model,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    label: str,
    call: Call,
    run_body: RunBody,
    results: dict[str, Value],
) -> Value | None:
    """Run the functions that a library function is given; return what it gives back, None if the model knows.

    results: takes what the functions of each parameter give, the first one of several.
    """
    for parameter, value in pairs:
        if parameter.need in (Need.BODY, Need.BODIES):
            bodies = (value,) if parameter.need is Need.BODY else functions_in(value)
            fed = feed_of(parameter, pairs, scope.tracing)
            for body in bodies:
                if scope.eager and model.name.startswith("jax.") and model.name not in ENTRIES:
                    # It is called with arrays, or with what shows them.
                    continue
                given = run_body(scope, body, STAGED_TREE, node) if fed is None else call(scope, body, fed, node)
                results.setdefault(parameter.name, given)
        elif parameter.need in (Need.LEAVES, Need.CALLED):
            if parameter.need is Need.LEAVES and len(pairs) == 2 and isinstance(value.form, (*Callee, Instance)):
                return _map_tree(scope, value, pairs[1][1], node, call)
            if model.name == "builtins.map":
                return _map(scope, parameter, value, pairs, node, call)
            result = _run_on_elements(scope, model, parameter, value, pairs, node, call)
            if parameter.need is Need.LEAVES:
                return flat(result, Shapeless.TREE)
            if parameter.name == "key" or model.name.endswith(_TESTING):
                for part in parts(result):
                    reach_truth(scope, part, node, f"is compared or tested by {label}")
            if model.name == "functools.reduce":
                return result
    return None


_TESTING = (".filter", ".filterfalse", ".takewhile", ".dropwhile")


def _meet(
    scope: Scope,
    model: Model,
    parameter: ModelParameter,
    value: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    label: str,
) -> None:
    """Let an argument meet the need of its parameter."""
    need = parameter.need
    if need is Need.KERNEL:
        bound = value.form if isinstance(value.form, Partial) else Partial(value, (), ())
        for given in (*bound.positional, *(given for _, given in bound.keywords)):
            reach(scope, SinkKind.CONCRETE, given, node, f"is bound into the kernel of {label}")
        return
    if need is Need.TRUTH:
        _meet_truth(scope, model, parameter, value, pairs, node, label)
        return
    if need is Need.NUMBER:
        if not value.staged:
            reach(scope, SinkKind.SHAPE, value, node, f"sets a shape in {label}", number=True)
        return
    entry = _SINKS.get(need)
    if entry is None or value.form == Constant(None):
        return
    kind, phrase = entry
    if need is Need.WHOLE and not isinstance(value.form, Display):
        # The array's own method does the work; only of a list or tuple NumPy makes an array.
        return
    if need is Need.COUNTED and not scope.eager and not value.unknown and not flat(value).traced:
        # Inside jit such a function fails on every array, even on one that is not traced.
        value = replace(value, staged=True)
    if need is Need.KEY and parameter.name in ("iterable", "other", "others"):
        if parameter.name != "iterable" and not isinstance(value.form, Display):
            # The elements of a dict are its keys.
            return
        value = elements(value)
    if need in _NUMPY_INSTEAD and model.name.startswith("numpy."):
        kind = SinkKind.NUMPY
    text = phrase.format(callee=label, parameter=parameter.name)
    refuses = model.name in COUNTING or model.name.startswith("jax.random.")
    if refuses and need in (Need.SHAPE, Need.SIZE, Need.INDEX):
        count(scope, value, node, text)
    reach(scope, kind, value, node, text, array=need is Need.NUMPY_ARRAY or need is Need.COUNTED)


def _meet_truth(
    scope: Scope,
    model: Model,
    parameter: ModelParameter,
    value: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    label: str,
) -> None:
    phrase = f"is compared or tested by {label}"
    if model.name == "builtins.bool" or not (parameter.name in ("args", "iterable")):
        reach_truth(scope, value, node, phrase)
        return
    given = [other for p, other in pairs if p.name == parameter.name]
    alone = len(given) == 1
    if value.form in (None, Shapeless.TREE, Shapeless.LEAF):
        # The keys of a dict are no tracers: reported only if nothing shows the argument to be a container.
        shown = value.form is None or value.form is Shapeless.LEAF and not alone
        if shown or any(is_number(other.form) for other in given):
            reach(scope, SinkKind.BRANCH, value, node, phrase, truth=True)
        return
    if not alone:
        for part in parts(value):
            reach_truth(scope, part, node, phrase)
    elif _more_than_one(value) or parameter.name == "iterable" and not model.name.endswith("sorted"):
        found = items_in_order(value)
        for item in (elements(value),) if found is None else found:
            # Tuples are compared by their first items as long as these differ.
            first = item.form.items[0] if isinstance(item.form, Display) and item.form.items else item
            for part in parts(first):
                reach_truth(scope, part, node, phrase)


def _more_than_one(value: Value) -> bool:
    form = value.form
    return not isinstance(form, Display) or form.rest is not None or len(form.items) > 1


def _run_on_elements(
    scope: Scope,
    model: Model,
    parameter: ModelParameter,
    function: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    call: Call,
) -> Value:
    """Call a function with the leaves or elements of the other arguments; return what it gives back."""
    if not isinstance(function.form, (*Callee, Instance)):
        notice(scope, Evidence.CALLED, function, node)
        return operation(*(value for other, value in pairs if other is not parameter))
    others = [v for p, v in pairs if p is not parameter and p.need in (Need.ARRAY, Need.TRUTH) and p.name != "default"]
    if parameter.need is Need.LEAVES:
        given = tuple(tree_leaf(value) for value in others)
    elif parameter.name == "f" and model.name.endswith("map_with_path"):
        # The path holds keys and positions.
        given = (STATIC, *(tree_leaf(value) for value in others))
    elif parameter.name == "key":
        given = (elements(others[0]) if len(others) == 1 else elements(display("tuple", others)),) if others else ()
    elif parameter.name in ("function", "func") and len(others) > 1 and pairs[0][0].name != "function":
        item = elements(others[0])
        given = (item, item)
    else:
        given = tuple(elements(value) for value in others)
    return call(scope, function, Arguments(given), node)


def _map(
    scope: Scope,
    parameter: ModelParameter,
    function: Value,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    call: Call,
) -> Value:
    """Return what `map` gives: item by item where the items are in sight."""
    others = [value for other, value in pairs if other is not parameter]
    items = [items_in_order(value) for value in others]
    known = [its for its in items if its is not None]
    can_call = isinstance(function.form, (*Callee, Instance))
    if can_call and known and len(known) == len(items) and min(map(len, known)) <= MAX_UNROLLED:
        return display("list", [call(scope, function, Arguments(given), node) for given in zip(*known)])
    if not can_call:
        notice(scope, Evidence.CALLED, function, node)
        return Value(form=Display("list", (), operation(*others)))
    result = call(scope, function, Arguments(tuple(map(elements, others))), node)
    return Value(form=Display("list", (), result, shuffled=any(map(mixes_places, others))))


def _map_tree(scope: Scope, function: Value, tree: Value, node: cst.CSTNode, call: Call) -> Value:
    """Return what `jax.tree.map` of one tree gives: the same containers, as far as they are in sight."""

    def leaf(value: Value) -> Value:
        if value.form == Constant(None):
            return value
        result = call(scope, function, Arguments((tree_leaf(value),)), node)
        return result if is_leaf(scope, value) else flat(result, Shapeless.TREE)

    return over_leaves(tree, leaf)
