"""How good the proposals are: each committed line is hidden in turn, proposed, and compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from jitlint.models.model import Model, Need
from tests.models.claims import MODELS, lines
from tools.deciding import CONCRETE
from tools.library import function_of, has_name, owner, signature_of
from tools.probing import probe
from tools.sample_values import Neighbours
from tools.stub_text import need_text, returns_text

MEASURED = ("jax.numpy", "jax.lax", "jax.nn", "jax.random", "jax.scipy.special")

_CONCRETE = {need.value for need in (*CONCRETE, Need.NUMPY, Need.KEY)}


@dataclass
class Measurement:
    """What became of the parameters of a module's lines, and of the results."""

    parameters: Counter[str]
    returns: Counter[str]
    wrong: list[str]


def measure(module: str, only: tuple[str, ...] = ()) -> Measurement:
    """Propose the lines of one module as if each were new."""
    found = Measurement(Counter(), Counter(), [])
    for name in only or lines(module):
        model = MODELS.find(f"{module}.{name}")
        if not isinstance(model, Model) or not has_name(module, name):
            continue
        parameters = signature_of(getattr(owner(module), name))
        if not parameters or [p.name for p in parameters] != [p.name for p in model.parameters]:
            continue
        probed = probe(function_of(module, name), parameters, Neighbours(module, name))
        for parameter in model.parameters:
            committed, proposed = need_text(replace(parameter, feeds=())), probed.decisions[parameter.name]
            outcome = _outcome(committed, proposed.need)
            found.parameters[outcome] += 1
            if outcome != "same":
                why = f" ({proposed.reason})" if proposed.reason else ""
                found.wrong.append(
                    f"{outcome}: {model.name}: {parameter.name}: {committed}, proposed {proposed.need}{why}"
                )
        outcome = _outcome(returns_text(model.returns), probed.returns)
        found.returns[outcome] += 1
        if outcome == "other":
            found.wrong.append(f"other: {model.name}: returns {returns_text(model.returns)}, proposed {probed.returns}")
    return found


def _outcome(committed: str, proposed: str) -> str:
    if committed == proposed:
        return "same"
    if proposed in ("Any", "Unknown"):
        return "undecided"
    if committed in ("Any", "Unknown"):
        return "beyond"
    return "word" if {committed, proposed} <= _CONCRETE else "other"


def report(modules: tuple[str, ...], details: bool = False) -> None:
    """Print the shares, and with `details` each parameter that is not the same."""
    total: Counter[str] = Counter()
    results: Counter[str] = Counter()
    for module in modules:
        found = measure(module)
        total += found.parameters
        results += found.returns
        print(f"{module}: parameters {_shares(found.parameters)}; results {_shares(found.returns)}", flush=True)
        for text in sorted(found.wrong) if details else ():
            print(f"    {text}")
    print(f"all: parameters {_shares(total)}; results {_shares(results)}")


def _shares(counts: Counter[str]) -> str:
    number = counts.total()
    words = {
        "same": "the same",
        "undecided": "undecided",
        "word": "another word for a concrete value",
        "other": "another",
        "beyond": "where the line says Any",
    }
    parts = [
        f"{counts[key] / max(number, 1):.1%} {text}" for key, text in words.items() if counts[key] or key == "other"
    ]
    return f"{number}: {', '.join(parts)}"
