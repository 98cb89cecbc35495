"""When Python looks for garbage: not over and over while a syntax tree grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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


def settle() -> None:
    """Take what is there out of the collector's sight for good: before the first file that is code, which stays."""
    gc.freeze()
