"""Decides what a parameter needs from what tracing it has raised; where calls disagree, nothing is claimed."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field
from typing import Any

from jitlint.models.model import Need
from tools.sample_values import Given, Neighbours, annotation_of, is_required

CONCRETE = (Need.SHAPE, Need.SIZE, Need.AXIS, Need.DTYPE, Need.INDEX, Need.STATIC)
"""The needs among which the name of a parameter chooses when its value must be concrete."""

SIZES = ("size", "length", "total_repeat_length")
"""Parameters that say a size which otherwise values decide."""

_AGREED = 0.9
"""How many neighbours must have the same word for a parameter of that name."""

_NAMED = (
    (r"(start|limit|stop)_ind(ex|ices)|index", Need.INDEX),
    (r"ax[ei]s|axis[a-c\d]|permutation|.*_ax[ei]s|dimensions?|.*_dimensions?|dimension_numbers", Need.AXIS),
    (r".*dtype", Need.DTYPE),
    (r".*shape|.*sizes|reps", Need.SHAPE),
)


@dataclass(frozen=True)
class Evidence:
    """What one call says of one parameter: what tracing its argument raised; empty for nothing."""

    given: Given
    value: Any
    raised: str


@dataclass(frozen=True)
class Decision:
    """The need of a parameter as a stub writes it, and why it is `Any`, if it is."""

    need: str
    reason: str = ""


@dataclass
class Findings:
    """What the calls of a function have shown, by the names of its parameters.

    functions: for a function argument, whether it was called with traced values only, in each call.
    reasons: why a call has shown nothing.
    nothing: the parameters that take None only.
    some_fail: whether there are calls that work only without jit.
    """

    evidence: dict[str, list[Evidence]]
    functions: dict[str, set[bool]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    nothing: set[str] = field(default_factory=set)
    some_fail: bool = False

    def concrete(self) -> set[str]:
        """The parameters for which all calls up to now raise."""
        return {name for name, found in self.evidence.items() if found and all(one.raised for one in found)}


def decide(findings: Findings, parameters: list[inspect.Parameter], near: Neighbours) -> dict[str, Decision]:
    """What each parameter needs."""
    return {parameter.name: _decide(parameter, findings, parameters, near) for parameter in parameters}


def _decide(
    parameter: inspect.Parameter, findings: Findings, parameters: list[inspect.Parameter], near: Neighbours
) -> Decision:
    name = parameter.name
    evidence = findings.evidence[name]
    if name in findings.nothing:
        return Decision(Need.NOTHING.value)
    if name in findings.functions:
        if findings.functions[name] == {True} and not evidence:
            return Decision("Body")
        return Decision("Any", "a function that is not called with traced values only")
    if not evidence:
        return Decision("Any", findings.reasons.get(name, "no value was found that works"))
    raised = [one for one in evidence if one.raised]
    fine = [one for one in evidence if not one.raised]
    if not raised and "DType" in annotation_of(parameter) and "Array" not in annotation_of(parameter):
        return Decision("Any", "its type is a dtype: an array that stands for its own dtype shows nothing")
    if not raised:
        return _counted(name, findings, parameters) or Decision("Array")
    need = _concrete_word(name, raised, near)
    if not fine:
        if "Array" in annotation_of(parameter) and not any(map(_is_array, raised)):
            return Decision("Any", "its type is an array: numbers raise when traced, arrays were not tried")
        return Decision(need) if need else Decision("Any", "a concrete value, but its name does not say of what kind")
    if all(map(_is_number, raised)) and not any(map(_is_number, fine)):
        return Decision("Number")
    if need and (other := _tells_apart(raised, fine)):
        return Decision(f'Unless[{need}, "{other}"]')
    return Decision("Any", f"traced, some calls raise {raised[0].raised[:80]}, others do not")


def _tells_apart(raised: list[Evidence], fine: list[Evidence]) -> str:
    """The one parameter that is given just in the calls that may have a traced value."""
    found = [
        name
        for name in {name for one in fine for name in one.given}
        if all(one.given.get(name) is not None for one in fine) and all(name not in one.given for one in raised)
    ]
    return found[0] if len(found) == 1 else ""


def _counted(name: str, findings: Findings, parameters: list[inspect.Parameter]) -> Decision | None:
    """Whether values decide a size: without some other argument the call works only without jit."""
    shown = {name for name, found in findings.evidence.items() if found}
    arrays = [parameter.name for parameter in parameters if parameter.name in shown and is_required(parameter)]
    if not findings.some_fail or name not in arrays:
        return None
    sizes = [parameter.name for parameter in parameters if parameter.name in SIZES]
    unknown = [p.name for p in parameters if p.name not in shown | findings.nothing]
    if arrays != [name] or len(sizes) != 1 or unknown:
        return Decision("Any", "some calls work only without jit: which argument decides a size is not known")
    return Decision(f'Unless[Counted, "{sizes[0]}"]')


def _concrete_word(name: str, raised: list[Evidence], near: Neighbours) -> str:
    """Which concrete value it is: as with neighbours of the same name, or by what was raised; empty if they differ."""
    named = next((need for pattern, need in _NAMED if re.fullmatch(pattern, name)), None)
    votes = near.words(name, CONCRETE)
    if votes.total() > 1:
        need, number = votes.most_common(1)[0]
        enough = 0.5 if need is named else _AGREED
        return need.value if number >= enough * votes.total() else ""
    if named is not None:
        return named.value
    if all("Shapes must be" in one.raised for one in raised):
        if any(isinstance(one.value, list | tuple) for one in raised):
            return Need.SHAPE.value
        return Need.SIZE.value
    return Need.STATIC.value


def _is_array(one: Evidence) -> bool:
    return getattr(one.value, "ndim", 0) > 0


def _is_number(one: Evidence) -> bool:
    return isinstance(one.value, int | float) or getattr(one.value, "shape", None) == ()
