"""Every line of a stub file is a claim. This module runs each one against the installed library.

How to add a module: write `jitlint/models/a/b.pyi`, and `tests/models/samples/a_b.py` beside the others:

    from tests.models.claims import Samples, call

    X = jnp.arange(6.0).reshape(2, 3)

    SAMPLES: Samples = {
        "sin": call(X),
        "tile": [call(X, 2), call(X, (2, 1))],            # several calls: each one is tested
        "repeat": [call(X, 3, axis=1), call(X, jnp.array([1, 2]), axis=0, total_repeat_length=3)],
        "keepdims_of": call(X, keepdims=True),            # a parameter that no call gives is "not shown"
    }
    FLOOR = 0.9                                           # the least share of shown claims, measured
    NO_SIGNATURE = {"name": "reason"}                     # optional: signatures that cannot be compared

`call_for_needs(...)` is for a call whose result is of another kind than the stub's usual one.

For a stub of a class (`jax/Array.pyi`, all lines begin with `self`), the first value of a call is self, and
the module also gives:

    OWNER = type(X)                                       # its methods have the signatures
    SELF = X                                              # for attributes
    def receiver(x): return x.at[0]                       # optional: what to call the method on, made from self

What is run, for each call (K = the needs that want a concrete value, Shape to NumpyArray):
- as it is, without jit: it must succeed;
- under jit with all arguments closed over ("static"): it must succeed, unless a Counted need is in force;
- for each parameter that the call gives a number, an array or a tree of them: the same with that one argument
  traced, and with each of its leaves alone traced. K and Counted must raise, Array must not. With `Unless`, the
  calls that give the other parameter must not raise. Number must raise for a number and not for an array;
- a function given to Body, Bodies is called with traced arguments only; to Called, Leaves with the static ones as they
  are; to Callback, Function not at all;
- the result: Array and Tree are traced even when all is static, Concrete is not even when all Array arguments are
  traced, Derived and Element are traced when those are and not when all is static.
"""

from __future__ import annotations

import enum
import importlib.util
import inspect
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import jax

from jitlint.models import loader
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind, Returns


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

_NO_CLAIM = {Need.ANY}
_FUNCTIONS = {Need.BODY, Need.BODIES, Need.LEAVES, Need.CALLED, Need.CALLBACK, Need.FUNCTION}
_KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: ParameterKind.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD: ParameterKind.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL: ParameterKind.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY: ParameterKind.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD: ParameterKind.VAR_KEYWORD,
}


# Finding the lines, the library's objects and the samples


def modules() -> list[str]:
    """The qualified names of all stub files."""
    files = sorted(loader.STUBS.rglob("*.pyi"))
    return [".".join(file.relative_to(loader.STUBS).with_suffix("").parts) for file in files]


def lines(module: str) -> list[str]:
    """The names that a stub file has, in its order."""
    return list(loader._index(module) or ())


@cache
def samples_of(module: str) -> ModuleType | None:
    """The samples module of a stub file."""
    name = f"tests.models.samples.{module.replace('.', '_')}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def _calls(module: str, name: str) -> list[Call]:
    samples: Samples = getattr(samples_of(module), "SAMPLES", {})
    line = (loader._index(module) or {})[name][1]
    alias = re.match(r"\w+ *= *(\w+)", line)
    found = samples.get(name, samples.get(alias[1], []) if alias else [])
    return [found] if isinstance(found, Call) else list(found)


def _library_object(module: str, name: str) -> tuple[Any, Callable[..., Any]]:
    """The object whose signature counts, and the function to call."""
    samples = samples_of(module)
    owner = getattr(samples, "OWNER", None) or _owner(module)
    if isinstance(owner, ModuleType):
        found = getattr(owner, name)
        return found, found
    receiver = getattr(samples, "receiver", lambda self: self)
    return getattr(owner, name), lambda self, *args, **kwargs: getattr(receiver(self), name)(*args, **kwargs)


