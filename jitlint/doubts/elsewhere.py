"""Whether other files of the project register a class as a pytree, or derive one from it that may be one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jitlint.dataflow.values import Class
from jitlint.doubts.overriding import last_word
from jitlint.doubts.registration import FLATTENS, HARMLESS, REGISTERS
from jitlint.project import Project, project_files, text_of

MAX_DERIVED = 64
"""Of a class with more derived ones nothing is claimed."""

_PLAIN_BASES = frozenset({"object", "Generic", "ABC", "Hashable", "Enum", "str"})
_PLAIN_DECORATORS = frozenset({"dataclasses.dataclass", "final", "typing.final", "functools.total_ordering"})


def may_be_pytree(cls: Class, exact: bool, own: Path, project: Project) -> bool:
    """Whether the files of the project leave it open that instances of a class are pytrees.

    own: the file of the class, which is asked by other means whether it registers it. exact: of this very class, not of
    one derived from it.
    """
    files = project_files(project)
    if files is None:
        return True
    names = [cls.name]
    by_variable = _registers_by_variable(files)
    for name in names:
        if by_variable and any(path != own and _is_handed_on(path, name) for path in files):
            return True
        for path in files:
            tree = _tree_about(path, name)
            if tree is None:
                continue
            if path != own and name == cls.name and _defines(tree, name):
                # It has a class of its own of that name.
                continue
            if path != own and any(_registers(node, name) for node in ast.walk(tree)):
                return True
            derived = () if exact else tuple(_derived(tree, name))
            if not all(_is_plain(one, names, tree) for one in derived):
                return True
            names.extend(one.name for one in derived if one.name not in names)
        if len(names) > MAX_DERIVED:
            return True
    return False


@lru_cache(maxsize=256)
def _tree_about(path: Path, name: str) -> ast.Module | None:
    """Return the syntax tree of a file that may register a class of that name, or derive from it."""
    text = text_of(path)
    if name not in text:
        return None
    derives = re.search(rf"^[ \t]*class\s[^:]*\b{re.escape(name)}\b[^:]*:", text, re.MULTILINE)
    if derives is None and not REGISTERS.search(text):
        return None
    return _parsed(text)


@lru_cache(maxsize=8)
def _registers_by_variable(files: tuple[Path, ...]) -> bool:
    """Whether a file of the project registers classes that it is given: in a loop, or in a function of its own."""
    for path in files:
        text = text_of(path)
        if REGISTERS.search(text) and any(_registers(node, "") for node in ast.walk(_parsed(text))):
            return True
    return False


@lru_cache(maxsize=1024)
def _is_handed_on(path: Path, name: str) -> bool:
    """Whether a file gives a class of that name, which is not its own, to a function."""
    text = text_of(path)
    if re.search(rf"[(,=]\s*(?:\w+\.)*{re.escape(name)}\s*[,)]", text) is None:
        return False
    tree = _parsed(text)
    if _defines(tree, name):
        return False
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    given = ((call, one) for call in calls for one in (*call.args, *(keyword.value for keyword in call.keywords)))
    named = ((call, one) for call, one in given if isinstance(one, (ast.Name, ast.Attribute)))
    return any(last_word(one) == name and last_word(call.func) not in HARMLESS for call, one in named)


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _defines(tree: ast.Module, name: str) -> bool:
    return any(isinstance(node, ast.ClassDef) and node.name == name for node in tree.body)


def _registers(node: ast.AST, name: str) -> bool:
    """Whether a call registers a class of that name, or one that it does not name."""
    if not isinstance(node, ast.Call) or not REGISTERS.search(last_word(node.func)):
        return False
    if not node.args or not isinstance(node.args[0], (ast.Name, ast.Attribute)):
        return False
    registered = last_word(node.args[0])
    return registered == name or not registered[:1].isupper()


def _derived(tree: ast.Module, name: str) -> Iterator[ast.ClassDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name != name and name in map(last_word, node.bases):
            yield node


def _is_plain(cls: ast.ClassDef, names: list[str], tree: ast.Module) -> bool:
    """Whether nothing at a derived class hints at a pytree."""
    if cls.keywords or not all(_qualified(decorator, tree) in _PLAIN_DECORATORS for decorator in cls.decorator_list):
        return False
    if any(word not in names and word not in _PLAIN_BASES for word in map(last_word, cls.bases)):
        return False
    return not any(isinstance(node, ast.FunctionDef) and FLATTENS.search(node.name) for node in cls.body)


def _qualified(decorator: ast.expr, tree: ast.Module) -> str:
    """Return a decorator as it is written, a name with the module that it is imported from."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(function, ast.Name):
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and any((a.asname or a.name) == function.id for a in node.names):
                return f"{node.module}.{function.id}"
    return ast.unparse(function)
