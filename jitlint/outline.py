"""The outline of a file: what the words of its definitions and assignments say, read in one walk of Python's tree."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
TopDefinition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_BLOCKS = frozenset(("body", "orelse", "handlers", "finalbody", "cases"))
"""Fields that hold statements; of a lambda and `x if c else y` they hold an expression."""
_WORDLESS = frozenset(
    ("ctx", "op", "ops", "id", "attr", "arg", "names", "module", "level", "kind", "kwd_attrs", "rest", "type_comment")
)
"""Fields in which there is no name or attribute."""
_FIELDS: dict[type, tuple[str, ...]] = {}
_BLOCK_FIELDS: dict[type, tuple[str, ...]] = {}
"""What has been asked of a kind of node; there are not many."""


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """Names that get a value, and the words in what makes the value.

    local: those that are seen only in the function that binds them.
    """

    names: frozenset[str]
    local: frozenset[str]
    words: set[str]


@dataclass(slots=True, eq=False)
class Part:
    """A top-level statement.

    words: the names and attributes in it. names: the names only. decorators: the words of the decorators in it.
    functions: the functions in it, itself included, each with its words.
    bindings: assignments, decorated functions, and functions that return something by name.
    """

    node: ast.stmt
    words: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    decorators: set[str] = field(default_factory=set)
    functions: list[tuple[str, set[str]]] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)


def outline(tree: ast.Module, qualified: Collection[str] = ()) -> list[Part]:
    """Read each top-level statement of a file.

    qualified: attributes that also come as words with the name before them, such as `lax.scan`.
    """
    reader = _Reader(qualified)
    return [reader.part(node) for node in tree.body]


class _Reader:
    """One walk over a top-level statement after the other."""

    def __init__(self, qualified: Collection[str]) -> None:
        self._qualified = qualified
        self._part = Part(ast.Pass())

    def part(self, node: ast.stmt) -> Part:
        """Read a top-level statement."""
        part = self._part = Part(node)
        part.words = self._read(node, False)
        return part

    def _words(self, node: ast.AST) -> set[str]:
        return words_of(node, self._qualified, self._part.names)

    def _read(self, node: ast.AST, in_function: bool) -> set[str]:
        """Return the words of a statement; note in the part what else there is to know of it."""
        if isinstance(node, ast.Assign):
            made = self._words(node.value)
            bound = [(name, attribute) for target in node.targets for name, attribute in _targets(target)]
            self._bind((name for name, attribute in bound if not attribute), made, in_function)
            self._bind((name for name, attribute in bound if attribute), made, False)
            return made.union(*map(self._words, node.targets))
        blocks = _block_fields(node)
        if not blocks:
            return self._words(node)
        is_function = isinstance(node, FUNCTIONS)
        words: set[str] = set()
        for name in _fields(node):
            value = getattr(node, name)
            if name in blocks:
                for inner in value:
                    words |= self._read(inner, in_function or is_function)
            else:
                for inner in value if isinstance(value, list) else (value,):
                    if isinstance(inner, ast.AST):
                        words |= self._words(inner)
        if isinstance(node, FUNCTIONS):
            self._note_function(node, words, in_function)
        return words

    def _note_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, words: set[str], local: bool) -> None:
        decorators = set[str]().union(*map(self._words, node.decorator_list))
        returned = [self._words(inner) for inner in node.body if isinstance(inner, ast.Return)]
        self._part.functions.append((node.name, words))
        self._part.decorators |= decorators
        if node.decorator_list or returned:
            self._bind([node.name], decorators.union(*returned), local)

    def _bind(self, names: Iterable[str], words: set[str], local: bool) -> None:
        bound = frozenset(names)
        if bound:
            none = frozenset[str]()
            self._part.bindings.append(Binding(none, bound, words) if local else Binding(bound, none, words))


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements and those inside of them; what has no statements in it is not searched."""
    for node in body:
        yield node
        for name in _block_fields(node):
            yield from statements(getattr(node, name))


def words_of(node: ast.AST, qualified: Collection[str] = (), names: set[str] | None = None) -> set[str]:
    """Return the names and attributes in a piece of syntax. names: a set to which the names are added."""
    found: set[str] = set()
    bare: set[str] = set() if names is None else names
    stack = [node]
    while stack:
        current = stack.pop()
        kind = type(current)
        if kind is ast.Name:
            bare.add(current.id)  # type: ignore[attr-defined]
            found.add(current.id)  # type: ignore[attr-defined]
        elif kind is ast.Attribute:
            word = current.attr  # type: ignore[attr-defined]
            found.add(word)
            if word in qualified:
                found.add(_qualified(current))  # type: ignore[arg-type]
            stack.append(current.value)  # type: ignore[attr-defined]
        elif kind is not ast.Constant:
            for name in _fields(current):
                value = getattr(current, name)
                if type(value) is list:
                    # Of `{**a}` a key is None.
                    stack.extend([item for item in value if item is not None])
                elif isinstance(value, ast.AST):
                    stack.append(value)
    return found


def target_names(target: ast.expr) -> Iterator[str]:
    """Yield the names and attributes that an assignment binds."""
    return (name for name, _ in _targets(target))


def _targets(target: ast.expr) -> Iterator[tuple[str, bool]]:
    """Yield what an assignment binds, each with whether it is an attribute."""
    if isinstance(target, ast.Name):
        yield target.id, False
    elif isinstance(target, ast.Attribute):
        yield target.attr, True
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _targets(element)


def _qualified(node: ast.Attribute) -> str:
    """Return an attribute with the name before it, such as `lax.scan`."""
    owner = node.value
    return f"{owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, 'id', '')}.{node.attr}"


def _fields(node: ast.AST) -> tuple[str, ...]:
    """Return the fields of a node that may hold names or attributes."""
    kind = type(node)
    found = _FIELDS.get(kind)
    if found is None:
        found = _FIELDS[kind] = tuple(name for name in kind._fields if name not in _WORDLESS)
    return found


def _block_fields(node: ast.AST) -> tuple[str, ...]:
    """Return the fields of a node that hold statements."""
    kind = type(node)
    found = _BLOCK_FIELDS.get(kind)
    if found is None:
        holds = issubclass(kind, (ast.stmt, ast.excepthandler, ast.match_case))
        found = _BLOCK_FIELDS[kind] = tuple(name for name in kind._fields if holds and name in _BLOCKS)
    return found
