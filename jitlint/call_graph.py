"""What jit sites can reach in a file, by name, read from Python's own syntax tree before libcst parses anything."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from jitlint.outline import (
    DEFINITIONS,
    FUNCTIONS,
    Part,
    TopDefinition,
    outline,
    statements,
    target_names,
    words_of,
)
from jitlint.settings import Settings

_Import = ast.Import | ast.ImportFrom

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


def jitted_names(tree: ast.Module, settings: Settings) -> frozenset[str]:
    """Return the names in a file that jit is applied to, or that hold what it returned; not what comes of that."""
    nodes = list(statements(tree.body))
    words = _jit_words(_imports(nodes), settings)
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, FUNCTIONS):
            if any(words & words_of(decorator) for decorator in node.decorator_list):
                found.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and words & words_of(node.value.func):
            found.update(word for target in node.targets for word in target_names(target))
    return frozenset(found)


def jit_reach(
    tree: ast.Module, settings: Settings, imported: frozenset[str] = frozenset(), shared: frozenset[str] = frozenset()
) -> Reach | None:
    """Return what jit sites reach, None if the file applies jit nowhere and calls nothing that other files jit.

    imported: words that stand for what other files jit. shared: names that functions of the file declare global.

    A definition stays where something that stays names it. What jit returned is followed by words, names and
    attributes alike; a local name stands for it in its own part of the file only.
    """
    everything = outline(tree, _OTHERS)
    imports = _imports(statements(tree.body))
    jit_words = _jit_words(imports, settings) | _entry_words(imports, WRAPPERS)
    applied = jit_words | imported | _entry_words(imports, ENTRIES)
    if not any(applied & part.words for part in everything):
        return None
    held, local = _jitted_names(everything, jit_words, shared)
    roots = applied | held
    by_name: dict[str, list[int]] = {}
    for i, part in enumerate(everything):
        if isinstance(part.node, DEFINITIONS):
            by_name.setdefault(part.node.name, []).append(i)
    kept: set[int] = set()
    waiting = [i for i, p in enumerate(everything) if not isinstance(p.node, DEFINITIONS) or p.words & roots]
    while waiting:
        i = waiting.pop()
        if i not in kept:
            kept.add(i)
            waiting.extend(j for name in everything[i].names for j in by_name.get(name, ()))
    blank: list[tuple[int, int]] = []
    visit: set[str] = set()
    for i, part in enumerate(everything):
        if isinstance(part.node, DEFINITIONS):
            if i in kept:
                visit |= _to_visit(part, roots | local[i])
            else:
                blank.append(_lines(part.node))
    return Reach(tuple(blank), frozenset(visit))


def global_names(tree: ast.Module, text: str) -> frozenset[str]:
    """Return the names that functions of a file declare global."""
    if "global " not in text:
        return frozenset()
    return frozenset(name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names)


def definition_lines(tree: ast.Module) -> list[tuple[str, int, int]]:
    """Return name, first and last line (from 1) of the top-level definitions of a file, decorators included."""
    return [(node.name, *_lines(node)) for node in _top_definitions(tree.body)]


def _top_definitions(body: Iterable[ast.stmt]) -> list[TopDefinition]:
    return [node for node in body if isinstance(node, DEFINITIONS)]


def _lines(node: TopDefinition) -> tuple[int, int]:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return first, node.end_lineno or node.lineno


def _entry_words(imports: Sequence[_Import], entries: Sequence[str]) -> frozenset[str]:
    """Return the words that stand for these functions of JAX in a file."""
    modules, words = {"jax", "lax"}, set[str]()
    for node in imports:
        if isinstance(node, ast.Import):
            modules.update(alias.asname for alias in node.names if alias.name in ("jax", "jax.lax") and alias.asname)
        elif node.module in ("jax", "jax.lax"):
            modules.update(alias.asname for alias in node.names if alias.name == "lax" and alias.asname)
            words.update(alias.asname or alias.name for alias in node.names if alias.name in entries)
    return frozenset(words | {f"{module}.{entry}" for module in modules for entry in entries})


def _jit_words(imports: Sequence[_Import], settings: Settings) -> frozenset[str]:
    """Return the words that apply jit: those of the libraries, and the names that imports give them."""
    words = {"jit", "pjit", *(wrapper.rpartition(".")[2] for wrapper in settings.wrappers)}
    for node in imports:
        for alias in node.names:
            if alias.name in words and alias.asname:
                words.add(alias.asname)
    return frozenset(words)


def _imports(nodes: Iterable[ast.stmt]) -> list[_Import]:
    return [node for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom))]


def _jitted_names(
    parts: Sequence[Part], jit_words: frozenset[str], shared: frozenset[str]
) -> tuple[set[str], list[set[str]]]:
    """Return the names that may hold what jit returned, directly or through other names; and the local ones by part.

    shared: names that functions declare global.
    """
    everywhere: set[str] = set()
    local: list[set[str]] = [set() for _ in parts]
    waiting = [(i, binding) for i, part in enumerate(parts) for binding in part.bindings]
    for _ in range(MAX_HOPS):
        words = jit_words | everywhere
        here = [words | names for names in local]
        reached = [(i, binding) for i, binding in waiting if here[i] & binding.words]
        if not reached:
            break
        for i, binding in reached:
            everywhere |= binding.names | binding.local & shared
            local[i] |= binding.local
        waiting = [(i, binding) for i, binding in waiting if not here[i] & binding.words]
    return everywhere, local


def _to_visit(part: Part, roots: AbstractSet[str]) -> set[str]:
    """Return the names of functions with one of the words in them; of a class with such a method its constructor too.

    What the file's own decorators do has to be known.
    """
    names = {name for name, words in part.functions if words & roots}
    if isinstance(part.node, ast.ClassDef):
        names.add("__init__")
    return names | part.decorators
