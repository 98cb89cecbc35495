"""One sample call of a library function, run under JAX's tracing in the ways that its stub line speaks of."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jax
import numpy as np

from jitlint.models.model import Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns


@dataclass(frozen=True)
class Call:
    """Sample arguments of one call."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    shows_result: bool = True


def call(*args: Any, **kwargs: Any) -> Call:
    """The sample call `function(*args, **kwargs)`."""
    return Call(args, kwargs)


def call_for_needs(*args: Any, **kwargs: Any) -> Call:
    """A sample call that gives another kind of result than the stub says, as `linspace(..., retstep=True)`."""
    return Call(args, kwargs, shows_result=False)


Samples = dict[str, "Call | list[Call]"]


class Outcome(enum.Enum):
    """What running a claim said."""

    SHOWN = "shown"
    NOT_SHOWN = "not shown"
    WRONG = "wrong"


@dataclass(frozen=True)
class Verdict:
    """One claim and what running it said. `detail` is the reason, when not shown, or the contradiction."""

    claim: str
    outcome: Outcome
    detail: str = ""


Slot = int | str  # the position or the keyword of an argument in a call
Leaf = tuple[Slot, int]


_FUNCTIONS = {Need.BODY, Need.BODIES, Need.LEAVES, Need.CALLED, Need.CALLBACK, Need.FUNCTION}


class Trial:
    """One sample call of a function: run as it is, then with all arguments static."""

    def __init__(self, model: Model, function: Callable[..., Any], sample: Call) -> None:
        self.model, self.function, self.sample = model, function, sample
        self.values: dict[Slot, Any] = dict(enumerate(sample.args)) | dict(sample.kwargs)
        self.problem = self.staticmismatch = ""
        self.static_works = True
        self.function_calls: dict[Slot, list[bool]] = {}  # for each call of a given function: all arguments traced?
        self.staticmismatch, error = self._run(frozenset())
        self.static_works = not error
        if not error:
            return
        counted = any(self._in_force(parameter) for parameter in model.parameters if parameter.need is Need.COUNTED)
        if not counted:
            self.problem = f"{sample}: fails under jit with static arguments: {error}"
        elif without_jit := error_of(lambda: _drained(function(*sample.args, **sample.kwargs))):
            self.problem = f"{sample}: fails without jit: {without_jit}"

    def slots_of(self, parameter: ModelParameter) -> list[Slot]:
        """Where the call gives a parameter its arguments."""
        kinds, parameters = ParameterKind, self.model.parameters
        if parameter.kind is kinds.VAR_KEYWORD:
            named = {other.name for other in parameters}
            return [slot for slot in self.values if isinstance(slot, str) and slot not in named]
        positional = [p for p in parameters if p.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)]
        if parameter.kind is kinds.VAR_POSITIONAL:
            return list(range(len(positional), len(self.sample.args)))
        place = positional.index(parameter) if parameter in positional else len(self.sample.args)
        if place < len(self.sample.args):
            return [place]
        return [parameter.name] if parameter.name in self.sample.kwargs else []

    def test(self, parameter: ModelParameter, slot: Slot) -> Verdict:
        """Trace what the call gives at `slot`, and compare with what the parameter needs."""
        need, value = parameter.need, self.values[slot]
        if need in _FUNCTIONS:
            return self._test_function(need, slot)
        leaves = jax.tree.leaves(value)
        if not leaves or not all(map(_can_be_traced, leaves)):
            return Verdict("", Outcome.NOT_SHOWN, f"a {_type_name(value)} cannot be traced")
        must_raise = need is not Need.ARRAY and self._in_force(parameter)
        if need is Need.WHOLE:
            must_raise = isinstance(value, list | tuple)
        if need is Need.NUMBER:
            must_raise = jax.numpy.ndim(leaves[0]) == 0
        if not self.static_works and need is not Need.COUNTED:
            return Verdict("", Outcome.NOT_SHOWN, "the call fails under jit whatever is traced")
        every = frozenset((slot, i) for i in range(len(leaves)))
        for traced in {every, *(frozenset({leaf}) for leaf in every)}:
            raised = self._run(traced)[1] or (must_raise and self._run(traced, lower=True)[1])
            if bool(raised) is not must_raise:
                detail = f"argument {slot!r}: " + (
                    f"traced, it raises {raised}" if raised else "traced, nothing raises"
                )
                return Verdict("", Outcome.WRONG, detail)
        return Verdict("", Outcome.SHOWN)

    def array_leaves(self) -> frozenset[Leaf]:
        """The leaves of all arguments that may be traced together."""
        found: list[Leaf] = []
        for parameter in self.model.parameters:
            for slot in self.slots_of(parameter):
                leaves = jax.tree.leaves(self.values[slot])
                whole = parameter.need is Need.WHOLE and not isinstance(self.values[slot], list | tuple)
                free = parameter.need is Need.ARRAY or whole or (parameter.unless and not self._in_force(parameter))
                if free and all(map(_can_be_traced, leaves)):
                    found += [(slot, i) for i in range(len(leaves))]
        return frozenset(found)

    def tracedmismatch(self) -> str:
        """What is wrong with the result when all array arguments are traced."""
        leaves = self.array_leaves()
        if not leaves:
            return ""
        mismatch, error = self._run(leaves, lower=True)
        return mismatch or (f"all arrays traced: {error}" if error else "")

    def _in_force(self, parameter: ModelParameter) -> bool:
        others = [other for other in self.model.parameters if other.name in parameter.unless]
        return not any(self.values[slot] is not None for other in others for slot in self.slots_of(other))

    def _test_function(self, need: Need, slot: Slot) -> Verdict:
        calls = self.function_calls.get(slot)
        if calls is None:
            return Verdict("", Outcome.NOT_SHOWN, "the sample is no function")
        if need in (Need.CALLBACK, Need.FUNCTION):
            wrong = "it is called while tracing" if calls else ""
        elif not calls:
            wrong = "it is not called while tracing"
        elif need in (Need.BODY, Need.BODIES):
            wrong = "" if all(calls) else "it is called with untraced arguments"
        else:
            wrong = "it is called with traced arguments" if all(calls) else ""
        return Verdict("", Outcome.WRONG if wrong else Outcome.SHOWN, wrong)

    def _run(self, traced: frozenset[Leaf], lower: bool = False) -> tuple[str, str]:
        """Call under jit with these leaves traced: what is wrong with the result, and what was raised.

        Nearly all errors come while tracing. `lower` goes on to lowering, which takes longer.
        """
        flat = {slot: jax.tree.flatten(value) for slot, value in self.values.items()}
        order = sorted(traced, key=str)
        found: list[str] = []

        def body(inputs: list[Any]) -> list[Any]:
            given = dict(zip(order, inputs, strict=True))
            values: dict[Slot, Any] = {}
            for slot, (leaves, structure) in flat.items():
                mixed = [given.get((slot, i), leaf) for i, leaf in enumerate(leaves)]
                values[slot] = jax.tree.unflatten(structure, [self._recorded(slot, leaf) for leaf in mixed])
            args = [values[slot] for slot in range(len(self.sample.args))]
            result = _drained(self.function(*args, **{name: values[name] for name in self.sample.kwargs}))
            found.append(mismatch(result, self.model.returns, static=not traced))
            return [leaf for leaf in jax.tree.leaves(result) if isinstance(leaf, jax.core.Tracer)]

        inputs = [flat[slot][0][i] for slot, i in order]
        if lower:
            error = error_of(lambda: jax.jit(body).lower(inputs))
        else:
            error = error_of(lambda: jax.make_jaxpr(body)(inputs))
        return found[0] if found else "", error

    def _recorded(self, slot: Slot, value: Any) -> Any:
        """A function of the sample, wrapped to note whether it is called with traced arguments."""
        if not inspect.isfunction(value):
            return value
        calls = self.function_calls.setdefault(slot, [])

        def recorded(*args: Any, **kwargs: Any) -> Any:
            leaves = jax.tree.leaves((args, kwargs))
            calls.append(all(isinstance(leaf, jax.core.Tracer) for leaf in leaves))
            return value(*args, **kwargs)

        return recorded


