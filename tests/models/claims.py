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
    NO_SIGNATURE = {"name": "reason"}                     # optional: signatures that cannot be compared
    INSTANCES = {"Table": Table(1)}                       # of classes that are `Opaque`, or `Pytree`: with the leaf 1

`call_for_needs(...)` is for a call whose result is of another kind than the stub's usual one. `call(...).then(use)`
applies `use` to the result, for what only fails then; `.since("0.5.0")` and `.until("0.6.0")` are for calls that
only some releases of the library know, `.mapped("i")` for calls inside a vmap over that axis.

`python -m tests.models.claims [MODULE ...]` prints what is shown and what is not; `--unproven FILE` writes the
page docs/unproven-claims.md.

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
  calls that give the other parameter must not raise. Number must raise for a number and not for an array.
  A traced number takes the place of what can't be traced (a string, a dtype). A parameter that no call gives is
  tried with its default or with what `TYPICAL` has for its name. A number at an Array parameter must be used: a
  flag that the call ignores shows nothing;
- Nothing must take None and refuse a number, traced or not; Ignored must take any object, and use nothing of it;
- a function given to Body, Bodies is called with traced arguments only; to Called, Leaves with the static ones as they
  are; to Callback, Function not at all;
- the result: Opaque is refused by jit as an argument, and of what a Pytree makes `size=1` is the only leaf;
- the result: Array, Mask (its dtype is bool) and Tree are traced even when all is static, Concrete is not even when
  all Array arguments are traced, Derived and Element are traced when those are and not when all is static.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import inspect
import re
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jax
import numpy as np

from jitlint.models import Models, loader
from jitlint.models.model import Attribute, Model, ModelParameter, Need, ParameterKind, ReturnKind
from jitlint.models.versions import parse_version
from tests.models.trial import Call, Outcome, Samples, Trial, Verdict, call, call_for_needs, error_of, mismatch

__all__ = ["Call", "Outcome", "Samples", "Verdict", "call", "call_for_needs", "check", "lines", "modules", "samples_of"]

VERSIONS = {
    **dict.fromkeys(sys.stdlib_module_names, sys.version_info[:3]),
    "jax": parse_version(jax.__version__),
    "numpy": parse_version(np.__version__),
}
"""Top-level package -> the installed version."""
VERSIONS |= {
    package: parse_version(importlib.metadata.version(distributions[0]))
    for package, distributions in importlib.metadata.packages_distributions().items()
    if package not in VERSIONS and loader.SHIPPED.has_module(package)
}
MODELS = Models(versions=tuple(VERSIONS.items()))
"""The stubs as the installed versions have them."""

_DTYPES = (np.float32, np.int32, np.complex64, bool)
TYPICAL: dict[str, tuple[Any, ...]] = {
    "dtype": _DTYPES,
    "preferred_element_type": _DTYPES,
    "precision": ("highest",),
    "device": (jax.devices()[0],),
    "out_sharding": (
        jax.sharding.NamedSharding(
            jax.sharding.Mesh(np.array(jax.devices()[:1]), ("x",)),
            jax.sharding.PartitionSpec(),  # type: ignore[no-untyped-call]
        ),
        jax.sharding.SingleDeviceSharding(jax.devices()[0]),
    ),
    "impl": ("threefry2x32",),
}
"""What a parameter of that name is given where no sample call gives it anything; the first that works counts."""

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
    """The qualified names of all stub files whose library is installed."""
    files = sorted(loader.STUBS.rglob("*.pyi"))
    names = [".".join(file.relative_to(loader.STUBS).with_suffix("").parts) for file in files]
    return [name for name in names if importlib.util.find_spec(name.partition(".")[0])]


def lines(module: str, models: Models = MODELS) -> list[str]:
    """The names that a stub file has for the installed versions, in its order."""
    return list(models.lines(module))


@cache
def samples_of(module: str) -> ModuleType | None:
    """The samples module of a stub file."""
    name = f"tests.models.samples.{module.replace('.', '_').lower()}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def _calls(module: str, name: str, models: Models) -> list[Call]:
    samples: Samples = getattr(samples_of(module), "SAMPLES", {})
    found = samples.get(name) or samples.get(_alias_of(module, name, models), [])
    calls = [found] if isinstance(found, Call) else list(found)
    version = VERSIONS.get(module.partition(".")[0])
    return [call for call in calls if version is None or call.is_for(version)]


