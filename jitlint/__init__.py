"""jitlint: a flake8 plugin that names each argument of a jax.jit function that must be static.

Importing this package loads neither jax nor flake8 nor libcst.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jitlint.reference import jit_with_static_n

__all__ = ["__version__", "jit_with_static_n"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load `jit_with_static_n`, and with it jax, on first access."""
    if name != "jit_with_static_n":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("jitlint.reference"), name)
