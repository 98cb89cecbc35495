"""When Python looks for garbage: not over and over while a syntax tree grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BETWEEN = 5000
"""New objects after which Python looks for garbage, once the engine is loaded. Its default is 700."""


@contextmanager
def paused() -> Iterator[None]:
    """Pause the collector of cyclic garbage, if it is on.

    Syntax trees and abstract values are many small objects that all stay until their file is done. The collector runs
    by their number, and would visit them, and all else that flake8 holds, in vain. After the pause they are still its
    youngest generation: it frees them at its next visit.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def less_often() -> None:
    """Make up for what libcst and the engine add to each visit of the collector: the visits become fewer."""
    first, *others = gc.get_threshold()
    if 0 < first < OBJECTS_BETWEEN:
        gc.set_threshold(OBJECTS_BETWEEN, *others)
