"""What jit sites can reach in a file, by name, read from Python's own syntax tree before libcst parses anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jitlint.settings import Settings

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


WRAPPERS = ("pmap", "make_jaxpr", "vmap", "checkpoint", "remat")
"""Functions of JAX, beside jit, that return one that traces."""
ENTRIES = ("eval_shape", "scan", "fori_loop", "while_loop", "cond", "switch")
"""Functions of `jax` and `jax.lax` that trace when they are called. `lax.map` is seen where one of these is near."""
_OTHERS = frozenset((*WRAPPERS, *ENTRIES))
MAX_HOPS = 4
"""Assignments between a jit site and a name under which its result is called."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The part of a file that matters.

    blank: line ranges (from 1, both ends in) of definitions that no jit site reaches.
    visit: names of functions that apply jit or call what it returns.
    """

    blank: tuple[tuple[int, int], ...]
    visit: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A top-level definition: the words in it, and the functions inside by name."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    words: frozenset[str]


def jitted_names(tree: ast.Module, settings: Settings) -> frozenset[str]:
    """Return the names in a file that jit is applied to, or that hold what it returned; not what comes of that."""
    words = _jit_words(tree, settings)
    found: set[str] = set()
    for node in statements(tree.body):
        if isinstance(node, _FUNCTIONS):
            if any(words & set(_words(decorator)) for decorator in node.decorator_list):
                found.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and words & set(_words(node.value.func)):
            found.update(word for target in node.targets for word in _target_names(target))
    return frozenset(found)


def statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements and those inside of them; what has no statements in it is not searched."""
    for node in body:
        yield node
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            inner = getattr(node, field, None)
            if isinstance(inner, list):
                yield from statements(inner)


def jit_reach(tree: ast.Module, settings: Settings, imported: frozenset[str] = frozenset()) -> Reach | None:
    """Return what jit sites reach, None if the file applies jit nowhere and calls nothing that other files jit.

    imported: words that stand for what other files jit.

    Words stand for names and attributes alike, so the result is never too small: a definition stays when its name is
    a word of something that stays.
    """
    parts = [_Part(node, frozenset(_words(node))) for node in _top_definitions(tree.body)]
    loose = frozenset(word for node in _loose(tree.body) for word in _words(node))
    jit_words = _jit_words(tree, settings) | _entry_words(tree, WRAPPERS)
    called = _entry_words(tree, ENTRIES)
    applied = jit_words | imported | called
    if not (applied & loose or any(applied & part.words for part in parts)):
        return None
    roots = applied | _jitted_names(tree, jit_words)
    kept: set[int] = set()
    waiting = [i for i, part in enumerate(parts) if part.words & roots]
    by_name: dict[str, list[int]] = {}
    for i, part in enumerate(parts):
        by_name.setdefault(part.node.name, []).append(i)
    waiting += [i for word in loose for i in by_name.get(word, ())]
    while waiting:
        i = waiting.pop()
        if i in kept:
            continue
        kept.add(i)
        for word in parts[i].words:
            waiting.extend(j for j in by_name.get(word, ()) if j not in kept)
    blank = tuple(_lines(part.node) for i, part in enumerate(parts) if i not in kept)
    visit = {*_to_visit((parts[i].node for i in kept), roots), *_decorator_words(parts[i].node for i in kept)}
    return Reach(blank, frozenset(visit))


def global_names(tree: ast.Module, text: str) -> frozenset[str]:
    """Return the names that functions of a file declare global."""
    if "global " not in text:
        return frozenset()
    return frozenset(name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names)


def definition_lines(tree: ast.Module) -> list[tuple[str, int, int]]:
    """Return name, first and last line (from 1) of the top-level definitions of a file, decorators included."""
    return [(node.name, *_lines(node)) for node in _top_definitions(tree.body)]


def _top_definitions(body: Iterable[ast.stmt]) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    return [node for node in body if isinstance(node, _DEFINITIONS)]


def _loose(body: Iterable[ast.stmt]) -> list[ast.stmt]:
    return [node for node in body if not isinstance(node, _DEFINITIONS)]


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> tuple[int, int]:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return first, node.end_lineno or node.lineno