def _owner(module: str) -> Any:
    """The module of a stub file, or the class, as `builtins.str`."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        parent, _, name = module.rpartition(".")
        return getattr(importlib.import_module(parent), name)


# Checking one line


@cache
def check(module: str, name: str) -> tuple[Verdict, ...]:
    """The verdicts on all the claims of one stub line."""
    model = loader.find_model(f"{module}.{name}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if isinstance(model, Attribute):
            return (_check_attribute(module, name, model),)
        assert isinstance(model, Model)
        try:
            signature_of, function = _library_object(module, name)
        except AttributeError as error:
            return (Verdict(model.name, Outcome.WRONG, str(error)),)
        reason = getattr(samples_of(module), "NO_SIGNATURE", {}).get(name, "")
        verdicts = [_check_signature(model, signature_of, reason)]
        trials = [_Trial(model, function, sample) for sample in _calls(module, name)]
        for problem in (trial.problem for trial in trials):
            if problem:
                verdicts.append(Verdict(f"{model.name}: the sample works", Outcome.WRONG, problem))
        for parameter in model.parameters:
            if parameter.need not in _NO_CLAIM:
                verdicts.append(_check_parameter(model, parameter, trials))
        if model.returns.kind is not ReturnKind.UNKNOWN:
            verdicts.append(_check_returns(model, trials))
    return tuple(verdicts)


def _check_attribute(module: str, name: str, model: Attribute) -> Verdict:
    samples = samples_of(module)
    claim = f"{model.name}: {model.returns.kind.value}"
    receiver = getattr(samples, "receiver", lambda self: self)
    if model.returns.kind is ReturnKind.UNKNOWN:
        return Verdict(claim, Outcome.NOT_SHOWN, "claims nothing")
    found: list[str] = []

    def body(self: Any) -> tuple[()]:
        owner = _owner(module) if self is None else receiver(self)
        found.append(_mismatch(getattr(owner, name), model.returns, static=self is None))
        return ()

    wrong = _error_of(lambda: jax.make_jaxpr(body)(getattr(samples, "SELF", None))) or found[0]
    return Verdict(claim, Outcome.WRONG if wrong else Outcome.SHOWN, wrong)


def _check_signature(model: Model, function: Any, reason: str) -> Verdict:
    claim = f"{model.name}: signature"
    try:
        actual = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        reason = reason or "the library gives no signature"
    if reason:
        return Verdict(claim, Outcome.NOT_SHOWN, reason)
    stub = [(p.name, p.kind.value, p.has_default) for p in model.parameters]
    real = [(p.name, _KINDS[p.kind].value, p.default is not p.empty) for p in actual]
    if stub == real:
        return Verdict(claim, Outcome.SHOWN)
    return Verdict(claim, Outcome.WRONG, f"the stub has {stub}, the library {real}")


def _check_parameter(model: Model, parameter: ModelParameter, trials: list[_Trial]) -> Verdict:
    unless = f", unless {', '.join(parameter.unless)}" if parameter.unless else ""
    claim = f"{model.name}: {parameter.name} is {parameter.need.value}{unless}"
    reasons = ["no sample"] if not trials else []
    shown = False
    for trial in trials:
        if trial.problem:
            continue
        for slot in trial.slots_of(parameter):
            result = trial.test(parameter, slot)
            if result.outcome is Outcome.WRONG:
                return Verdict(claim, Outcome.WRONG, f"{trial.sample}: {result.detail}")
            shown = shown or result.outcome is Outcome.SHOWN
            reasons.append(result.detail)
    if shown:
        return Verdict(claim, Outcome.SHOWN)
    return Verdict(claim, Outcome.NOT_SHOWN, reasons[-1] if reasons else "no call gives it")


def _check_returns(model: Model, trials: list[_Trial]) -> Verdict:
    claim = f"{model.name}: returns {model.returns.kind.value}"
    shown = False
    for trial in trials:
        if trial.problem or not trial.static_works or not trial.sample.shows_result:
            continue
        wrong = trial.static_mismatch or trial.traced_mismatch()
        if wrong:
            return Verdict(claim, Outcome.WRONG, f"{trial.sample}: {wrong}")
        # A Concrete result is no news when nothing was traced, an Array result is.
        shown = shown or model.returns.kind is not ReturnKind.CONCRETE or bool(trial.array_leaves())
    if shown:
        return Verdict(claim, Outcome.SHOWN)
    return Verdict(claim, Outcome.NOT_SHOWN, "no sample" if not trials else "no sample runs with traced arrays")


class _Trial:
    """One sample call of a function: run as it is, then with all arguments static."""

    def __init__(self, model: Model, function: Callable[..., Any], sample: Call) -> None:
        self.model, self.function, self.sample = model, function, sample
        self.values: dict[Slot, Any] = dict(enumerate(sample.args)) | dict(sample.kwargs)
        self.problem = self.static_mismatch = ""
        self.static_works = True
        self.function_calls: dict[Slot, list[bool]] = {}  # for each call of a given function: all arguments traced?
        error = _error_of(lambda: _drained(function(*sample.args, **sample.kwargs)))
        if error:
            self.problem = f"{sample}: fails without jit: {error}"
            return
        self.static_mismatch, error = self._run(frozenset())
        self.static_works = not error
        counted = any(self._in_force(parameter) for parameter in model.parameters if parameter.need is Need.COUNTED)
        if error and not counted:
            self.problem = f"{sample}: fails under jit with static arguments: {error}"

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
        if need is Need.NUMBER:
            must_raise = jax.numpy.ndim(leaves[0]) == 0
        if not self.static_works and need is not Need.COUNTED:
            return Verdict("", Outcome.NOT_SHOWN, "the call fails under jit whatever is traced")
        every = frozenset((slot, i) for i in range(len(leaves)))
        for traced in {every, *(frozenset({leaf}) for leaf in every)}:
            raised = self._run(traced)[1]
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
                free = parameter.need is Need.ARRAY or (parameter.unless and not self._in_force(parameter))
                if free and all(map(_can_be_traced, leaves)):
                    found += [(slot, i) for i in range(len(leaves))]
        return frozenset(found)

    def traced_mismatch(self) -> str:
        """What is wrong with the result when all array arguments are traced."""
        leaves = self.array_leaves()
        if not leaves:
            return ""
        mismatch, error = self._run(leaves)
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

    def _run(self, traced: frozenset[Leaf]) -> tuple[str, str]:
        """Call under jit with these leaves traced: what is wrong with the result, and what was raised."""
        flat = {slot: jax.tree.flatten(value) for slot, value in self.values.items()}
        order = sorted(traced, key=str)
        found: list[str] = []

        def body(inputs: list[Any]) -> tuple[()]:
            given = dict(zip(order, inputs, strict=True))
            values: dict[Slot, Any] = {}
            for slot, (leaves, structure) in flat.items():
                mixed = [given.get((slot, i), leaf) for i, leaf in enumerate(leaves)]
                values[slot] = jax.tree.unflatten(structure, [self._recorded(slot, leaf) for leaf in mixed])
            args = [values[slot] for slot in range(len(self.sample.args))]
            result = _drained(self.function(*args, **{name: values[name] for name in self.sample.kwargs}))
            found.append(_mismatch(result, self.model.returns, static=not traced))
            return ()

        error = _error_of(lambda: jax.make_jaxpr(body)([flat[slot][0][i] for slot, i in order]))
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


def _mismatch(result: Any, returns: Returns, static: bool) -> str:
    """How a result contradicts the stub; `static` says that no argument was traced."""
    kind = returns.kind
    if kind in (ReturnKind.TUPLE, ReturnKind.LIST):
        if not isinstance(result, tuple if kind is ReturnKind.TUPLE else list):
            return f"the result is a {_type_name(result)}"
        items = returns.items * len(result) if returns.variadic else returns.items
        if len(items) != len(result):
            return f"the result has {len(result)} items"
        return next(filter(None, (_mismatch(part, item, static) for part, item in zip(result, items))), "")
    traced = [isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(result)]
    inputs = "static" if static else "traced"
    if kind is ReturnKind.ARRAY:
        return "" if isinstance(result, jax.core.Tracer) else f"{inputs} arguments give a {_type_name(result)}"
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


def _error_of(run: Callable[[], object]) -> str:
    """What `run` raises, in one line; empty when it raises nothing."""
    try:
        run()
    except Exception as error:  # noqa: BLE001 - whatever it raises is the answer
        text = str(error).strip().splitlines()
        return f"{type(error).__name__}: {text[0][:150] if text else ''}"
    return ""
