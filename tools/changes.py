"""Compares the stub lines of a module with the installed library, and says what to change."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType
from typing import Any

from jitlint.models.loader import STUBS, SUFFIX
from jitlint.models.model import Model, StubError
from jitlint.models.stub_lines import Definition, Line, definitions, read
from jitlint.models.versions import Version, parse_version
from tests.models.claims import MODELS, Outcome, check, claim_of, lines, samples_of
from tools import library, stub_text
from tools.deciding import Decision
from tools.library import RELEASE
from tools.probing import Probed, probe
from tools.sample_values import Neighbours
from tools.stub_text import StubLine, StubParameter, dated, need_text, parse, returns_text

HEADING = f"# New in {RELEASE}"
_RELEASE_WORD = re.compile(r'\b(?:Since|Until|Changed)\["([\d.]+)"')
_DATED_NEED = re.compile(r'((?:Since|Until)\["[^"]+", )(.+)(\])')


@dataclass
class Proposal:
    """A stub file as it is and as it should be, and what a person must look at."""

    module: str
    text: str
    changed: dict[int, str] = field(default_factory=dict)  # where a definition begins in the file -> its new text
    new: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def proposed(self) -> str:
        """The text of the file with all changes."""
        rows = self.text.splitlines()
        for number, changed in self.changed.items():
            rows[number - 1] = changed
        if self.new:
            headings = [row for row in rows if row.startswith("#")]
            rows += [] if headings[-1:] == [HEADING] else ["", HEADING]
            rows += self.new
        return "".join(f"{row}\n" for row in rows)


@cache
def is_newest() -> bool:
    """Whether no stub speaks of a later JAX than the installed one: what is new or gone is so since this release."""
    texts = [file.read_text(encoding="utf-8") for file in (STUBS / "jax").rglob(f"*{SUFFIX}")]
    texts.append((STUBS / f"jax{SUFFIX}").read_text(encoding="utf-8"))
    named = [parse_version(release) for text in texts for release in _RELEASE_WORD.findall(text)]
    return not named or _installed() >= max(named)


def propose(module: str) -> Proposal:
    """Compare one stub file with the library."""
    proposal = Proposal(module, STUBS.joinpath(*module.split(".")).with_suffix(SUFFIX).read_text(encoding="utf-8"))
    places = definitions(proposal.text)
    held = lines(module)
    if library.owner(module) is None:
        if held:
            proposal.notes.append(f"{module}: JAX {RELEASE} has no such module or class")
        return proposal
    for name, member in library.public_names(module).items():
        if name in held:
            continue
        if name in places:
            proposal.notes.append(f"{module}.{name}: JAX {RELEASE} has it, but its line is for other releases")
        else:
            _propose_new(proposal, name, member)
    for name in held:
        definition = _definition_in_force(module, places[name])
        # An attribute of an object is not in its class.
        of_object = not isinstance(library.owner(module), ModuleType) and parse(definition.text) is None
        if of_object or library.has_name(module, name):
            _propose_changes(proposal, name, definition)
        elif not is_newest():
            proposal.notes.append(f"{module}.{name}: JAX {RELEASE} does not have it, its line does not say so")
        elif ended := stub_text.with_end(definition.text.rstrip(), RELEASE):
            proposal.changed[definition.line] = ended
        else:
            proposal.notes.append(f"{module}.{name}: JAX {RELEASE} does not have this class")
    return proposal


def _installed() -> Version:
    return parse_version(RELEASE)


def _just_before() -> Version:
    *first, last = _installed()
    return (*first, last - 1, 10**6)


def _definition_in_force(module: str, places: list[Definition]) -> Definition:
    for definition in places:
        if read(definition, f"{module}.{definition.name}", _installed()).dates.holds(_installed()):
            return definition
    return places[-1]


# New names


def _propose_new(proposal: Proposal, name: str, member: Any) -> None:
    text = _new_line(proposal, name, member)
    if is_newest():
        proposal.new.append(text)
    else:
        reason = f"a later release is known, so it is not new in {RELEASE}: say when it came or went"
        proposal.notes.append(f"{proposal.module}.{name}: no line; {reason}: {text}")


def _new_line(proposal: Proposal, name: str, member: Any) -> str:
    module = proposal.module
    for other, known in library.public_names(module).items():
        if known is member and other in lines(module) and not isinstance(member, int | float | str):
            return f"{name}: {dated('Since', RELEASE, '')} = {other}"
    parameters = library.signature_of(member) if callable(member) else None
    is_type = hasattr(member, "__supertype__") or isinstance(member, type) and issubclass(member, BaseException)
    if parameters is None or is_type:
        if callable(member) and not is_type and not isinstance(member, type):
            proposal.notes.append(f"{module}.{name}: the library does not tell its signature")
            return f"def {name}(*args: Any, **kwargs: Any) -> {dated('Since', RELEASE, 'Unknown')}: ..."
        return f"{name}: {dated('Since', RELEASE, 'Concrete')}"
    probed = probe(library.function_of(module, name), parameters, Neighbours(module, name))
    if isinstance(member, type) and probed.returns not in ("Array", "Mask"):
        proposal.notes.append(f"{module}.{name}: a class; write a `def` line if its constructor takes traced values")
        return f"{name}: {dated('Since', RELEASE, 'Concrete')}"
    _note_undecided(proposal, name, probed)
    written = tuple(_new_parameter(parameter, probed) for parameter in parameters)
    return StubLine(name, written, dated("Since", RELEASE, probed.returns)).text


def _new_parameter(parameter: inspect.Parameter, probed: Probed) -> StubParameter:
    need = probed.decisions.get(parameter.name, Decision("Any")).need
    return StubParameter(parameter.name, library.kind_of(parameter), need, library.default_text(parameter))


def _note_undecided(proposal: Proposal, name: str, probed: Probed, only: set[str] | None = None) -> None:
    reasons: dict[str, list[str]] = {}
    for parameter, decision in probed.decisions.items():
        if decision.need == "Any" and (only is None or parameter in only):
            reasons.setdefault(decision.reason, []).append(parameter)
    for reason, parameters in reasons.items():
        proposal.notes.append(f"{proposal.module}.{name}: Any for {', '.join(parameters)}: {reason}")
    if probed.returns == "Unknown" and only is None:
        proposal.notes.append(f"{proposal.module}.{name}: what it returns was not found")


# Lines that are there


def _propose_changes(proposal: Proposal, name: str, definition: Definition) -> None:
    module = proposal.module
    model = MODELS.find(f"{module}.{name}")
    line = parse(definition.text)
    verdicts = [verdict for verdict in check(module, name) if verdict.outcome is Outcome.WRONG]
    if not isinstance(model, Model):
        proposal.notes += [f"{verdict.claim}: contradicted, {verdict.detail}" for verdict in verdicts]
        return
    function = getattr(getattr(samples_of(module), "OWNER", None) or library.owner(module), name)
    parameters = library.signature_of(function)
    if any(verdict.claim == f"{model.name}: signature" for verdict in verdicts) and parameters is not None:
        if line is None or not is_newest():
            proposal.notes.append(f"{module}.{name}: the signature is {inspect.signature(function)}")
        else:
            proposal.changed[definition.line] = _with_signature(proposal, line, model, parameters)
        return
    proposal.notes += [f"{verdict.claim}: contradicted, {verdict.detail}" for verdict in verdicts]
    claims = {verdict.claim for verdict in verdicts}
    contradicted = {p.name: need_text(p) for p in model.parameters if claim_of(model, p) in claims}
    if contradicted and line is not None and parameters is not None and is_newest():
        text = _with_needs(line, contradicted, _probe_known(module, name, parameters))
        if text != line.text:
            proposal.changed[definition.line] = text


def _probe_known(module: str, name: str, parameters: list[inspect.Parameter]) -> Probed:
    """Probe a function that has samples of its own."""
    if not isinstance(library.owner(module), ModuleType):
        return Probed({p.name: Decision("Any", "methods are not probed") for p in parameters})
    return probe(library.function_of(module, name), parameters, Neighbours(module, name, hidden=False))


def _with_needs(line: StubLine, contradicted: dict[str, str], probed: Probed) -> str:
    """The line with `Changed` where the library contradicts it and probing says what holds now."""
    parameters: list[StubParameter] = []
    for parameter in line.parameters:
        decision = probed.decisions.get(parameter.name, Decision("Any")).need
        if parameter.name in contradicted and decision not in ("Any", contradicted[parameter.name]):
            parameter = replace(parameter, need=_changed(parameter.need, decision))
        parameters.append(parameter)
    return replace(line, parameters=tuple(parameters)).text


def _changed(need: str, now: str) -> str:
    """`Changed` around a need, inside of the words that say when the parameter came or went."""
    outer = _DATED_NEED.fullmatch(need)
    if outer is not None:
        return f"{outer[1]}{_changed(outer[2], now)}{outer[3]}"
    return f'Changed["{RELEASE}", {need}, {now}]'


_Shape = list[tuple[str, str, bool]]


def _shape(model: Model) -> _Shape:
    return [(p.name, p.kind.value, p.has_default) for p in model.parameters]


def _library_shape(parameters: list[inspect.Parameter]) -> _Shape:
    return [(p.name, library.kind_of(p).value, p.default is not p.empty) for p in parameters]


def _with_signature(proposal: Proposal, line: StubLine, model: Model, parameters: list[inspect.Parameter]) -> str:
    """The line with parameters that came or went, or two lines where the order or the kinds changed."""
    came = {p.name for p in parameters} - {p.name for p in model.parameters}
    probed = Probed({})
    if came:
        probed = _probe_known(proposal.module, line.name, parameters)
        _note_undecided(proposal, line.name, probed, came)
    one = _merged(line, model, parameters, probed)
    if _says(one, model, parameters):
        return one
    known = {p.name: need_text(p) for p in model.parameters}
    now = tuple(
        replace(_new_parameter(p, probed), need=known[p.name]) if p.name in known else _new_parameter(p, probed)
        for p in parameters
    )
    after = StubLine(line.name, now, dated("Since", RELEASE, returns_text(model.returns)))
    before = replace(line, returns=dated("Until", RELEASE, line.returns))
    return f"{after.text}\n{before.text}"


def _merged(line: StubLine, model: Model, parameters: list[inspect.Parameter], probed: Probed) -> str:
    current = {parameter.name for parameter in model.parameters}
    names = [parameter.name for parameter in parameters]
    merged = [
        replace(old, need=dated("Until", RELEASE, old.need)) if old.name in current - set(names) else old
        for old in line.parameters
    ]
    for i, parameter in enumerate(parameters):
        if parameter.name in current:
            continue
        new = _new_parameter(parameter, probed)
        place = 1 + max((j for j, other in enumerate(merged) if other.name in names[:i]), default=-1)
        merged.insert(place, replace(new, need=dated("Since", RELEASE, new.need)))
    return replace(line, parameters=tuple(merged)).text


def _says(text: str, model: Model, parameters: list[inspect.Parameter]) -> bool:
    """Whether a line has the library's signature now, and the one of the old line for the release before."""
    try:
        now, before = (_model(text, version) for version in (_installed(), _just_before()))
    except (StubError, SyntaxError):
        return False
    return _shape(now) == _library_shape(parameters) and _shape(before) == _shape(model)


def _model(text: str, version: Version) -> Model:
    line = read(Definition("", 1, text), "", version)
    assert isinstance(line, Line) and isinstance(line.model, Model)
    return line.model
