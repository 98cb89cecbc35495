"""The rules: one module per code, found by looking into this folder. A rule's docstring is its documentation page."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from jitlint.dataflow.flows import Flow


class Rule(Protocol):
    """What a rule module has.

    CODE: what flake8 shows. NAME: one or two words. RAISES: the error classes that JAX raises.
    """

    CODE: str
    NAME: str
    RAISES: tuple[str, ...]

    def matches(self, flow: Flow) -> bool:
        """Whether this rule speaks of the flow."""

    def advice(self, flow: Flow) -> str:
        """Return what the user should do, the last part of the message."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.name.startswith("jit"))
    return tuple(cast(Rule, importlib.import_module(f"{__name__}.{name}")) for name in names)