def mismatch(result: Any, returns: Returns, static: bool) -> str:
    """How a result contradicts the stub; `static` says that no argument was traced."""
    kind = returns.kind
    if kind in (ReturnKind.TUPLE, ReturnKind.LIST):
        if not isinstance(result, tuple if kind is ReturnKind.TUPLE else list):
            return f"the result is a {_type_name(result)}"
        items = returns.items * len(result) if returns.variadic else returns.items
        if len(items) != len(result):
            return f"the result has {len(result)} items"
        return next(filter(None, (mismatch(part, item, static) for part, item in zip(result, items))), "")
    traced = [isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(result)]
    inputs = "static" if static else "traced"
    if kind is ReturnKind.ARRAY:
        return "" if isinstance(result, jax.core.Tracer) else f"{inputs} arguments give a {_type_name(result)}"
    if kind is ReturnKind.NUMPY:
        return "" if isinstance(result, np.ndarray) else f"{inputs} arguments give a {_type_name(result)}"
    if kind is ReturnKind.MASK:
        good = isinstance(result, jax.core.Tracer) and result.dtype == bool
        return "" if good else f"{inputs} arguments give a {_type_name(result)}, not a traced array of truth values"
    if kind is ReturnKind.TREE:
        return "" if traced and all(traced) else f"{inputs} arguments give a {_type_name(result)}, not all traced"
    if kind is ReturnKind.CONCRETE:
        return f"{inputs} arguments give a traced result" if any(traced) else ""
    if kind in (ReturnKind.DERIVED, ReturnKind.ELEMENT):
        return f"{inputs} arguments give a {_type_name(result)}" if any(traced) is static else ""
    if kind is ReturnKind.TRANSFORM:
        return "" if callable(result) else f"the result is a {_type_name(result)}"
    return ""


def _can_be_traced(leaf: Any) -> bool:
    return isinstance(leaf, bool | int | float | complex) or (hasattr(leaf, "dtype") and hasattr(leaf, "shape"))


def _type_name(value: Any) -> str:
    return "None" if value is None else type(value).__name__


def _drained(result: Any) -> Any:
    """An iterator is run to its end, so that it does its work here."""
    return list(result) if isinstance(result, Iterator) else result


def error_of(run: Callable[[], object]) -> str:
    """What `run` raises, in one line; empty when it raises nothing."""
    try:
        run()
    except Exception as error:  # noqa: BLE001 - whatever it raises is the answer
        text = str(error).strip().splitlines()
        return f"{type(error).__name__}: {text[0][:150] if text else ''}"
    return ""
