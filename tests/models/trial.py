"""One sample call of a library function, run under JAX's tracing in the ways that its stub line speaks of."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import jax
import numpy as np
from jax.interpreters.partial_eval import dce_jaxpr

from jitlint.models.model import Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns
from jitlint.models.versions import Version, parse_version


@dataclass(frozen=True)
class Call:
    """Sample arguments of one call."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    shows_result: bool = True
    use: Callable[[Any], Any] | None = None
    first: Version = ()
    last: Version | None = None
    axis: str = ""

    def then(self, use: Callable[[Any], Any]) -> Call:
        """The same call, and `use` applied to its result: for a transform, a call of the function that it returns."""
        return replace(self, use=use)

    def since(self, release: str) -> Call:
        """The same call, made only from this release of the library on."""
        return replace(self, first=parse_version(release))

    def until(self, release: str) -> Call:
        """The same call, made only below this release of the library."""
        return replace(self, last=parse_version(release))

    def mapped(self, axis: str) -> Call:
        """The same call, made inside a vmap of two over an axis of this name."""
        return replace(self, axis=axis)

    def is_for(self, version: Version) -> bool:
        """Whether a version of the library can make the call."""
        return version >= self.first and (self.last is None or version < self.last)


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


_DTYPES_ARE_STRICT = parse_version(jax.__version__) >= (0, 8)
"""Since JAX 0.8 an array is not accepted in place of its dtype."""
_FOR_ARRAYS = {Need.ARRAY, Need.WHOLE, Need.NUMBER, Need.NUMPY_ARRAY, Need.COUNTED}
_SEQUENCES = {Need.SHAPE, Need.SIZE, Need.AXIS, Need.INDEX}
_FUNCTIONS = {Need.BODY, Need.BODIES, Need.LEAVES, Need.CALLED, Need.CALLBACK, Need.FUNCTION, Need.KERNEL}


@dataclass(frozen=True)
class Run:
    """How one run ended: what is wrong with the result, what was raised, and whether the traced values were used."""

    mismatch: str
    error: str
    used: bool


