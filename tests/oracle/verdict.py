"""What JAX says of a program: of each parameter of each jit site alone, and of each site as it is written."""

from __future__ import annotations

import ast
import contextlib
import enum
import functools
import inspect
import random
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jax
from jax._src import ad_checkpoint
from jax._src.interpreters import partial_eval

from tests.oracle.running import FILENAME, REAL_JIT, Site, ending, fresh, hurried, limited, run_plainly, silent, statics
from tests.oracle.turning import Turn, Turns, turnable


@dataclass(frozen=True, slots=True)
class Raised:
    """An error of JAX: its class, its message, the lines of the program in its traceback, innermost last."""

    name: str
    message: str
    lines: tuple[int, ...]
    own: bool = False

    @property
    def line(self) -> int:
        """The innermost line of the program, 0 if JAX never came to run it."""
        return self.lines[-1] if self.lines else 0

    @property
    def is_of_tracers(self) -> bool:
        """Whether the error is one of tracing."""
        if self.message.startswith("unsupported operand"):
            return False  # with a tuple, say, as the other one
        return "Tracer" in self.message or self.name.startswith(("Tracer", "Concretization", "NonConcrete"))

    def __str__(self) -> str:
        return f"line {self.line}: {self.name}: {self.message}"


@dataclass(slots=True)
class Truth:
    """What JAX says.

    raises: by line of the site and name of the parameter: the errors that come from tracing it alone.
    fine: the parameters for which nothing raises. masked: what is raised where something else is to blame too.
    written: what each site raises as it is written, by line, inside: the same of those that others call.
    of_arrays: what it raises with nothing but arrays traced.
    repaired: by parameter, what it makes the site raise when others that are to blame have become static, met: what is
    raised on the way; asked for some only.
    unpassed: parameters that the calls leave to their default.
    sites: the lines of those that were called.
    has_guards: the program asks what class a value is of. in_sight: the calls are in the linted file.
    """

    raises: dict[tuple[int, str], list[Raised]] = field(default_factory=dict)
    fine: set[tuple[int, str]] = field(default_factory=set)
    masked: dict[tuple[int, str], Raised] = field(default_factory=dict)
    written: dict[int, list[Raised]] = field(default_factory=dict)
    inside: dict[int, list[Raised]] = field(default_factory=dict)
    of_arrays: dict[int, Raised] = field(default_factory=dict)
    repaired: dict[tuple[int, str], list[Raised]] = field(default_factory=dict)
    met: dict[tuple[int, str], list[Raised]] = field(default_factory=dict)
    unpassed: set[tuple[int, str]] = field(default_factory=set)
    sites: set[int] = field(default_factory=set)
    has_guards: bool = False
    in_sight: bool = True


FOREIGN = (
    "Reverse-mode differentiation",
    "Positional argument indices",
    "Gradient only defined for scalar-output",
    "scan body function carry",
    "body_fun output and input must have",
    "cond_fun must return a boolean scalar",
    "true_fun and false_fun output must have",
    "integer modulo by zero",
    "division by zero",
    "Incompatible types for broadcasting",
    "Incompatible shapes for broadcasting",
    "add got incompatible shapes",
    "mul got incompatible shapes",
    # The object is an array.
    "Non-hashable static arguments are not supported. An error occurred while trying to hash an object of type <class "
    + "'jaxl",
)
"""What JAX says of a program that has another fault than a traced value, which the run without jit does not show."""


class DroppedError(Exception):
    """The program does not run without jit: it can't be judged."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way through a program.

    turns: tests that are made to answer something else.
    moved: static arguments have other values (1: greater, 2: one, 3: tuples are turned around, 4: tuples for numbers,
    5: floats for integers, 6: numbers for tuples, where a call that is not in sight may pass them).
    """

    turns: Mapping[int, Turn] = field(default_factory=dict)
    moved: int = 0