def _alias_of(module: str, name: str, models: Models) -> str:
    """What an alias line such as `concat = concatenate` stands for; the name itself if it is none."""
    stub = loader._index(models, module) or {}
    alias = re.match(r"\w+ *(?::.*)?= *(\w+)$", stub[name][0].definition.text.rstrip())
    return alias[1] if alias else name


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
def check(module: str, name: str, models: Models = MODELS) -> tuple[Verdict, ...]:
    """The verdicts on all the claims of one stub line."""
    model = models.find(f"{module}.{name}")
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
        trials = [Trial(model, function, sample) for sample in _calls(module, name, models)]
        defaults = _defaults(signature_of)
        for problem in (trial.problem for trial in trials):
            if problem:
                verdicts.append(Verdict(f"{model.name}: the sample works", Outcome.WRONG, problem))
        for parameter in model.parameters:
            if parameter.need not in _NO_CLAIM:
                verdicts.append(_check_parameter(model, parameter, trials, defaults.get(parameter.name)))
        if model.returns.kind is not ReturnKind.UNKNOWN:
            verdicts.append(_check_returns(model, trials))
    return tuple(verdicts)


def _check_attribute(module: str, name: str, model: Attribute) -> Verdict:
    samples = samples_of(module)
    claim = f"{model.name}: {model.returns.kind.value}"
    receiver = getattr(samples, "receiver", lambda self: self)
    if model.returns.kind is ReturnKind.UNKNOWN:
        return Verdict(claim, Outcome.NOT_SHOWN, "claims nothing")
    if model.returns.kind in (ReturnKind.OPAQUE, ReturnKind.PYTREE):
        wrong = mismatch(samples.INSTANCES[name], model.returns, static=True)
        return Verdict(claim, Outcome.WRONG if wrong else Outcome.SHOWN, wrong)
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
    stub = [(p.name, p.kind, p.has_default) for p in model.parameters]
    real = [(p.name, _KINDS[p.kind], p.default is not p.empty) for p in actual]
    if stub and real and stub[0][0] == "self":
        # A method's first parameter is given by the object, whatever its name.
        stub, real = stub[1:], real[1:]
    if _as_called(stub) == _as_called(real):
        return Verdict(claim, Outcome.SHOWN)
    return Verdict(claim, Outcome.WRONG, f"the stub has {stub}, the library {real}")


def _as_called(parameters: Iterable[tuple[str, ParameterKind, bool]]) -> tuple[list[Any], set[Any]]:
    """What a caller sees: names by position where they count, and the keyword-only parameters in any order."""
    by_position: list[Any] = []
    by_keyword: set[Any] = set()
    for name, kind, has_default in parameters:
        if kind is ParameterKind.KEYWORD_ONLY:
            by_keyword.add((name, has_default))
        elif kind is ParameterKind.POSITIONAL_ONLY:
            by_position.append(("", has_default))
        else:
            by_position.append((name, kind.value, has_default))
    return by_position, by_keyword


def _defaults(function: Any) -> dict[str, Any]:
    try:
        return {p.name: p.default for p in inspect.signature(function).parameters.values()}
    except (TypeError, ValueError):
        return {}


def _check_parameter(model: Model, parameter: ModelParameter, trials: list[Trial], default: Any) -> Verdict:
    claim = claim_of(model, parameter)
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
    working = [trial for trial in trials if not trial.problem]
    if parameter.need in (Need.IGNORED, Need.NOTHING):
        return _check_unneeded(claim, parameter, working)
    if shown or not reasons and working and _shown_by_default(working[0], parameter, default):
        return Verdict(claim, Outcome.SHOWN)
    return Verdict(claim, Outcome.NOT_SHOWN, reasons[-1] if reasons else "no call gives it")


def claim_of(model: Model, parameter: ModelParameter) -> str:
    """What a stub line says of a parameter."""
    unless = f", unless {', '.join(parameter.unless)}" if parameter.unless else ""
    return f"{model.name}: {parameter.name} is {parameter.need.value}{unless}"


