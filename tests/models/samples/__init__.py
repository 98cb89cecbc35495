"""Sample calls, one module for each stub file. `tests/models/claims.py` says how to write one."""

from __future__ import annotations


def names(text: str) -> list[str]:
    """The words of a text: the functions that take one sample."""
    return text.split()
