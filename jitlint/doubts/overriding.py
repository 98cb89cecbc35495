"""Whether a method taken from an instance may be another one than the class in sight shows."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jitlint.doubts.bindings import Bindings

_PLAIN_BASES = frozenset({"object", "Generic", "NamedTuple", "Hashable", "Callable"})
_ABSTRACT_BASES = frozenset({"ABC", "ABCMeta", "Protocol"})
_HARMLESS_DECORATORS = frozenset(
    {"dataclass", "register_pytree_node_class", "register_pytree_with_keys_class", "final", "total_ordering"}
)
_ASKS = frozenset({"isinstance", "issubclass", "super", "register_pytree_node", "register_dataclass", "cast"})
_ABSTRACT_NAMES = ("abstract", "base", "mixin", "interface", "protocol", "template")


class Methods:
    """The classes of a file, what they define and what is stored into attributes."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.classes = [node for node in bindings.scopes if isinstance(node, ast.ClassDef)]
        self.by_name: dict[str, list[ast.ClassDef]] = {}
        for cls in self.classes:
            self.by_name.setdefault(cls.name, []).append(cls)

    def may_differ(self, cls: ast.ClassDef, name: str, exact: bool, site: ast.AST) -> bool:
        """Whether `name` of an instance may be another function than the one its class or a base shows.

        exact: the instance was made by calling this class, not one derived from it.
        """
        lineage = list(self.lineage(cls))
        if any(map(_is_changed_as_a_whole, lineage)) or self.is_stored(name, site):
            return True
        definitions = [node for one in lineage for node in self._defined(one, name)]
        if not definitions or not isinstance(definitions[0], ast.FunctionDef):
            # It comes from a base that is not in sight, or is assigned.
            return True
        if len(definitions) > 1 and any(len(one.bases) > 1 for one in lineage):
            return True
        if exact:
            return False
        if is_empty(definitions[0]) or any(map(is_abstract, lineage)) or self.is_handed_on(cls):
            return True
        return any(self._brings(derived, cls, name) for derived in self.derived(cls))

    def lineage(self, cls: ast.ClassDef, depth: int = 0) -> Iterator[ast.ClassDef]:
        """Yield a class and its bases in the file, by name."""
        yield cls
        for base in cls.bases:
            if depth < 16:
                for found in self.by_name.get(last_word(base), ()):
                    if found is not cls:
                        yield from self.lineage(found, depth + 1)

    def derived(self, cls: ast.ClassDef) -> list[ast.ClassDef]:
        """Return the classes of the file that are derived from a class, by name."""
        found = [cls]
        for one in found:
            for other in self.classes:
                if other not in found and one.name in map(last_word, other.bases):
                    found.append(other)
        return found[1:]

    def is_handed_on(self, cls: ast.ClassDef, harmless: frozenset[str] = _ASKS) -> bool:
        """Whether a class gets another name, or goes to a function that may derive a class from it.

        harmless: functions that do neither.
        """
        for name in self.bindings.parents:
            if not isinstance(name, ast.Name) or name.id != cls.name:
                continue
            node, outer = self._out_of_displays(name)
            if isinstance(outer, ast.Return) or isinstance(outer, ast.Assign) and node is outer.value:
                return True
            if isinstance(outer, ast.Call) and node is not outer.func and last_word(outer.func) not in harmless:
                return True
        return False

    def _out_of_displays(self, node: ast.AST) -> tuple[ast.AST, ast.AST]:
        """Return the outermost display or argument that a node is an item of, and what that stands in."""
        outer = self.bindings.parents[node]
        while isinstance(outer, (ast.Tuple, ast.List, ast.Dict, ast.IfExp, ast.Starred, ast.keyword)):
            node, outer = outer, self.bindings.parents[outer]
        return node, outer

    def _brings(self, derived: ast.ClassDef, cls: ast.ClassDef, name: str) -> bool:
        """Whether a derived class, or another base of it, may bring a method of that name."""
        own = set(self.lineage(cls))
        for one in self.lineage(derived):
            if one in own:
                continue
            if self._defined(one, name) or _is_changed_as_a_whole(one):
                return True
            if any(word not in self.by_name and word not in _PLAIN_BASES for word in map(last_word, one.bases)):
                return True
        return False

    def _defined(self, cls: ast.ClassDef, name: str) -> list[ast.AST]:
        events = self.bindings.scopes[cls].events.get(name, ())
        return [event.value or cls for event in events]

    def is_stored(self, name: str, site: ast.AST) -> bool:
        """Whether something is put in the place of an attribute; `self.f = jax.jit(self.f)` itself is not meant."""
        around = {site, *self.bindings.above(site)}
        for node in self.bindings.parents:
            if isinstance(node, ast.Attribute) and node.attr == name and not isinstance(node.ctx, ast.Load):
                if next(self.bindings.above(node)) not in around:
                    return True
            elif isinstance(node, ast.Call) and last_word(node.func) in ("setattr", "delattr", "__setattr__"):
                texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                if not any(isinstance(text, str) for text in texts) or name in texts:
                    return True
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
                if "__dict__" in ast.unparse(node.func) or "vars(" in ast.unparse(node.func):
                    return True
            elif isinstance(node, ast.Call) and last_word(node.func) == "object" and _is_patch(node.func):
                return True
        return False


def _is_patch(function: ast.expr) -> bool:
    return "patch" in ast.unparse(function)


def _is_changed_as_a_whole(cls: ast.ClassDef) -> bool:
    """Whether a decorator, a metaclass or its own hooks may change the methods of a class."""
    if any(last_word(decorator) not in _HARMLESS_DECORATORS for decorator in cls.decorator_list):
        return True
    if any(keyword.arg != "metaclass" or last_word(keyword.value) != "ABCMeta" for keyword in cls.keywords):
        return True
    hooks = ("__getattribute__", "__new__", "__init_subclass__", "__set_name__")
    return any(isinstance(node, ast.FunctionDef) and node.name in hooks for node in cls.body)


def is_abstract(cls: ast.ClassDef) -> bool:
    """Whether a class is visibly made to be derived from."""
    bases = [*cls.bases, *(keyword.value for keyword in cls.keywords)]
    if any(last_word(base) in _ABSTRACT_BASES for base in bases):
        return True
    if any(word in cls.name.lower() for word in _ABSTRACT_NAMES):
        return True
    return any(isinstance(node, ast.FunctionDef) and is_empty(node, strict=True) for node in cls.body)


def is_empty(function: ast.FunctionDef, strict: bool = False) -> bool:
    """Whether a method only stands for what a subclass does. strict: it says so by raising or by a decorator."""
    if any("abstract" in ast.unparse(decorator) for decorator in function.decorator_list):
        return True
    if any(isinstance(node, ast.Raise) and "NotImplemented" in ast.unparse(node) for node in ast.walk(function)):
        return True
    return not strict and all(map(_does_nothing, function.body))


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Return):
        return statement.value is None or isinstance(statement.value, ast.Constant)
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, (ast.Pass, ast.Raise, ast.Assert))


def last_word(node: ast.expr) -> str:
    """Return the name that an expression ends with: `jit` of `jax.jit(...)`."""
    while isinstance(node, (ast.Subscript, ast.Call)):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
