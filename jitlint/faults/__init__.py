"""What is wrong besides the flows: declarations that JAX refuses, values at calls, compilations in vain.

Each module here that has a `find(analysis)` yields the faults of one idea.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from jitlint.dataflow.state import Analysis
from jitlint.faults.fault import AboutInstances, Certainty, Fault, Mentioning

__all__ = ["AboutInstances", "Certainty", "Fault", "Mentioning", "find_faults"]


class _Finder(Protocol):
    def find(self, analysis: Analysis) -> Iterator[Fault]: ...


def find_faults(analysis: Analysis) -> Iterator[Fault]:
    """Yield the faults of a file, whatever speaks against them."""
    for finder in _finders():
        yield from finder.find(analysis)


@cache
def _finders() -> tuple[_Finder, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(cast(_Finder, module) for module in modules if hasattr(module, "find"))
