"""Reasons to be silent about a fault, read from Python's own syntax tree."""

from jitlint.doubts.doubts import Doubts

__all__ = ["Doubts"]
