"""Where jitlint and JAX disagree on a program: the heart of the oracle."""

from __future__ import annotations

import ast
import enum
import re
import traceback
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from jitlint.checker import check
from jitlint.finding import Finding
from jitlint.settings import Settings
from tests.oracle.running import TooSlowError
from tests.oracle.verdict import Bench, DroppedError, Raised, Truth, Variant

_NAME = re.compile(r"'([^']+)'")
_REACHED = re.compile(r"\(reached from line (\d+)")
_CITED = re.compile(r"\(line (\d+)")
SETTINGS = Settings(strict=True)
MOST_ENDLESS = 16
"""Branches that never end, after which no more are tried."""
VARIANTS, PATIENT = 24, 300
"""Branches that are tried before a finding counts as wrong: while a program is made smaller, and in the end."""
JUDGED = ("JIT10", "JIT40", "JIT901")


class Kind(enum.Enum):
    """How the two can differ."""

    MISSED = "missed: JAX raises because of the parameter, and jitlint says nothing"
    UNSEEN = "unseen: the program as it is written raises at a line that no finding names"
    FALSE = "false: jitlint reports the parameter, and JAX runs"
    FALSE_ARRAY = "false on an array: jitlint reports a line, and JAX runs"
    LINE = "line: the finding cites a line that is not in JAX's traceback"
    CRASH = "crash: jitlint fails"
    UNSTABLE = "unstable: jitlint says something else the second time, or of the program in other clothes"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One difference: its kind, the line of the jit site, the parameter, and what each side says."""

    kind: Kind
    site: int
    name: str
    jax: str
    jitlint: str
    code: str = ""
    cited: int = 0

    @property
    def signature(self) -> tuple[str, str]:
        """What stays the same while the program is made smaller."""
        return self.kind.name, self.code

    @property
    def key(self) -> str:
        """What tells two disagreements on one program apart."""
        return f"{self.kind.name} {self.site} {self.name} {self.code} {self.cited}"

    def __str__(self) -> str:
        where = f"{self.name!r} at the jit of line {self.site}"
        return f"{self.kind.value}\n  {where}\n  JAX: {self.jax}\n  jitlint: {self.jitlint}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finding, read: the line of its site, the parameter, the line that it names as the sink."""

    finding: Finding
    site: int
    name: str
    cited: int

    @property
    def code(self) -> str:
        """The code."""
        return self.finding.code

    @property
    def is_array(self) -> bool:
        """Whether it stands at the sink."""
        return self.code.startswith("JIT4")


@dataclass(slots=True)
class Comparison:
    """What was compared: how often both said the same, what differs, and what can't be judged."""

    agreed: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    doubtful: list[Disagreement] = field(default_factory=list)
    masked: int = 0
    own: int = 0
    innermost: int = 0
    cited: int = 0
    elsewhere: int = 0
    arrays: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    parameters: frozenset[tuple[int, str]] = frozenset()
    reasons: Counter[str] = field(default_factory=Counter)
    """Why what is not judged is not."""

    def hide(self, reason: str, count: int = 1) -> None:
        """Count what another error hides."""
        self.masked += count
        self.reasons[reason] += count

    def leave(self, reason: str) -> None:
        """Count what the program keeps JAX from."""
        self.own += 1
        self.reasons[reason] += 1


def findings(source: str) -> list[Finding]:
    """What jitlint reports."""
    return check(source.splitlines(keepends=True), ast.parse(source), SETTINGS)


def read(found: Sequence[Finding]) -> list[Spoken]:
    """The findings that say something about tracing."""
    spoken = []
    for finding in found:
        if not finding.code.startswith(JUDGED):
            continue
        match = _NAME.match(finding.message)
        cited = _CITED.search(finding.message)
        is_array = finding.code.startswith("JIT4")
        line = finding.line if is_array else int(cited[1]) if cited else 0
        reached = _REACHED.search(finding.message)
        site = int(reached[1]) if is_array and reached else finding.line
        spoken.append(Spoken(finding, site, match[1] if match else "", line))
    return spoken


def look(source: str) -> list[Finding] | Disagreement:
    """The findings, or the crash."""
    ast.parse(source)
    try:
        return findings(source)
    except Exception:  # noqa: BLE001
        said = traceback.format_exc(limit=-2)
        return Disagreement(Kind.CRASH, 0, "", "", said, said.strip().splitlines()[-1][:60])