def _check_unneeded(claim: str, parameter: ModelParameter, trials: list[Trial]) -> Verdict:
    """Nothing takes None and refuses a number, traced or not; Ignored takes anything and uses nothing of it."""
    if not trials:
        return Verdict(claim, Outcome.NOT_SHOWN, "no sample")
    given: list[tuple[Any, bool]] = [(None, True), (1, False)]
    if parameter.need is Need.IGNORED:
        given = [(object(), True), (1, True)]
    for value, accepted in given:
        trial = _with_argument(trials[0], parameter, value)
        if bool(trial.problem) is accepted:
            return Verdict(claim, Outcome.WRONG, f"{value!r}: {trial.problem or 'nothing raises'}")
    result = trial.test(parameter, parameter.name)
    return Verdict(claim, result.outcome, result.detail)


def _with_argument(trial: Trial, parameter: ModelParameter, value: Any) -> Trial:
    """The same trial with one more argument."""
    sample = replace(trial.sample, kwargs={**trial.sample.kwargs, parameter.name: value})
    return Trial(trial.model, trial.function, sample)


def _shown_by_default(trial: Trial, parameter: ModelParameter, default: Any) -> bool:
    """Whether the claim shows where the sample gives the parameter its default, or any value if that is None."""
    plain = [default] if isinstance(default, bool | int | float | str) else [0, 1, True, 1.0] if default is None else []
    for value in (*TYPICAL.get(parameter.name, ()), *plain):
        derived = _with_argument(trial, parameter, value)
        if not derived.problem and derived.test(parameter, parameter.name).outcome is Outcome.SHOWN:
            return True
    return False


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


def share_shown(module: str) -> tuple[list[Verdict], list[Verdict]]:
    """The verdicts on the parameters of a module's functions: those shown, and the others."""
    shown: list[Verdict] = []
    others: list[Verdict] = []
    for name in lines(module):
        model = MODELS.find(f"{module}.{name}")
        if not isinstance(model, Model):
            continue
        verdicts = {verdict.claim: verdict for verdict in check(module, name)}
        for index, parameter in enumerate(model.parameters):
            if index == 0 and parameter.name == "self" and parameter.need is Need.ANY:
                continue
            verdict = verdicts.get(claim_of(model, parameter)) or Verdict(
                claim_of(model, parameter), Outcome.NOT_SHOWN, "no claim"
            )
            (shown if verdict.outcome is Outcome.SHOWN else others).append(verdict)
    return shown, others


_UNPROVEN = """\
# Claims that no test shows

Of the {all} parameters of JAX's functions in the stubs, {shown} ({share:.1%}) are shown on the newest JAX for
Python 3.11: a sample call proves what the line says. These are the others. `Any` is no claim: what holds depends on
what a stub can't say, or nothing could be tried. Made by `python -m tests.models.claims --unproven FILE`.
"""


def unproven() -> str:
    """The page that lists the parameters of JAX's functions which no sample shows, as Markdown."""
    verdicts = {module: share_shown(module) for module in modules() if module.partition(".")[0] == "jax"}
    shown = sum(len(shown) for shown, _ in verdicts.values())
    count = shown + sum(len(others) for _, others in verdicts.values())
    page = [_UNPROVEN.format(all=count, shown=shown, share=shown / count)]
    for module, (_, missing) in verdicts.items():
        if missing:
            page += [f"## {module}", ""]
            page += [f"- `{verdict.claim.removeprefix(f'{module}.')}`: {verdict.detail}" for verdict in missing]
            page.append("")
    return "\n".join(page)


def _main() -> None:
    if sys.argv[1:2] == ["--unproven"]:
        Path(sys.argv[2]).write_text(unproven(), encoding="utf-8")
        return
    for module in sys.argv[1:] or modules():
        shown, others = share_shown(module)
        share = len(shown) / max(len(shown) + len(others), 1)
        print(f"{module}: {len(shown) + len(others)} parameters, {len(shown)} shown ({share:.1%})")
        for verdict in others:
            print(f"    {verdict.claim}: {verdict.outcome.value}, {verdict.detail[:150]}")


if __name__ == "__main__":
    _main()
