"""Finds what each parameter of a function needs, by calling it under jit with one argument traced at a time.

A probe can fool you, so each call must first succeed with all arguments static, an argument that the call ignores
shows nothing, and what is raised only while lowering counts.
"""

from __future__ import annotations

import inspect
import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import jax

from jitlint.models.model import Model, ModelParameter, Need, ReturnKind, Returns
from tests.models.claims import Call, Outcome
from tests.models.trial import Trial, error_of
from tools.deciding import SIZES, Decision, Evidence, Findings, decide
from tools.library import kind_of
from tools.runs import FUNCTION, lowers, result_under_jit, returns_of
from tools.sample_values import TREES, Given, Neighbours, annotation_of, described, is_required

UNSAFE_MODULES = ("jax.distributed", "jax.profiler", "jax.debug", "jax.monitoring", "jax.experimental", "jax.export")
"""Functions that start servers, ask questions or write files are not called."""

_UNSAFE_NAME = re.compile(
    r"^(save|load|clear_|live_|initialize|print)|^from(file|_dlpack)$|(start|stop)_(trace|server)"
)
_MOST_BASELINES = 5
_MOST_TRIES = 150
_MOST_VALUES = 4
_MOST_TREES = 6
_SECONDS = 20.0
_VALUE_NEEDED = ("Concretization", "TracerBool", "TracerInteger", "TracerArray", "NonConcrete")


@dataclass
class Probed:
    """What probing a function has found."""

    decisions: dict[str, Decision]
    returns: str = "Unknown"
    findings: Findings | None = None


def probe(function: Callable[..., Any], parameters: list[inspect.Parameter], near: Neighbours) -> Probed:
    """Find the needs of all parameters, and what kind of thing the function returns."""
    if not parameters:
        return Probed({})
    if near.module.startswith(UNSAFE_MODULES) or _UNSAFE_NAME.search(near.name):
        return Probed({p.name: Decision("Any", "not called: it may do more than compute") for p in parameters})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _Probe(function, parameters, near).run()


