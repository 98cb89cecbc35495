"""Values to call an unknown function with: what its neighbours get, and what is typical for a name or a type.

Neighbours are the functions that already have a stub line and sample calls. Their samples are taken by the names of
parameters, and so is the word that a parameter which wants a concrete value has: `axis` is `Axis` wherever it occurs.
"""

from __future__ import annotations

import inspect
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from jitlint.models.model import Model, Need, ParameterKind
from tests.models.claims import MODELS, TYPICAL, VERSIONS, Call, lines, modules, samples_of

Given = dict[str, Any]
"""A call by the names of its parameters; what `*args` gets is a tuple."""

_X = jnp.arange(1.0, 7.0).reshape(2, 3) / 8
_V = jnp.array([0.5, 0.25, 0.75])
_SQUARE = jnp.array([[3.0, 1.0, 0.5], [1.0, 4.0, 1.0], [0.5, 1.0, 5.0]])
_INTS = jnp.array([2, 0, 1])

WORLDS: tuple[tuple[Any, ...], ...] = (
    (_X, _X),
    (_V, _V),
    (_SQUARE, _V),
    (_SQUARE, _SQUARE),
    (_INTS, _INTS),
    (0.5, 0.25, 0.75),
    (_X, _V),
    (_V, _INTS),
    (_X > 0.4, _X, _X),
    (2, 3),
    (jnp.arange(24.0).reshape(2, 3, 4),),
    (jnp.zeros(3, jnp.uint8),),
    (jax.random.key(0),),
)
"""Arrays that go together: for the first array parameter, the second ..., the last one for all others."""

TREES: tuple[tuple[Any, ...], ...] = (([_V, _V],), ({"a": _V, "b": _V},), ((_V, _V),))
"""What functions take that work on each array of a tree."""

_BY_NAME: dict[str, tuple[Any, ...]] = {
    r"key|rng": (jax.random.key(0), jax.random.PRNGKey(0)),
    r"ax[ei]s|.*_axes|.*dimensions|.*dims|permutation": (0, (0,), (1, 0), (0, 1)),
    r".*shape|.*sizes|reps": ((2, 3), (3, 2), 2, (3,), (1, 2)),
    r"axis\d?|axis[a-c]|.*_axis|dim|dimension|.*_dimension": (0, 1, -1, (0,), (0, 1)),
    r".*dtype": TYPICAL["dtype"],
    r"n|m|k|num|size|length|.*_len(gth)?|num_.*|n_.*|.*_size|deg|order|rank|count": (2, 3, 1, 4),
    r"where|mask|condition": (_X > 0.4, _V > 0.3, True),
    r"start_ind.*": (0, (0, 0), _INTS[:2]),
    r"limit_ind.*|stop_.*": (2, (2, 2)),
    r"mode|method": ("clip", "fill", "wrap", "reflect", "constant", "low"),
}
_FUNCTIONS: tuple[Any, ...] = (
    lambda x: x,
    lambda x, y: x + y,
    lambda x, y: (x, y),
    lambda *args: args[-1],
    lambda x: x < 3,
)
_OF_FUNCTIONS = (Need.BODY, Need.BODIES, Need.LEAVES, Need.CALLED, Need.CALLBACK, Need.FUNCTION)
_NUMBERS: tuple[Any, ...] = (1, True, 0.5, 0)
_NO_NUMBER = r".*dtype|mode|method|key"
_MOST_VALUES = 10
_MOST_COMBINATIONS = 24


@dataclass(frozen=True)
class Neighbour:
    """A sample call of a function that has a line."""

    module: str
    name: str
    sample: Call
    given: Given


@cache
def _neighbours() -> tuple[Neighbour, ...]:
    return tuple(itertools.chain.from_iterable(map(_neighbours_in, modules())))


def _neighbours_in(module: str) -> Iterator[Neighbour]:
    if not module.startswith("jax"):
        return
    for name, found in getattr(samples_of(module), "SAMPLES", {}).items():
        model = MODELS.find(f"{module}.{name}")
        for sample in [found] if isinstance(found, Call) else found:
            plain = sample.use is None and not sample.axis and sample.is_for(VERSIONS["jax"])
            if plain and isinstance(model, Model):
                yield Neighbour(module, name, sample, _given(model, sample))


def _given(model: Model, sample: Call) -> Given:
    positional = [p for p in model.parameters if p.kind.value.startswith("positional")]
    given = {parameter.name: value for parameter, value in zip(positional, sample.args)}
    for parameter in model.parameters:
        if parameter.kind is ParameterKind.VAR_POSITIONAL:
            given[parameter.name] = sample.args[len(positional) :]
    return given | sample.kwargs


@cache
def _words() -> tuple[tuple[str, str, Need], ...]:
    found: list[tuple[str, str, Need]] = []
    for module in modules():
        for name in lines(module) if module.startswith("jax") else ():
            model = MODELS.find(f"{module}.{name}")
            if isinstance(model, Model):
                found += [(name, parameter.name, parameter.need) for parameter in model.parameters]
    return tuple(found)


