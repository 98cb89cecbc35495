"""The outline of a file: what its words say of its definitions and assignments, read in one walk of Python's own tree."""

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
    """Names that get a value, and the words in what makes the value."""

    names: tuple[str, ...]
    words: set[str]


@dataclass(slots=True, eq=False)
class Part:
    """A top-level statement.

    words: the names and attributes in it. decorators: those of the decorators in it.
    functions: the functions in it, itself included, each with its words.
    bindings: assignments, decorated functions, and functions that return something by name.
    """

    node: ast.stmt
    words: set[str] = field(default_factory=set)
    decorators: set[str] = field(default_factory=set)
    functions: list[tuple[str, set[str]]] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)


def outline(tree: ast.Module, qualified: Collection[str] = ()) -> list[Part]:
    """Read each top-level statement of a file.

    qualified: attributes that also come as words with the name before them, such as `lax.scan`.
    """
    parts = []
    for node in tree.body:
        part = Part(node)
        part.words = _read(node, part, qualified)
        parts.append(part)
    return parts


def _read(node: ast.AST, part: Part, qualified: Collection[str]) -> set[str]:
    """Return the words of a statement; note in the part what else there is to know of it."""
    kind = type(node)
    if kind is ast.Assign:
        made = words_of(node.value, qualified)  # type: ignore[attr-defined]
        targets: list[ast.expr] = node.targets  # type: ignore[attr-defined]
        part.bindings.append(Binding(tuple(name for target in targets for name in target_names(target)), made))
        return made.union(*(words_of(target, qualified) for target in targets))
    blocks = _block_fields(node)
    if not blocks:
        return words_of(node, qualified)
    words: set[str] = set()
    for name in _fields(node):
        value = getattr(node, name)
        if name in blocks:
            for inner in value:
                words |= _read(inner, part, qualified)
        else:
            for inner in value if isinstance(value, list) else (value,):
                if isinstance(inner, ast.AST):
                    words |= words_of(inner, qualified)
    if isinstance(node, FUNCTIONS):
        part.functions.append((node.name, words))
        decorators = set[str]().union(*(words_of(decorator, qualified) for decorator in node.decorator_list))
        part.decorators |= decorators
        returned = [words_of(inner, qualified) for inner in node.body if isinstance(inner, ast.Return)]
        if node.decorator_list or returned:
            part.bindings.append(Binding((node.name,), decorators.union(*returned)))
    return words


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements and those inside of them; what has no statements in it is not searched."""
    for node in body:
        yield node
        for name in _block_fields(node):
            yield from statements(getattr(node, name))


def words_of(node: ast.AST, qualified: Collection[str] = ()) -> set[str]:
    """Return the names and attributes in a piece of syntax."""
    found: set[str] = set()
    stack = [node]
    while stack:
        current = stack.pop()
        kind = type(current)
        if kind is ast.Name:
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
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Attribute):
        yield target.attr
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from target_names(element)


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
