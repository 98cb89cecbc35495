"""Functions that a library function is given: which they are, what they are called with, and where they are traced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.containers import elements
from jitlint.dataflow.entries import TRACED_BODIES, enter, enter_with_arrays
from jitlint.dataflow.lattice import stage
from jitlint.dataflow.state import Scope
from jitlint.dataflow.values import NONE, STAGED, Constant, Display, Value
from jitlint.models.model import Model, ModelParameter, Need


def enter_bodies(
    scope: Scope,
    model: Model,
    arguments: Arguments,
    pairs: Sequence[tuple[ModelParameter, Value]],
    node: cst.CSTNode,
    label: str,
) -> None:
    """Note the functions that a call outside of any trace has traced."""
    if model.name == "jax.eval_shape" and arguments.positional:
        rest = replace(arguments, positional=arguments.positional[1:])
        enter(scope, model.name, label, arguments.positional[0], rest, node)
    if model.name not in TRACED_BODIES or arguments.star is not None or arguments.double_star is not None:
        return
    for parameter, value in pairs:
        bodies = (
            (value,) if parameter.need is Need.BODY else functions_in(value) if parameter.need is Need.BODIES else ()
        )
        fed = feed_of(parameter, pairs, True)
        # `switch` calls its only branch.
        if fed is not None and not (parameter.need is Need.BODIES and len(bodies) < 2):
            for body in bodies:
                enter_with_arrays(scope, model.name, label, body, fed, node)


def feed_of(
    parameter: ModelParameter, pairs: Sequence[tuple[ModelParameter, Value]], tracing: bool
) -> Arguments | None:
    """Return what JAX calls a function argument with; None if the model or the call does not say.

    Out of a trace the values stay what they are, which says more of what the program passes.
    """
    staged = stage if tracing else _same
    given: list[Value] = []
    for feed in parameter.feeds:
        name = feed.removeprefix("each ").removeprefix("*")
        values = [value for other, value in pairs if other.name == name]
        if feed == "number":
            given.append(STAGED)
        elif feed.startswith("*"):
            given.extend(staged(value) for value in values)
        elif feed.startswith("each ") and (not values or values[0].form == Constant(None)):
            given.append(NONE)
        elif not values:
            return None
        else:
            given.append(staged(elements(values[0])) if feed.startswith("each ") else staged(values[0]))
    return Arguments(tuple(given)) if parameter.feeds else None


def functions_in(value: Value) -> tuple[Value, ...]:
    form = value.form
    if isinstance(form, Display):
        return form.every
    return ()


def _same(value: Value) -> Value:
    return value