def compare(found: Sequence[Finding], truth: Truth) -> Comparison:
    """Compare the findings of a program with what JAX says."""
    spoken = read(found)
    result = Comparison()
    arrays = {s.cited: s for s in spoken if s.is_array}
    result.arrays, result.named = frozenset(arrays), frozenset(s.cited for s in spoken)
    named = {(s.site, s.name): s for s in spoken if not s.is_array}
    result.parameters = frozenset(named)
    explained = {s.cited for s in spoken}
    # The finding that names a parameter may be at the first place in the text, on another branch.
    first = {(s.site, s.name) for s in spoken if s.is_array}
    explained |= {error.line for key in first & truth.raises.keys() for error in truth.raises[key]}
    for key in sorted(truth.fine | truth.masked.keys() | truth.raises.keys()):
        _compare_parameter(key, truth, named, arrays, explained, result)
    confirmed = {
        line
        for errors in (*truth.raises.values(), *truth.written.values(), truth.of_arrays.values())
        for e in errors
        for line in e.lines[-1:]
    }
    for line, said in arrays.items():
        if line in confirmed:
            result.agreed += 1
        elif said.site not in truth.sites:
            result.hide("4xx at a site that the samples do not call")
        else:
            result.doubtful.append(_differs(Kind.FALSE_ARRAY, (said.site, said.name), None, said))
    explained |= {error.line for key in named.keys() & truth.raises.keys() for error in truth.raises[key]}
    missed = {(d.kind, d.jax) for d in result.disagreements}
    for site, errors in truth.written.items():
        for error in errors:
            if error.own or error.line == 0 or error.line in explained or (Kind.MISSED, str(error)) in missed:
                continue
            if any(d.jax.partition(":")[0] == f"line {error.line}" for d in result.disagreements):
                continue
            result.disagreements.append(Disagreement(Kind.UNSEEN, site, "", str(error), "nothing", error.name))
    return result


def _is_behind_another(cited: int, truth: Truth, arrays: Collection[int]) -> bool:
    """Whether another error that static can't help comes before the place of a finding on an array."""
    named = (error for errors in truth.written.values() for error in errors if error.line in arrays)
    return any(error.line != cited for error in (*truth.of_arrays.values(), *named))


def _compare_parameter(
    key: tuple[int, str],
    truth: Truth,
    named: dict[tuple[int, str], Spoken],
    arrays: dict[int, Spoken],
    explained: set[int],
    result: Comparison,
) -> None:
    said = named.get(key)
    errors = truth.raises.get(key, [])
    if errors:
        if all(error.own for error in errors):
            result.leave("the program raises by itself")
        elif said is not None:
            _compare_lines(key, errors, truth.written.get(key[0], ()), said, arrays, result)
        elif any(error.line in arrays for error in errors):
            result.agreed += 1
            result.innermost += 1
            result.cited += 1
        elif any((s.site, s.name) == key for s in arrays.values()):
            result.elsewhere += 1
        elif all(error.line == 0 for error in errors) and (not truth.in_sight or key in truth.unpassed):
            result.leave("refused at a call that is not in the file")
        elif not _as_written(key[0], errors, truth):
            result.leave("another traced parameter keeps Python from the place")
        elif key in truth.masked or any(error.line in explained for error in errors):
            result.hide("another site is blamed for the line")
        else:
            error = next(e for e in errors if not e.own)
            result.disagreements.append(_differs(Kind.MISSED, key, error, None))
    elif key in truth.masked:
        result.hide(
            "an error of what is static comes at the same line" if said else "silent, same line as a static error"
        )
    elif said is not None:
        result.doubtful.append(_differs(Kind.FALSE, key, None, said))
    else:
        result.agreed += 1


def _as_written(site: int, errors: Sequence[Raised], truth: Truth) -> bool:
    """Whether what a parameter raises alone may be raised by the program as it is written."""
    written = truth.written.get(site, truth.inside.get(site, ()))
    return any(error.line in {e.line for e in written} for error in errors) or bool(written) and not truth.has_guards


def _compare_lines(
    key: tuple[int, str],
    errors: Sequence[Raised],
    written: Sequence[Raised],
    said: Spoken,
    arrays: dict[int, Spoken],
    result: Comparison,
) -> None:
    at_the_call = said.code in ("JIT108", "JIT901") or said.cited == said.site
    if at_the_call and any(error.line == 0 for error in errors):
        result.agreed += 1  # JAX refuses the argument before it runs anything
        return
    lines = {line for error in (*errors, *written) for line in error.lines}
    if any(error.line in arrays for error in errors):
        result.hide("a place that static can't help is met first")
        return
    if said.cited not in lines:
        result.doubtful.append(_differs(Kind.LINE, key, errors[0], said))
        return
    result.agreed += 1
    result.cited += 1
    result.innermost += any(error.line == said.cited for error in errors)


def _differs(kind: Kind, key: tuple[int, str], error: Raised | None, said: Spoken | None) -> Disagreement:
    code = said.code if said is not None else error.name if error is not None else ""
    text = f"{said.finding.line}: {said.code} {said.finding.message}" if said is not None else "nothing"
    return Disagreement(
        kind, key[0], key[1], str(error) if error is not None else "no error", text, code, said.cited if said else 0
    )