class Trial:
    """One sample call of a function: run as it is, then with all arguments static."""

    def __init__(self, model: Model, function: Callable[..., Any], sample: Call) -> None:
        self.model, self.function, self.sample = model, function, sample
        self.values: dict[Slot, Any] = dict(enumerate(sample.args)) | dict(sample.kwargs)
        self.problem = self.staticmismatch = ""
        self.static_works = self.recording = True
        self.function_calls: dict[Slot, list[bool]] = {}  # for each call of a given function: all arguments traced?
        self.given_back: dict[Slot, Any] = {}  # what a given function gave the last time
        static = self._run({})
        self.staticmismatch, error = static.mismatch, static.error
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
        traceable = all(map(_can_be_traced, leaves))
        if not leaves or not traceable and need in _FOR_ARRAYS:
            return Verdict("", Outcome.NOT_SHOWN, f"a {_type_name(value)} cannot be traced")
        must_raise = need not in (Need.ARRAY, Need.IGNORED) and self._in_force(parameter)
        if need is Need.WHOLE:
            must_raise = isinstance(value, list | tuple)
        if need is Need.NUMBER:
            must_raise = jax.numpy.ndim(leaves[0]) == 0
        if not self.static_works and need not in (Need.COUNTED, Need.NOTHING):
            return Verdict("", Outcome.NOT_SHOWN, "the call fails under jit whatever is traced")
        # What can't be traced itself, a string or a dtype, gives its place to a traced number.
        every = {(slot, i): leaf if _can_be_traced(leaf) else 1 for i, leaf in enumerate(leaves)}
        used = True
        for traced in (every, *({leaf: value} for leaf, value in every.items() if len(every) > 1)):
            run = self._run(traced)
            raised = run.error or (must_raise and self._run(traced, lower=True).error)
            used = used and run.used
            if bool(raised) is not must_raise:
                if need is Need.DTYPE and not traceable and not _DTYPES_ARE_STRICT:
                    return Verdict("", Outcome.NOT_SHOWN, "an array may stand for its dtype")
                detail = f"argument {slot!r}: " + (
                    f"traced, it raises {raised}" if raised else "traced, nothing raises"
                )
                return Verdict("", Outcome.WRONG, detail)
        if need is Need.IGNORED and used:
            return Verdict("", Outcome.WRONG, f"argument {slot!r} is used")
        if need is Need.ARRAY and not used and all(isinstance(leaf, bool | int | float) for leaf in leaves):
            return Verdict("", Outcome.NOT_SHOWN, "the call ignores it")
        if need in _SEQUENCES and must_raise and type(value) is int:
            return self._test_sequence(slot, value)
        return Verdict("", Outcome.SHOWN)

    def _test_sequence(self, slot: Slot, value: int) -> Verdict:
        """Where a tuple does as well as the number, one with a traced element must raise too."""
        longer = replace(self.sample, shows_result=False)
        if isinstance(slot, int):
            longer = replace(longer, args=(*longer.args[:slot], (value,), *longer.args[slot + 1 :]))
        else:
            longer = replace(longer, kwargs={**longer.kwargs, slot: (value,)})
        trial = Trial(self.model, self.function, longer)
        if trial.problem or not trial.static_works or trial._run({(slot, 0): value}, lower=True).error:
            return Verdict("", Outcome.SHOWN)
        return Verdict("", Outcome.WRONG, f"argument {slot!r}: with {(value,)} traced, nothing raises")

    def array_leaves(self) -> dict[Leaf, Any]:
        """The leaves of all arguments that may be traced together."""
        found: dict[Leaf, Any] = {}
        for parameter in self.model.parameters:
            for slot in self.slots_of(parameter):
                leaves = jax.tree.leaves(self.values[slot])
                whole = parameter.need is Need.WHOLE and not isinstance(self.values[slot], list | tuple)
                free = parameter.need is Need.ARRAY or whole or (parameter.unless and not self._in_force(parameter))
                if free and all(map(_can_be_traced, leaves)):
                    found |= {(slot, i): leaf for i, leaf in enumerate(leaves)}
        return found

    def tracedmismatch(self) -> str:
        """What is wrong with the result when all array arguments are traced."""
        leaves = self.array_leaves()
        if not leaves:
            return ""
        run = self._run(leaves, lower=True)
        return run.mismatch or (f"all arrays traced: {run.error}" if run.error else "")

    def _in_force(self, parameter: ModelParameter) -> bool:
        others = [other for other in self.model.parameters if other.name in parameter.unless]
        return not any(self.values[slot] is not None for other in others for slot in self.slots_of(other))

    def _test_function(self, need: Need, slot: Slot) -> Verdict:
        calls = self.function_calls.get(slot)
        if calls is None:
            return Verdict("", Outcome.NOT_SHOWN, "the sample is no function")
        if need in (Need.CALLBACK, Need.FUNCTION, Need.KERNEL):
            wrong = "it is called while tracing" if calls else ""
        elif not calls:
            wrong = "it is not called while tracing"
        elif need in (Need.BODY, Need.BODIES):
            wrong = "" if all(calls) else "it is called with untraced arguments"
        else:
            wrong = "it is called with traced arguments" if all(calls) else ""
        return Verdict("", Outcome.WRONG if wrong else Outcome.SHOWN, wrong)

    def _run(self, traced: dict[Leaf, Any], lower: bool = False) -> Run:
        """Call under jit with these leaves traced, each with its value.

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
            self.recording = True
            result = _drained(self.function(*args, **{name: values[name] for name in self.sample.kwargs}))
            self.recording = False
            by_name = {
                p.name: self.given_back.get(slot, values[slot])
                for p in self.model.parameters
                for slot in self.slots_of(p)[:1]
            }
            found.append(mismatch(result, self.model.returns, not traced, by_name))
            if self.sample.use is not None:
                result = self.sample.use(result)
            return [leaf for leaf in jax.tree.leaves(result) if isinstance(leaf, jax.core.Tracer)]

        def mapped(inputs: list[Any]) -> list[Any]:
            return jax.vmap(lambda _: body(inputs), axis_name=self.sample.axis, axis_size=2)(jax.numpy.arange(2.0))

        inputs = [traced[leaf] for leaf in order]
        run = mapped if self.sample.axis else body
        used: list[bool] = []
        if lower:
            error = error_of(lambda: jax.jit(run).lower(inputs))
        else:
            error = error_of(lambda: used.append(_uses_its_inputs(jax.make_jaxpr(run)(inputs).jaxpr)))
        return Run(found[0] if found else "", error, all(used))

    def _recorded(self, slot: Slot, value: Any) -> Any:
        """A function of the sample, wrapped to note whether it is called with traced arguments."""
        if not inspect.isfunction(value):
            return value
        calls = self.function_calls.setdefault(slot, [])

        def recorded(*args: Any, **kwargs: Any) -> Any:
            leaves = [leaf for leaf in jax.tree.leaves((args, kwargs)) if not callable(leaf)]
            if self.recording:
                calls.append(all(isinstance(leaf, jax.core.Tracer) for leaf in leaves))
            self.given_back[slot] = value(*args, **kwargs)
            return self.given_back[slot]

        return recorded


def mismatch(result: Any, returns: Returns, static: bool, arguments: Mapping[str, Any] = MappingProxyType({})) -> str:
    """How a result of the arguments contradicts the stub; `static` says that none was traced."""
    kind = returns.kind
    if kind in (ReturnKind.TUPLE, ReturnKind.LIST):
        if not isinstance(result, tuple if kind is ReturnKind.TUPLE else list):
            return f"the result is a {_type_name(result)}"
        items = returns.items * len(result) if returns.variadic else returns.items
        if len(items) != len(result):
            return f"the result has {len(result)} items"
        return next(filter(None, (mismatch(part, item, static, arguments) for part, item in zip(result, items))), "")
    traced = [isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(result)]
    inputs = "static" if static else "traced"
    if kind is ReturnKind.ARRAY:
        return "" if isinstance(result, jax.core.Tracer) else f"{inputs} arguments give a {_type_name(result)}"
    if kind is ReturnKind.NUMPY:
        return "" if isinstance(result, np.ndarray) else f"{inputs} arguments give a {_type_name(result)}"
    if kind is ReturnKind.MASK:
        good = isinstance(result, jax.core.Tracer) and result.dtype == bool
        return "" if good else f"{inputs} arguments give a {_type_name(result)}, not a traced array of truth values"
    if returns.like and jax.tree.structure(result) != jax.tree.structure(_like(returns.like, arguments)):
        return f"the result has another structure than {returns.like}: {jax.tree.structure(result)}"
    if kind is ReturnKind.TREE:
        return "" if traced and all(traced) else f"{inputs} arguments give a {_type_name(result)}, not all traced"
    if kind is ReturnKind.CONCRETE:
        return f"{inputs} arguments give a traced result" if any(traced) else ""
    if kind in (ReturnKind.DERIVED, ReturnKind.ELEMENT):
        return f"{inputs} arguments give a {_type_name(result)}" if any(traced) is static else ""
    if kind is ReturnKind.OPAQUE:
        return "" if _is_refused(result) else f"jit takes a {_type_name(result)}"
    if kind is ReturnKind.PYTREE:
        made = result(size=1) if isinstance(result, type) else result
        return "" if jax.tree.leaves(made) == [1] else f"the leaves of {made} are {jax.tree.leaves(made)}"
    if kind is ReturnKind.TRANSFORM:
        return "" if callable(result) else f"the result is a {_type_name(result)}"
    return ""


def _like(like: str, arguments: Mapping[str, Any]) -> Any:
    """What a result has the structure of."""
    name, _, index = like.removesuffix("]").partition("[")
    return arguments[name][int(index)] if index else arguments[name]


def _is_refused(value: Any) -> bool:
    """Whether jit takes a value for no argument to trace."""
    try:
        jax.jit(lambda value: None)(value)
    except TypeError:
        return True
    return False


def _uses_its_inputs(jaxpr: Any) -> bool:
    """Whether the results depend on every input."""
    return all(dce_jaxpr(jaxpr, [True] * len(jaxpr.outvars))[1])


def _can_be_traced(leaf: Any) -> bool:
    if isinstance(leaf, bool | int | float | complex):
        return True
    return hasattr(leaf, "dtype") and hasattr(leaf, "shape") and not isinstance(leaf, type)


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
