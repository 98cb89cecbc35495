"""Runs a program without jit, and records each function that it applies jit to, with the arguments of each call."""

from __future__ import annotations

import ast
import contextlib
import functools
import inspect
import io
import os
import signal
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import numpy as np
from jax._src.api_util import infer_argnums_and_argnames

jax.config.update("jax_traceback_filtering", "off")

REAL_JIT = jax.jit
SECONDS = 4.0
_seconds = SECONDS
FILENAME = "<oracle>"
CALLS_PER_SITE = 3


class TooSlowError(BaseException):
    """A program that takes too long. No handler of the program catches it."""


@dataclass(slots=True)
class Site:
    """A place that applies jit: its line, what it wraps, its options, and the calls of the run without jit.

    depth: of how many other jitted functions the first call was part.
    """

    line: int
    function: Callable[..., Any]
    options: Mapping[str, Any]
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)
    depth: int = 0


class Recorder:
    """Stands in for `jax.jit` while a program runs: what it returns runs without jit and keeps its calls.

    recording: the program runs. inlining: later on, jitted functions hand on what is static for their callers, as they
    would were all declared that has to be.
    """

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.depth = 0
        self.recording = True
        self.inlining = False

    def jit(self, fun: Callable[..., Any] | None = None, **options: Any) -> Any:
        """Takes what `jax.jit` takes."""
        line = _line_of_caller()
        if fun is None:
            return lambda function: self._wrap(function, options, line)
        return self._wrap(fun, options, line)

    def _wrap(self, function: Callable[..., Any], options: Mapping[str, Any], line: int) -> Any:
        site = Site(line, function, options)
        self.sites.append(site)
        REAL_JIT(function, **options)  # it refuses what JAX refuses
        return Recorded(self, site)


class Recorded:
    """A function that jit was applied to."""

    def __init__(self, recorder: Recorder, site: Site) -> None:
        self.recorder, self.site = recorder, site
        self.__wrapped__ = site.function
        self.__name__ = getattr(site.function, "__name__", "jitted")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        recorder = self.recorder
        if recorder.inlining:
            refuse_traced(self.site, args, kwargs)
            return self.site.function(*args, **kwargs)
        if not recorder.recording:
            return REAL_JIT(fresh(self.site.function), **self.site.options)(*args, **kwargs)
        if not self.site.calls:
            self.site.depth = recorder.depth
        if len(self.site.calls) < CALLS_PER_SITE:
            self.site.calls.append((args, kwargs))
        recorder.depth += 1
        try:
            return self.site.function(*args, **kwargs)
        finally:
            recorder.depth -= 1

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        return self if instance is None else types.MethodType(self, instance)


def statics(site: Site, signature: inspect.Signature, passed: int) -> set[str]:
    """The parameters that are static at a call that passes so many arguments by position."""
    numbers, names = infer_argnums_and_argnames(
        signature, site.options.get("static_argnums"), site.options.get("static_argnames")
    )
    listed = list(signature.parameters)
    places = (number + passed if number < 0 else number for number in numbers)
    return {*names, *(listed[place] for place in places if 0 <= place < min(passed, len(listed)))}


def refuse_traced(site: Site, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raises ValueError as JAX does where a static argument is traced."""
    signature = inspect.signature(site.function)
    static = statics(site, signature, len(args))
    for name, value in signature.bind(*args, **kwargs).arguments.items():
        if name in static:
            REAL_JIT(lambda x: None, static_argnums=0)(value)


def fresh(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function for JAX's caches unknown: it is traced anew."""

    @functools.wraps(function)
    def again(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return again


def _line_of_caller() -> int:
    frame: types.FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename != FILENAME:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else -1


@contextlib.contextmanager
def hurried(is_hurried: bool) -> Iterator[None]:
    """What runs inside has less time: a test that is made to answer something else may leave a loop endless."""
    global _seconds
    before = _seconds
    _seconds = SECONDS / 8 if is_hurried else SECONDS
    try:
        yield
    finally:
        _seconds = before


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Raises TooSlowError in what takes longer, in time of the processor."""

    def stop(number: int, frame: types.FrameType | None) -> None:
        if frame is None or frame.f_code.co_name != "_xla_gc_callback":  # which would swallow the error
            raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, min(_seconds, SECONDS), 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


REAL_WHILE_LOOP = jax.lax.while_loop
FIRST_TURNS, MOST_TURNS = 2, 200


@contextlib.contextmanager
def ending(by_python: bool = False) -> Iterator[None]:
    """No loop of JAX goes on and on: once it is compiled, nothing stops it.

    Raises TooSlowError for one that does; where many run at once, under vmap, they are all stopped.
    by_python: what is not compiled is run by Python, and `limited` stops it; the first turns show which it is.
    """

    def while_loop(cond_fun: Callable[[Any], Any], body_fun: Callable[[Any], Any], init_val: Any) -> Any:
        try:
            value = init_val
            for _ in range(FIRST_TURNS if by_python else MOST_TURNS):
                if not cond_fun(value):
                    break
                value = body_fun(value)
            else:
                if not by_python:
                    raise TooSlowError
        except jax.errors.TracerBoolConversionError:
            return _stopped(cond_fun, body_fun, init_val)
        except Exception:  # noqa: BLE001, S110  the loop itself raises it again
            pass
        return REAL_WHILE_LOOP(cond_fun, body_fun, init_val)

    jax.lax.while_loop = while_loop
    try:
        yield
    finally:
        jax.lax.while_loop = REAL_WHILE_LOOP


def _stopped(cond_fun: Callable[[Any], Any], body_fun: Callable[[Any], Any], init_val: Any) -> Any:
    """Run a loop for so many turns at most."""
    return REAL_WHILE_LOOP(
        lambda state: jax.numpy.logical_and(state[0] < MOST_TURNS, cond_fun(state[1])),
        lambda state: (state[0] + 1, body_fun(state[1])),
        (0, init_val),
    )[1]


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Nothing that a program prints is seen, nor a warning."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def recording() -> Iterator[Recorder]:
    """`jax.jit` is replaced while a program runs."""
    recorder = Recorder()
    jax.jit = recorder.jit
    try:
        with silent():
            yield recorder
    finally:
        jax.jit = REAL_JIT
        recorder.recording = False


def run_plainly(
    code: str | ast.Module, names: Mapping[str, Any] | None = None
) -> tuple[Recorder, BaseException | None]:
    """Run a module and its `example()` without jit."""
    module = types.ModuleType("oracle_program")
    module.__dict__.update(names or {})
    sys.modules["oracle_program"] = module  # dataclasses look it up
    with recording() as recorder:
        try:
            with limited(), ending(by_python=True), jax.disable_jit():
                exec(compile(code, FILENAME, "exec"), module.__dict__)  # noqa: S102
                module.__dict__["example"]()
        except (Exception, TooSlowError) as error:  # noqa: BLE001
            return recorder, error
    return recorder, None