class Neighbours:
    """The functions with lines, but for the one that is looked at if it is hidden, for a measurement."""

    def __init__(self, module: str, name: str, hidden: bool = True) -> None:
        self.module, self.name, self.hidden = module, name, hidden
        own = {id(one.sample) for one in _neighbours() if one.name == name}
        self.calls = [one for one in _neighbours() if not hidden or id(one.sample) not in own]
        self.calls.sort(key=lambda one: (one.name != name, one.module != module))

    def words(self, parameter: str, among: Iterable[Need]) -> Counter[Need]:
        """How often a parameter of that name has each of these needs."""
        allowed = set(among)
        others = ((name, need) for name, other, need in _words() if other == parameter and need in allowed)
        return Counter(need for name, need in others if not self.hidden or name != self.name)

    def calls_for(self, parameters: list[inspect.Parameter]) -> list[Given]:
        """Calls of neighbours that give all that these parameters require, those with most names in common first."""
        names = {parameter.name for parameter in parameters}
        required = {parameter.name for parameter in parameters if is_required(parameter)}
        found = [one.given for one in self.calls if required and required <= one.given.keys()]
        found.sort(key=lambda given: -len(names & given.keys()))
        return distinct({name: value for name, value in given.items() if name in names} for given in found)

    def values(self, parameter: inspect.Parameter) -> list[Any]:
        """Values that may do for a parameter: of neighbours, of its default, of its name and its type."""
        annotation = annotation_of(parameter)
        if annotation == "None":
            return []
        found = distinct(one.given[parameter.name] for one in self.calls if parameter.name in one.given)
        values = [value for value in found if value is not None][:4]
        values += TYPICAL.get(parameter.name, ())
        if isinstance(parameter.default, bool):
            values += [not parameter.default, parameter.default]
        elif isinstance(parameter.default, str | int | float | complex | tuple):
            values.append(parameter.default)
        values += _by_name(parameter.name) or _by_type(annotation)
        if self._takes_function(parameter):
            values += _FUNCTIONS
        elif "Array" in annotation or not annotation:
            values += [_V, _X]
        if not isinstance(parameter.default, bool | str) and not re.fullmatch(_NO_NUMBER, parameter.name):
            values += _NUMBERS
        return distinct(values)[:_MOST_VALUES]

    def made_up_calls(
        self, parameters: list[inspect.Parameter], worlds: tuple[tuple[Any, ...], ...] = WORLDS
    ) -> Iterator[Given]:
        """Calls with arrays that go together, and values by name and type for what is no array."""
        required = [parameter for parameter in parameters if is_required(parameter)]
        for world in worlds:
            used = 0
            choices: list[list[Any]] = []
            for parameter in required:
                array = world[min(used, len(world) - 1)]
                if parameter.kind is parameter.VAR_POSITIONAL:
                    choices.append([(array, world[min(used + 1, len(world) - 1)])])
                elif self._takes_array(parameter):
                    choices.append([array])
                    used += 1
                else:
                    choices.append(self.values(parameter))
            names = [parameter.name for parameter in required]
            for values in itertools.islice(_diagonal(choices), _MOST_COMBINATIONS):
                yield dict(zip(names, values, strict=True))

    def _takes_function(self, parameter: inspect.Parameter) -> bool:
        words = self.words(parameter.name, set(Need) - {Need.ANY})
        return "Callable" in annotation_of(parameter) or any(need in _OF_FUNCTIONS for need in words)

    def _takes_array(self, parameter: inspect.Parameter) -> bool:
        if self._takes_function(parameter) or re.fullmatch("key|rng", parameter.name):
            return False
        if _by_type(annotation_of(parameter)):
            return False
        words = self.words(parameter.name, set(Need) - {Need.ANY})
        if set(words) == {Need.ARRAY}:
            return True
        return not _by_name(parameter.name)


def is_required(parameter: inspect.Parameter) -> bool:
    """Whether a call must give a parameter; of `*args` it gives two."""
    if parameter.kind is parameter.VAR_POSITIONAL:
        return True
    return parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD


def distinct(values: Iterable[Any]) -> list[Any]:
    """The values without those that look the same."""
    return list({described(value): value for value in values}.values())


def described(value: Any) -> str:
    """The value as a text: of an array its type and its shape."""
    if isinstance(value, dict):
        return str({name: described(item) for name, item in value.items()})
    if isinstance(value, list | tuple):
        return f"{type(value).__name__} {[described(item) for item in value]}"
    if isinstance(value, jax.Array | np.ndarray):
        return f"{type(value).__name__} {value.dtype} {value.shape}"
    return f"{type(value).__name__} {value!r}"


def _diagonal(choices: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """The product of some lists, the combinations of early items first."""
    places = itertools.product(*(range(len(values)) for values in choices))
    for chosen in sorted(itertools.islice(places, 1000), key=sum):
        yield tuple(values[place] for values, place in zip(choices, chosen, strict=True))


def _by_name(name: str) -> tuple[Any, ...]:
    return next((values for pattern, values in _BY_NAME.items() if re.fullmatch(pattern, name)), ())


def _by_type(annotation: str) -> tuple[Any, ...]:
    if "Array" in annotation:
        return ()
    if "DType" in annotation:
        return TYPICAL["dtype"]
    if annotation.startswith("bool"):
        return True, False
    values: tuple[Any, ...] = ()
    if re.search(r"\bint\b", annotation):
        values += (2, 1, 0, 3)
    if re.search(r"Shape|(Sequence|tuple)\[int\b", annotation):
        values += ((1, 0), (2, 3), (0,), (3,), (0, 1))
    if re.search(r"\bfloat\b", annotation):
        values += (0.5, 1.0, 2.0)
    return values


def annotation_of(parameter: inspect.Parameter) -> str:
    """The type that the library declares, as text; empty where it declares none."""
    annotation = parameter.annotation
    if annotation is parameter.empty:
        return ""
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