class Bench:
    """A program that ran without jit, and whose sites JAX can be asked about."""

    def __init__(self, source: str) -> None:
        """Raises DroppedError where the program does not run."""
        self.lines = source.splitlines()
        self.turns = Turns()
        tree, self.tests, self.exits = turnable(source)
        self.has_guards = any("isinstance(" in line or "type(" in line for line in self.lines) or any(
            isinstance(node, ast.MatchClass) for node in ast.walk(tree)
        )
        self.turns.raises = frozenset(node.lineno for node in ast.walk(tree) if isinstance(node, ast.Raise))
        self.turns.watch_handlers = True
        recorder, error = run_plainly(tree, self.turns.names())
        self.turns.watch_handlers = False
        if self.turns.handlers:
            raise DroppedError("handles an error without jit")
        if error is not None:
            raise DroppedError(f"{type(error).__name__}: {str(error)[:200]}")
        self.recorder = recorder
        self.sites = [site for site in recorder.sites if site.calls]

    def judge(
        self,
        variant: Variant | None = None,
        only: Collection[tuple[int, str]] | None = None,
        anyhow: bool = False,
    ) -> Truth:
        """Ask JAX: of the program as it is or of a variant, of all parameters or only of some.

        anyhow: what raises is no affair of what the guards of the program ask for.
        """
        variant = variant or Variant()
        self.turns.plan, self.turns.anyhow = variant.turns, anyhow
        if variant.turns:
            forget_checkpoints()
        truth = Truth(has_guards=self.has_guards)
        with silent(), hurried(bool(variant.turns)):
            for site in self.sites:
                if only is None or any(site.line == line for line, _ in only):
                    _judge_site(site, truth, self, variant.moved, only)
        return truth

    def left_over(self, line: int, names: Collection[str] | None = None) -> Iterator[Raised]:
        """What the site of that line raises as it is written, with these parameters static too; all, if None."""
        for site in self.sites:
            signature = inspect.signature(site.function)
            for args, kwargs in site.calls if site.line == line else ():
                given = signature.bind(*args, **kwargs)
                others = given.arguments if names is None else names
                static = statics(site, signature, len(args)) | set(others) | bound_names(site)
                traced = [name for name in given.arguments if name not in static and name != "self"]
                with silent():
                    raised = trace(site, given, traced, Mode.WRITTEN, self)
                if raised is not None:
                    yield raised

    def variants(self, most: int, in_sight: bool = True, seed: int = 0) -> Iterator[Variant]:
        """Ways to come to other branches, each once: as it is, other values, one test turned, several."""
        chosen = random.Random(seed)
        single = [{number: turn} for number in range(self.tests) for turn in Turn]
        chosen.shuffle(single)
        yield from (Variant({}, moved) for moved in (0, 1, 2, 3, 4, 5, *([] if in_sight else [6])))
        seen = set()
        for _ in range(most):
            if single:
                yield Variant(single.pop())
            share = chosen.choice((0.3, 0.5, 0.8))
            plan = {number: chosen.choice(list(Turn)) for number in range(self.tests) if chosen.random() < share}
            moved = chosen.choice((0, 0, 1, 2))
            key = frozenset(plan.items()), moved
            if key not in seen:
                seen.add(key)
                yield Variant(plan, moved)


def forget_checkpoints() -> None:
    """What is checkpointed must be traced anew."""
    for cached in (ad_checkpoint, "_trace_to_jaxpr"), (partial_eval, "trace_to_jaxpr"):
        getattr(getattr(*cached, None), "cache_clear", lambda: None)()


def judge(source: str) -> Truth:
    """Ask JAX. Raises DroppedError where the program is no good."""
    return Bench(source).judge()


def _judge_site(site: Site, truth: Truth, bench: Bench, moved: int, only: Collection[tuple[int, str]] | None) -> None:
    signature = inspect.signature(site.function)
    for args, kwargs in _calls(site, moved):
        truth.sites.add(site.line)
        static = statics(site, signature, len(args))
        given = signature.bind(*args, **kwargs)
        if moved:
            raised = trace(site, given, (), Mode.WRITTEN, bench)
            if raised is not None and not raised.is_of_tracers:
                continue  # no arguments for this function
        wrapped = REAL_JIT(fresh(site.function), **site.options)
        bench.turns.watching = site.depth == 0 and not bench.turns.plan
        if raised := attempt(functools.partial(wrapped.lower, *args, **kwargs), bench.lines):
            if raised.message.startswith(FOREIGN):
                raise DroppedError(raised.message[:40])
            written = truth.written if site.depth == 0 else truth.inside
            written.setdefault(site.line, []).append(raised)
        bench.turns.watching = False
        arrays = [name for name, value in given.arguments.items() if isinstance(value, jax.Array)]
        if raised := trace(site, given, arrays, Mode.WRITTEN, bench):
            truth.of_arrays.setdefault(site.line, raised)
        full = inspect.BoundArguments(signature, dict(given.arguments))
        full.apply_defaults()
        # A call that passes the argument passes a number.
        full.arguments.update({name: 2 for name, value in full.arguments.items() if value is None})
        bases: dict[Mode, Raised | None] = {}
        for name in signature.parameters:
            if (
                only is not None
                and (site.line, name) not in only
                or name in static
                or name == "self"
                or name in bound_names(site)
            ):
                continue
            if name not in given.arguments:
                truth.unpassed.add((site.line, name))
            bound = given if name in given.arguments else full
            _judge_parameter(site, bound, name, truth, bench, bases if bound is given else {})
            if only is not None and (site.line, name) in only:
                fixed = {*static, *bound_names(site), "self"}
                for is_its_own, error in repaired(site, bound, name, fixed, bench):
                    errors = truth.repaired if is_its_own else truth.met
                    errors.setdefault((site.line, name), []).append(error)


def _calls(site: Site, moved: int) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """The calls of a site with other values; where these are of another class, also for one argument alone."""
    for args, kwargs in site.calls:
        if any(isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves((args, kwargs))):
            continue  # a call under vmap or grad: its arguments are gone
        names = [*range(len(args)), *kwargs]
        for chosen in (names, *([name] for name in names if moved > 3 and len(names) > 1)):
            yield (
                tuple(_moved(value, moved) if n in chosen else value for n, value in enumerate(args)),
                {name: _moved(value, moved) if name in chosen else value for name, value in kwargs.items()},
            )


