"""Parameters and definitions of the functions that the engine sees."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import libcst as cst


class ParameterKind(enum.Enum):
    """How a parameter takes its argument."""

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "*args"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "**kwargs"


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """A parameter of a function of the file."""

    name: str
    kind: ParameterKind
    default: cst.BaseExpression | None
    annotation: cst.BaseExpression | None

    @property
    def by_position(self) -> bool:
        """Whether an argument may be given by position."""
        return self.kind in (ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD)

    @property
    def optional(self) -> bool:
        """Whether a call may leave it out."""
        return self.default is not None or self.kind in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A `def` or lambda of the file."""

    name: str
    node: cst.FunctionDef | cst.Lambda
    parameters: tuple[Parameter, ...]