def settle(result: Comparison, bench: Bench, variants: int = VARIANTS, in_sight: bool = True) -> None:
    """Look at the doubtful findings on other branches: what JAX raises there is fair to report.

    in_sight: the calls are in the file; others may pass numbers for tuples.
    """
    for unseen in [d for d in result.disagreements if d.kind is Kind.UNSEEN]:
        static = {name for site, name in result.parameters if site == unseen.site}
        if static and unseen.jax not in map(str, bench.left_over(unseen.site, static)):
            # With all static that jitlint names, it is not raised.
            result.disagreements.remove(unseen)
            result.hide("on another branch than the line that names the parameter")
        elif any(str(raised) == unseen.jax and not raised.is_of_tracers for raised in bench.left_over(unseen.site)):
            # JAX runs the body of a loop that never turns.
            result.disagreements.remove(unseen)
            result.hide("an error that comes with nothing traced")
    if not result.doubtful:
        return
    unreached, guarded = set[str](), set[str]()
    endless: list[Variant] = []
    for number, variant in enumerate(bench.variants(variants, in_sight)):
        if len(endless) > MOST_ENDLESS or any(_goes_on(variant, one, bench) for one in endless):
            continue
        if number >= VARIANTS and all(doubt.key in unreached | guarded for doubt in result.doubtful):
            break
        try:
            asked = {(doubt.site, doubt.name) for doubt in result.doubtful}
            truth = bench.judge(variant, asked, all(doubt.kind is Kind.FALSE_ARRAY for doubt in result.doubtful))
        except DroppedError:
            continue
        except TooSlowError:
            endless.append(variant)
            continue
        result.doubtful, before = [d for d in result.doubtful if not _is_met_later(d, truth, result)], result.doubtful
        if len(before) > len(result.doubtful):
            result.hide("a place that static can't help is met first", len(before) - len(result.doubtful))
        unreached.update(doubt.key for doubt in result.doubtful if _is_out_of_reach(doubt, truth, result))
        guarded.update(doubt.key for doubt in result.doubtful if _is_chosen_by_a_guard(doubt, truth))
        rest = [doubt for doubt in result.doubtful if not _holds(doubt, truth)]
        result.elsewhere += len(result.doubtful) - len(rest)
        result.doubtful = rest
        if not rest:
            return
    for doubt in result.doubtful:
        if doubt.key in unreached:
            result.hide("behind an error that static can't help, as far as branches were tried")
        elif doubt.key in guarded:
            result.hide("a guard on another traced parameter chooses the line")
        else:
            result.disagreements.append(doubt)
    result.doubtful = []


def _goes_on(variant: Variant, endless: Variant, bench: Bench) -> bool:
    """Whether a branch turns all tests that make another one endless, and none more that may end a loop."""
    more = variant.turns.keys() - endless.turns.keys()
    return bool(endless.turns) and endless.turns.items() <= variant.turns.items() and more.isdisjoint(bench.exits)


def _is_met_later(doubt: Disagreement, truth: Truth, result: Comparison) -> bool:
    """Whether the parameter raises first at a place that another finding names, one that static can't help."""
    errors = truth.raises.get((doubt.site, doubt.name), ())
    return any(error.line in result.arrays - {doubt.cited} for error in errors)


def _is_out_of_reach(doubt: Disagreement, truth: Truth, result: Comparison) -> bool:
    """Whether a finding is behind an error on this branch that static can't help."""
    if doubt.kind is Kind.FALSE_ARRAY:
        return _is_behind_another(doubt.cited, truth, result.arrays)
    key = (doubt.site, doubt.name)
    masked = [truth.masked[key]] if key in truth.masked else []
    if any(not error.own and (doubt.cited in error.lines or error.line in result.named) for error in masked):
        return True  # the line, or one before it that a finding names, raises on this branch whatever is traced
    met = (*truth.met.get(key, ())[-1:], *masked)
    return any(error.line in result.arrays - {doubt.cited} for error in met)


def _is_chosen_by_a_guard(doubt: Disagreement, truth: Truth) -> bool:
    """Whether the class of another traced parameter decides where this one is needed first.

    With the other traced, that one raises before; with it static, this one is needed elsewhere.
    """
    if doubt.kind is not Kind.LINE or not truth.has_guards:
        return False
    alone = {error.line for error in truth.raises.get((doubt.site, doubt.name), ())}
    return any(error.line not in alone for error in truth.met.get((doubt.site, doubt.name), ()))


def _holds(doubt: Disagreement, truth: Truth) -> bool:
    """Whether JAX raises where a finding says so, or can't come to the place."""
    if doubt.kind is Kind.FALSE_ARRAY:
        repaired = truth.repaired.get((doubt.site, doubt.name), ())
        everywhere = (*truth.raises.values(), *truth.written.values(), truth.of_arrays.values(), repaired)
        return any(error.line == doubt.cited for errors in everywhere for error in errors)
    key = (doubt.site, doubt.name)
    errors = (*truth.raises.get(key, ()), *truth.repaired.get(key, ()))
    return any(doubt.cited in error.lines for error in errors)