def _moved(value: Any, how: int) -> Any:
    """Another value of the same kind; 0: the same."""
    if how == 0:
        return value
    if how == 6:
        return value[0] if isinstance(value, tuple) and value else value
    if isinstance(value, tuple):
        return value[::-1] if how == 3 else tuple(_moved(item, how) for item in value)
    if isinstance(value, bool):
        return not value
    if how in (4, 5) and isinstance(value, int):
        return (value,) if how == 4 else float(value)
    return value if how == 3 or not isinstance(value, int) else value + 1 if how == 1 else 1


class Mode(enum.Enum):
    """How a function is traced to see what one parameter does, where with none traced it raises in the mode before."""

    WRITTEN = "as it is written"
    INLINED = "jitted functions that it calls trace nothing anew: they too declare what has to be static"
    FOLDED = "and operations on what is not traced are done at once"


def _judge_parameter(
    site: Site,
    bound: inspect.BoundArguments,
    name: str,
    truth: Truth,
    bench: Bench,
    bases: dict[Mode, Raised | None],
) -> None:
    """One parameter traced, the others static, with and without what JAX stages by itself."""
    key = (site.line, name)
    for mode in Mode:
        if mode not in bases:
            bases[mode] = trace(site, bound, (), mode, bench)
        base = bases[mode]
        if base is not None and mode is not Mode.FOLDED:
            continue
        raised = trace(site, bound, (name,), mode, bench)
        if raised is None:
            truth.fine.add(key)
        elif base is None or base.line != raised.line:
            truth.raises.setdefault(key, []).append(raised)
        else:
            truth.masked[key] = raised
        return


def trace(site: Site, bound: inspect.BoundArguments, names: Collection[str], mode: Mode, bench: Bench) -> Raised | None:
    """Trace the function with these parameters traced and the others as they are."""

    def traced(values: dict[str, Any]) -> Any:
        now = inspect.BoundArguments(bound.signature, {**bound.arguments, **values})
        with contextlib.ExitStack() as stack:
            if mode is Mode.FOLDED:
                stack.enter_context(jax.ensure_compile_time_eval())
                stack.enter_context(ending())
            result = site.function(*now.args, **now.kwargs)
        return [leaf for leaf in jax.tree.leaves(result) if isinstance(leaf, jax.Array | int | float)]

    bench.recorder.inlining = mode is not Mode.WRITTEN
    try:
        return attempt(lambda: REAL_JIT(traced).trace({name: bound.arguments[name] for name in names}), bench.lines)
    finally:
        bench.recorder.inlining = False


def repaired(
    site: Site, bound: inspect.BoundArguments, name: str, static: Collection[str], bench: Bench
) -> Iterator[tuple[bool, Raised]]:
    """What the site raises as it is written, and with one parameter after the other static that is to blame for that.

    All but `name`: that one is asked about. With each error, whether it goes away if that one is static.
    """
    for mode in (Mode.WRITTEN, Mode.INLINED):
        traced = [other for other in bound.arguments if other not in static]
        while raised := trace(site, bound, traced, mode, bench):
            others = [other for other in traced if other != name]
            without = trace(site, bound, others, mode, bench)
            alone = {other: trace(site, bound, [other], mode, bench) for other in others}
            blamed = {other for other, error in alone.items() if error is not None and error.line == raised.line}
            # Two may be to blame at one line.
            yield without is None or (without.line, without.name) != (raised.line, raised.name), raised
            if not blamed:
                break
            traced = [other for other in traced if other not in blamed]


def attempt(function: Callable[[], Any], lines: list[str]) -> Raised | None:
    """The error that a function raises. Raises TooSlowError where it takes too long to tell."""
    try:
        with limited():
            function()
    except NameError as error:
        raise DroppedError("NameError") from error  # no fault of tracing
    except Exception as error:  # noqa: BLE001
        # What a finally block raises hides the error before it.
        found = (*_lines_of(error.__context__), *_lines_of(error))
        frames = traceback.extract_tb(error.__traceback__)
        own = bool(found) and frames[-1].filename == FILENAME and _is_own(lines[found[-1] - 1], error)
        return Raised(type(error).__name__, (str(error).splitlines() or [""])[0][:160], found, own)
    return None


def _is_own(line: str, error: Exception) -> bool:
    return line.strip().startswith("raise ") or isinstance(error, AssertionError)


def _lines_of(error: BaseException | None) -> Iterator[int]:
    """The lines of the program in the traceback, or in that of the error behind it."""
    while error is not None:
        found = [n for frame, n in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == FILENAME]
        if found:
            yield from found
            return
        error = error.__cause__


def bound_names(site: Site) -> frozenset[str]:
    """The parameters to which a partial has given their value already."""
    function = site.function
    return frozenset(function.keywords) if isinstance(function, functools.partial) else frozenset()
