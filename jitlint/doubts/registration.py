"""Whether a class that looks plain may be registered as a pytree, by something else in the file."""

from __future__ import annotations

import ast
import re

from jitlint.doubts.bindings import Bindings
from jitlint.doubts.overriding import Methods, is_abstract, last_word

REGISTERS = re.compile(r"regist\w*(tree|node|dataclass|static)|(tree|node)\w*regist", re.IGNORECASE)
"""Names of functions that register a class as a pytree."""
HARMLESS = frozenset({"isinstance", "issubclass", "super", "cast", "TypeVar", "partial", "field", "print", "repr"})
"""Functions that register no class."""
_PLAIN_BASES = frozenset({"object", "Generic", "ABC"})
FLATTENS = re.compile(r"flatten|__jax_array__|__init_subclass__|__new__")
"""Methods of a pytree, or those that may make the class one."""


class Registrations:
    """What a file does with its classes."""

    def __init__(self, bindings: Bindings, methods: Methods) -> None:
        self.bindings = bindings
        self.methods = methods
        self.unnamed = any(
            isinstance(node, ast.Call) and REGISTERS.search(last_word(node.func)) and not self._is_named(node)
            for node in bindings.parents
        )
        """Whether the file registers a class that it does not name: the variable of a loop, `cls`, `type(self)`."""

    def may_register(self, cls: ast.ClassDef) -> bool:
        """Whether instances of this very class may be pytrees."""
        return self.unnamed or self.methods.is_handed_on(cls, HARMLESS)

    def may_be_derived(self, cls: ast.ClassDef) -> bool:
        """Whether the instances may be of a derived class that is a pytree."""
        if any(map(is_abstract, self.methods.lineage(cls))):
            return True
        return any(
            self.may_register(derived) or not _is_plain(derived, self.methods) for derived in self.methods.derived(cls)
        )

    def _is_named(self, call: ast.Call) -> bool:
        """Whether it is in sight which class is registered, or that it is one of another file."""
        if not call.args or not isinstance(call.args[0], (ast.Name, ast.Attribute)):
            return False
        name = call.args[0]
        if isinstance(name, ast.Attribute):
            return (
                name.attr not in self.methods.by_name and isinstance(name.value, ast.Name) and name.value.id != "self"
            )
        if name.id in self.methods.by_name:
            return True
        scope = self.bindings.scope_of(call).find(name.id)
        return scope is not None and all(
            event.value is None and scope.node is self.bindings.tree for event in scope.events[name.id]
        )


def _is_plain(cls: ast.ClassDef, methods: Methods) -> bool:
    """Whether nothing at a derived class hints at a pytree."""
    if cls.decorator_list or cls.keywords:
        return False
    if any(word not in methods.by_name and word not in _PLAIN_BASES for word in map(last_word, cls.bases)):
        return False
    return not any(isinstance(node, ast.FunctionDef) and FLATTENS.search(node.name) for node in cls.body)
