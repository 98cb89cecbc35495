"""Where the modules of a project are: which files an import statement of the linted file means."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
_INSTALLED = ("site-packages", "dist-packages")
_OTHERS = frozenset({*_INSTALLED, "node_modules", "__pycache__", "venv", "env", "build"})
"""Folders in a project that hold no code of its own."""
MAX_FILES = 5000
"""A project with more files is not read as a whole."""


@dataclass(frozen=True, slots=True)
class Project:
    """What the imports of a file may lead to.

    roots: folders in which top-level modules are looked up. own: the only top-level name that the first root gives,
    "" if it gives any. followed: third-party packages that the user wants to be read.
    """

    roots: tuple[Path, ...]
    own: str
    followed: tuple[str, ...] = ()

    def find(self, module: str) -> Path | None:
        """Return the file of a module, or the folder of a namespace package; None if it is not first-party."""
        return _find(self, module)


def project_of(filename: str, follow: Sequence[str] = ()) -> tuple[Project, str] | None:
    """Return the project of a file and the dotted name of its module; None for text that is no file."""
    if filename in ("-", "stdin") or not os.path.isfile(filename):
        return None
    folder, name = os.path.split(os.path.realpath(filename))
    stem = os.path.splitext(name)[0]
    project, package = _project_in(folder, stem != "__init__", tuple(follow))
    return project, ".".join(package if stem == "__init__" else (*package, stem)) or os.path.basename(folder)


@lru_cache(maxsize=4096)
def _project_in(name: str, is_module: bool, follow: tuple[str, ...]) -> tuple[Project, tuple[str, ...]]:
    """Return the project of the files in a folder, and the names of the packages that lead there.

    is_module: whether it is about a module in the folder, not about the package that the folder is.
    """
    folder, words = Path(name), list[str]()
    while (folder / "__init__.py").is_file() and folder.name.isidentifier():
        words.insert(0, folder.name)
        folder = folder.parent
    alone = len(words) + is_module < 2
    root = _project_root(folder)
    if root is None:
        # In no package it is a script among its neighbours.
        return Project((folder,), "" if alone else words[0], follow), tuple(words)
    source = root / "src"
    start = source if folder == source or source in folder.parents else root
    # What lies between is a namespace package, or the folder of a script.
    between = folder.relative_to(start).parts
    roots = dict.fromkeys((folder, source, root) if alone else (start, folder, source, root))
    if all(word.isidentifier() for word in between):
        words = [*between, *words]
    return Project(tuple(roots), "", follow), tuple(words)


@lru_cache(maxsize=65536)
def _find(project: Project, module: str) -> Path | None:
    top, _, rest = module.partition(".")
    if top in project.followed:
        return _within(_installed(top), rest)
    for root in project.roots:
        if project.own and top != project.own:
            continue
        found = _within(_entry(root, top), rest)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=8)
def project_files(project: Project) -> tuple[Path, ...] | None:
    """Return the Python files of a project, None if there are too many to read."""
    found: set[Path] = set()
    for root in project.roots:
        if any(other in root.parents for other in project.roots):
            continue
        for folder, inner, names in os.walk(root / project.own):
            inner[:] = [name for name in inner if not name.startswith(".") and name not in _OTHERS]
            found.update(Path(folder, name) for name in names if name.endswith(".py"))
            if len(found) > MAX_FILES:
                return None
    return tuple(sorted(found))


def text_of(path: Path) -> str:
    """Return the text of another file, "" if it can't be read: its own linter run says what is wrong with it."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


@lru_cache(maxsize=4096)
def _project_root(folder: Path) -> Path | None:
    """Return the nearest folder above that looks like the root of a project; without one, where the command runs."""
    above = (folder, *folder.parents)
    for candidate in above:
        if candidate.name in _INSTALLED:
            return None
        if any((candidate / marker).exists() for marker in _MARKERS):
            return candidate
    here = Path.cwd()
    return here if here in above else None


@lru_cache(maxsize=65536)
def _entry(folder: Path, name: str) -> Path | None:
    """Return the file of a module in a folder, or its folder where it is a package without `__init__`."""
    package = folder / name
    for candidate in (package / "__init__.py", folder / f"{name}.py"):
        if candidate.is_file():
            return candidate
    return package if package.is_dir() and name.isidentifier() else None


def _within(entry: Path | None, rest: str) -> Path | None:
    for word in rest.split(".") if rest else ():
        if entry is None or entry.suffix == ".py" and entry.name != "__init__.py":
            return None
        entry = _entry(entry if entry.is_dir() else entry.parent, word)
    return entry


@cache
def _installed(top: str) -> Path | None:
    """Return the entry of an installed package, found without importing it."""
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    places: Iterator[str] = iter(spec.submodule_search_locations or ())
    if spec.origin is not None and spec.origin.endswith(".py"):
        return Path(spec.origin)
    place = next(places, None)
    return None if place is None else Path(place)
