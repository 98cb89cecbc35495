"""Environments of scopes: names and their values, from a function up to the file that holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jitlint.dataflow.values import Value


@dataclass(slots=True, eq=False)
class File:
    """What is known of the file that a module's frame belongs to.

    package: what relative imports start from, "" if there is none.
    visit: names of functions that run outside of a trace too: they apply jit or call what it returns.
    define: makes a top-level definition that is only parsed when it is asked for; None if there is none of that name.
    """

    package: str = ""
    visit: frozenset[str] = frozenset()
    define: Callable[[str], Value | None] | None = None
    rebound: frozenset[str] = frozenset()
    """Names that functions declare global: what the module binds to them may have changed."""
    text: str = ""
    stores: frozenset[str] | None = None
    """Attributes that are assigned outside of constructors, None until somebody asks."""
    filled: frozenset[str] | None = None
    """Attributes whose containers are changed, None until somebody asks."""
    bases: frozenset[str] | None = None
    """The names of classes that others derive from, None until somebody asks."""


@dataclass(slots=True, eq=False)
class Frame:
    """An environment: the names of one scope. The engine changes it as control flows."""

    parent: Frame | None
    bindings: dict[str, Value] = field(default_factory=dict)
    outer_names: frozenset[str] = frozenset()
    """Names declared global or nonlocal."""
    transparent: bool = False
    """A comprehension's scope: a walrus inside binds in the parent."""
    star_imports: tuple[str, ...] = ()
    file: File | None = None
    """For the scope of a file itself."""

    @property
    def is_module(self) -> bool:
        """Whether this is the scope of the file itself."""
        return self.parent is None

    @property
    def root(self) -> Frame:
        """The scope of the file."""
        frame = self
        while frame.parent is not None:
            frame = frame.parent
        return frame

    def lookup(self, name: str) -> Value | None:
        """Return the innermost binding of a name, None if there is none."""
        frame = self
        while True:
            value = frame.bindings.get(name)
            if value is not None:
                return value
            if frame.parent is None:
                define = None if frame.file is None else frame.file.define
                return None if define is None else define(name)
            frame = frame.parent

    def bind(self, name: str, value: Value) -> None:
        """Bind a name, in the scope that declares it if it is global or nonlocal here."""
        if name in self.outer_names and self.parent is not None:
            frame = self.parent
            while frame.parent is not None and name not in frame.bindings:
                frame = frame.parent
            frame.bindings[name] = value
        else:
            self.bindings[name] = value

    def change(self, name: str, value: Value) -> None:
        """Let a name hold what its object has become, in the scope that binds it; a module keeps what it binds."""
        frame = self
        while name not in frame.bindings and frame.parent is not None:
            frame = frame.parent
        (self if frame.is_module else frame).bindings[name] = value