class _Probe:
    """The calls of one function that work, and what they say."""

    def __init__(self, function: Callable[..., Any], parameters: list[inspect.Parameter], near: Neighbours) -> None:
        self.function, self.parameters, self.near = function, parameters, near
        self.model = Model(
            f"{near.module}.{near.name}",
            tuple(ModelParameter(p.name, kind_of(p), Need.ANY, (), not is_required(p)) for p in parameters),
            Returns(ReturnKind.UNKNOWN),
        )
        self.end = time.process_time() + _SECONDS
        self.only_without_jit: list[Given] = []
        self.findings = Findings({p.name: [] for p in parameters})

    def run(self) -> Probed:
        baselines = self._baselines()
        if not baselines:
            reason = "no call was found that works under jit"
            if self.only_without_jit:
                reason = "all calls found work only without jit: values may decide the size of the result (Counted)"
            return Probed({p.name: Decision("Any", reason) for p in self.parameters})
        calls = [given for given, _ in baselines]
        if any(kind == FUNCTION for kind in self._results(calls, ())):
            reason = "it returns a function: what its arguments need shows when that is called"
            return Probed({p.name: Decision("Any", reason) for p in self.parameters})
        self.findings.some_fail = bool(self.only_without_jit)
        for given, trial in baselines:
            self._collect(given, trial)
        for parameter in self.parameters:
            self._try_values(parameter, calls)
            if self._takes_none_only(parameter, calls[0]):
                self.findings.nothing.add(parameter.name)
        probed = Probed(decide(self.findings, self.parameters, self.near), findings=self.findings)
        probed.returns = self._returns(calls, probed.decisions)
        return probed

    # Calls that work

    def _call(self, given: Given) -> Call | None:
        args: list[Any] = []
        kwargs: Given = {}
        complete = True  # whether all positional parameters so far are given
        for parameter in self.parameters:
            if parameter.name not in given:
                complete = complete and parameter.kind is not parameter.POSITIONAL_OR_KEYWORD
                if parameter.kind is parameter.POSITIONAL_ONLY:
                    complete = False
                continue
            value = given[parameter.name]
            if parameter.kind is parameter.VAR_POSITIONAL:
                if not complete:
                    continue
                args += value if isinstance(value, tuple) else (value,)
            elif parameter.kind is parameter.KEYWORD_ONLY or (
                not complete and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            ):
                kwargs[parameter.name] = value
            elif complete:
                args.append(value)
            else:
                return None
        return Call(tuple(args), kwargs)

    def _trial(self, given: Given) -> Trial | None:
        """The call, if it works under jit with static arguments."""
        sample = self._call(given)
        if sample is None or time.process_time() > self.end:
            return None
        trial = Trial(self.model, self.function, sample)
        if not trial.problem:
            return trial
        needs_value = any(word in trial.problem for word in _VALUE_NEEDED)
        if needs_value and not error_of(lambda: self.function(*sample.args, **sample.kwargs)):
            self.only_without_jit.append(given)
        return None

    def _baselines(self) -> list[tuple[Given, Trial]]:
        found: dict[str, tuple[Given, Trial]] = {}
        near = self.near.calls_for(self.parameters)[:12]
        sizes = [parameter.name for parameter in self.parameters if parameter.name in SIZES]
        made_up = list(self.near.made_up_calls(self.parameters))
        for most, calls in ((3, near), (_MOST_BASELINES, made_up), (1, self._with_one_more(made_up[:24]))):
            for tried, given in enumerate(calls):
                if len(found) >= most or tried > _MOST_TRIES:
                    break
                failed = len(self.only_without_jit)
                trial = self._trial(given)
                if trial is None and len(self.only_without_jit) > failed:
                    given = {**given, **dict.fromkeys(sizes, 3)}
                    trial = self._trial(given)
                if trial is not None:
                    found[described(given)] = given, trial
        return list(found.values())

    def _with_one_more(self, calls: list[Given]) -> Iterator[Given]:
        """Calls that give one parameter which only seems to be optional."""
        for given in calls:
            for parameter in self.parameters:
                if not is_required(parameter) and parameter.kind is not parameter.VAR_KEYWORD:
                    yield from ({**given, parameter.name: value} for value in self.near.values(parameter)[:3])

    def _try_values(self, parameter: inspect.Parameter, baselines: list[Given]) -> None:
        """Give the parameter other values, in the first calls that take them."""
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            return
        worked = 0
        for value in self.near.values(parameter):
            for given in baselines:
                if worked >= _MOST_VALUES or described(given.get(parameter.name)) == described(value):
                    break
                other = {**given, parameter.name: value}
                if trial := self._trial(other):
                    self._collect(
                        other, trial, {parameter.name} if worked else self.findings.concrete() | {parameter.name}
                    )
                    worked += 1
                    break

    def _takes_none_only(self, parameter: inspect.Parameter, given: Given) -> bool:
        """Whether a parameter that is there for NumPy's sake refuses what is not None."""
        meant = annotation_of(parameter) == "None" or bool(self.near.words(parameter.name, [Need.NOTHING]))
        if not meant or parameter.default is not None or self.findings.evidence[parameter.name]:
            return False
        return (
            not self._trial({**given, parameter.name: 1}) and self._trial({**given, parameter.name: None}) is not None
        )

    # What they say

    def _collect(self, given: Given, trial: Trial, only: set[str] | None = None) -> None:
        for parameter in self.model.parameters:
            for slot in trial.slots_of(parameter) if only is None or parameter.name in only else ():
                value = trial.values[slot]
                if inspect.isfunction(value):
                    runs_traced = trial.test(_needing(parameter, Need.BODY), slot).outcome is Outcome.SHOWN
                    self.findings.functions.setdefault(parameter.name, set()).add(runs_traced)
                    continue
                raised = _raised(trial, parameter, slot)
                is_plain = not any(hasattr(leaf, "shape") for leaf in jax.tree.leaves(value))
                if is_plain and not raised and any(map(inspect.isfunction, given.values())):
                    # A traced number may reach the sample's function only, which takes anything.
                    self.findings.reasons[parameter.name] = "given together with a function, a number shows nothing"
                elif raised is None:
                    self.findings.reasons[parameter.name] = "calls ignore it, or trace only a part of it"
                else:
                    self.findings.evidence[parameter.name].append(Evidence(given, value, raised))

    def _returns(self, baselines: list[Given], decisions: dict[str, Decision]) -> str:
        shortest = min(map(len, baselines))
        plain = [given for given in baselines if len(given) == shortest]
        trees = list(self.near.made_up_calls(self.parameters, TREES))[:_MOST_TREES]
        plain += [given for given in trees if self._trial(given)]
        traced = [name for name, decision in decisions.items() if decision.need == "Array"]
        kind = returns_of(self._results(plain, traced))
        if self.findings.functions and kind in ("Array", "Concrete", "Derived"):
            return "Tree" if kind == "Array" else "Unknown"
        return kind

    def _results(self, calls: list[Given], traced: Iterable[str]) -> list[str]:
        found: list[str] = []
        for given in calls:
            call = self._call(given)
            if call is not None:
                trial = Trial(self.model, self.function, call)
                slots = [slot for p in self.model.parameters if p.name in traced for slot in trial.slots_of(p)]
                found.append(result_under_jit(self.function, call, slots))
        return found


def _needing(parameter: ModelParameter, need: Need) -> ModelParameter:
    return ModelParameter(parameter.name, parameter.kind, need, (), parameter.has_default)


def _raised(trial: Trial, parameter: ModelParameter, slot: int | str) -> str | None:
    """What tracing an argument raises, in tracing or in lowering; None if that shows nothing."""
    static = trial.test(_needing(parameter, Need.STATIC), slot)
    array = trial.test(_needing(parameter, Need.ARRAY), slot)
    if static.outcome is Outcome.SHOWN:
        _, _, tracing = array.detail.partition("it raises ")
        if not tracing and not lowers(trial.function, trial.sample):
            return None
        return tracing or "an error while lowering"
    if array.outcome is Outcome.SHOWN and static.outcome is Outcome.WRONG:
        return ""
    return None