def _words(node: ast.AST) -> Iterator[str]:
    """Yield the names and attributes in a piece of syntax."""
    stack = [node]
    while stack:
        current = stack.pop()
        kind = type(current)
        if kind is ast.Name:
            yield current.id  # type: ignore[attr-defined]
            continue
        if kind is ast.Attribute:
            yield current.attr  # type: ignore[attr-defined]
            if current.attr in _OTHERS:  # type: ignore[attr-defined]
                yield _qualified(current)  # type: ignore[arg-type]
            stack.append(current.value)  # type: ignore[attr-defined]
            continue
        if kind is ast.Constant:
            continue
        for name in current._fields:
            value = getattr(current, name, None)
            if isinstance(value, ast.AST):
                stack.append(value)
            elif isinstance(value, list):
                stack.extend(item for item in value if isinstance(item, ast.AST))


def _qualified(node: ast.Attribute) -> str:
    """Return an attribute with the name before it, such as `lax.scan`."""
    owner = node.value
    return f"{owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, 'id', '')}.{node.attr}"


def _entry_words(tree: ast.Module, entries: Sequence[str]) -> frozenset[str]:
    """Return the words that stand for these functions of JAX in a file."""
    modules, words = {"jax", "lax"}, set[str]()
    for node in _imports(tree.body):
        if isinstance(node, ast.Import):
            modules.update(alias.asname for alias in node.names if alias.name in ("jax", "jax.lax") and alias.asname)
        elif node.module in ("jax", "jax.lax"):
            modules.update(alias.asname for alias in node.names if alias.name == "lax" and alias.asname)
            words.update(alias.asname or alias.name for alias in node.names if alias.name in entries)
    return frozenset(words | {f"{module}.{entry}" for module in modules for entry in entries})


def _jit_words(tree: ast.Module, settings: Settings) -> frozenset[str]:
    """Return the words that apply jit: those of the libraries, and the names that imports give them."""
    words = {"jit", "pjit", *(wrapper.rpartition(".")[2] for wrapper in settings.wrappers)}
    for node in _imports(tree.body):
        for alias in node.names:
            if alias.name in words and alias.asname:
                words.add(alias.asname)
    return frozenset(words)


def _imports(body: Iterable[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        for field in ("body", "orelse", "handlers", "finalbody"):
            inner = getattr(node, field, None)
            if isinstance(inner, list):
                yield from _imports(inner)


@dataclass(frozen=True, slots=True)
class _Binding:
    """Names that get a value, and the words in what makes the value."""

    names: tuple[str, ...]
    words: frozenset[str]


def _bindings(tree: ast.Module) -> Iterator[_Binding]:
    """Yield the assignments, the decorated functions, and the functions that return something by name."""
    for node in ast.walk(tree):
        if isinstance(node, _FUNCTIONS):
            makers = [*node.decorator_list, *(s for s in node.body if isinstance(s, ast.Return))]
            if makers:
                yield _Binding((node.name,), frozenset(word for maker in makers for word in _words(maker)))
        elif isinstance(node, ast.Assign):
            targets = tuple(word for target in node.targets for word in _target_names(target))
            yield _Binding(targets, frozenset(_words(node.value)))


def _jitted_names(tree: ast.Module, jit_words: frozenset[str]) -> set[str]:
    """Return the names that may hold what jit returned, directly or through other names."""
    waiting = list(_bindings(tree))
    names: set[str] = set()
    for _ in range(MAX_HOPS):
        words = jit_words | names
        reached = [binding for binding in waiting if words & binding.words]
        if not reached:
            break
        names.update(name for binding in reached for name in binding.names)
        waiting = [binding for binding in waiting if not words & binding.words]
    return names


def _target_names(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Attribute):
        yield target.attr
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from _target_names(element)


def _to_visit(nodes: Iterable[ast.AST], roots: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the names of functions with one of the words in them; of a class with such a method its constructor too."""
    for node in nodes:
        yield from _functions_with(node, roots)
        if isinstance(node, ast.ClassDef):
            yield "__init__"


def _decorator_words(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the words of decorators: what the file's own ones do has to be known."""
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, _FUNCTIONS):
                for decorator in inner.decorator_list:
                    yield from _words(decorator)


def _functions_with(node: ast.AST, roots: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the names of functions in `node` that contain one of the words; nothing where `node` has none of them."""
    if not roots & set(_words(node)):
        return
    if isinstance(node, _FUNCTIONS):
        yield node.name
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield from _functions_with(child, roots)
