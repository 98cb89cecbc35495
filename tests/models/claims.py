"""Every line of a stub file is a claim. This module runs each one against the installed library.

How to add a module: write `jitlint/models/a/b.pyi`, and `tests/models/samples/a_b.py` (lower case) beside the others:

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
- under jit with all arguments closed over ("static"): it must succeed. Only where a Counted need is in force it may
  fail, and must succeed without jit;
- for each parameter that the call gives a number, an array or a tree of them: the same with that one argument
  traced, and with each of its leaves alone traced. K and Counted must raise, Array must not. With `Unless`, the
  calls that give the other parameter must not raise. Number must raise for a number and not for an array;
- a function given to Body, Bodies is called with traced arguments only; to Called, Leaves with the static ones as they
  are; to Callback, Function not at all;
- the result: Array, Mask (its dtype is bool) and Tree are traced even when all is static, Concrete is not even when
  all Array arguments are traced, Derived and Element are traced when those are and not when all is static.
"""

from __future__ import annotations

import importlib.util
import inspect
import re
import warnings
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import jax

from jitlint.models import loader
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind
from tests.models.trial import Call, Outcome, Samples, Trial, Verdict, call, call_for_needs, error_of, mismatch

__all__ = ["Call", "Outcome", "Samples", "Verdict", "call", "call_for_needs", "check", "lines", "modules", "samples_of"]

_NO_CLAIM = {Need.ANY}
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
    name = f"tests.models.samples.{module.replace('.', '_').lower()}"
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
        trials = [Trial(model, function, sample) for sample in _calls(module, name)]
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
        found.append(mismatch(getattr(owner, name), model.returns, static=self is None))
        return ()

    wrong = error_of(lambda: jax.make_jaxpr(body)(getattr(samples, "SELF", None))) or found[0]
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


def _check_parameter(model: Model, parameter: ModelParameter, trials: list[Trial]) -> Verdict:
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


def _check_returns(model: Model, trials: list[Trial]) -> Verdict:
    claim = f"{model.name}: returns {model.returns.kind.value}"
    shown = False
    for trial in trials:
        if trial.problem or not trial.static_works or not trial.sample.shows_result:
            continue
        wrong = trial.staticmismatch or trial.tracedmismatch()
        if wrong:
            return Verdict(claim, Outcome.WRONG, f"{trial.sample}: {wrong}")
        # An Array result from static arguments is news; a Concrete one only where no argument may be traced.
        nothing_to_trace = all(parameter.need not in (Need.ARRAY, Need.WHOLE) for parameter in model.parameters)
        shown = shown or model.returns.kind is not ReturnKind.CONCRETE or nothing_to_trace or bool(trial.array_leaves())
    if shown:
        return Verdict(claim, Outcome.SHOWN)
    return Verdict(claim, Outcome.NOT_SHOWN, "no sample" if not trials else "no sample runs with traced arrays")
