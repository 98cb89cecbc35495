"""Finds the model of a library function in the stub files: the user's, then those beside this module.

A stub file is split into its definitions once, by a regular expression. A definition is parsed when its name is
asked for, so a file with hundreds of functions costs nothing but its reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from jitlint.models.model import (
    Attribute,
    Model,
    ModelParameter,
    Need,
    ParameterKind,
    ReturnKind,
    Returns,
    StubError,
)
from jitlint.models.stub_lines import Alias, Definition, Line, bases, class_body, definitions, read
from jitlint.models.versions import Version

STUBS = Path(__file__).parent
SUFFIX = ".pyi"
_UFUNC = "ufunc"
_ANYTHING = (
    ModelParameter("args", ParameterKind.VAR_POSITIONAL, Need.ANY),
    ModelParameter("kwargs", ParameterKind.VAR_KEYWORD, Need.ANY),
)


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """Where models come from.

    roots: stub folders and files. What the first of them defines goes before the others.
    versions: top-level package -> its release; the newest one that the stubs know for a package that is not named.
    """

    roots: tuple[Path, ...] = (STUBS,)
    versions: tuple[tuple[str, Version], ...] = ()

    def find(self, qualified: str) -> Model | Attribute | None:
        """Return the model of a qualified name, as `jax.numpy.zeros`, `jax.Array.reshape`; None when there is none.

        Raises StubError where the stub can't be read.
        """
        return _find(self, qualified)

    def has_module(self, qualified: str) -> bool:
        """Whether the name is a modelled module or class: a stub file, or a folder of them."""
        return _has_module(self, qualified)

    def lines(self, qualified: str) -> tuple[str, ...]:
        """Return the names that a stub defines in this version, in its order."""
        return _lines(self, qualified)

    def names(self, qualified: str) -> frozenset[str]:
        """Return the public names of a module: those of its stub, and the stub files in its folder."""
        return _names(self, qualified)


@lru_cache(maxsize=8)
def models_of(stubs: tuple[str, ...], jax_version: Version | None) -> Models:
    """Return the models for a user's settings; the same object for the same settings, as it keeps what it has read.

    stubs: the user's stub folders and files, which go before those that jitlint ships.
    """
    versions = () if jax_version is None else (("jax", jax_version),)
    return Models((*map(Path, stubs), STUBS), versions)


SHIPPED = models_of((), None)
"""The models that jitlint ships, for the newest versions."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A definition and where it stands."""

    path: Path
    definition: Definition


_Index = dict[str, tuple[_Place, ...]]


@cache
def _find(models: Models, qualified: str) -> Model | Attribute | None:
    module, _, name = qualified.rpartition(".")
    index = _index(models, module)
    if index is None or name not in index:
        return None
    version = dict(models.versions).get(module.partition(".")[0])
    held = [_read(place, qualified, version) for place in index[name]]
    _check_versions(index[name], held)
    current = [line for line in held if line.dates.holds(version)]
    if not current and version is None:
        # All is gone from the newest release: what a removed function did stays known.
        current = held[-1:]
    if not current:
        return None
    line = current[0]
    if isinstance(line, Line):
        if index[name][0].definition.is_class:
            return _constructor(models, qualified)
        if isinstance(line.model, Model) and _is_ufunc(models, module):
            return replace(line.model, parameters=line.model.parameters[1:])
        return line.model
    found = _find(models, line.target if "." in line.target else f"{module}.{line.target}")
    if found is None:
        raise _error(index[name][0], f"{line.target!r} is not in this file")
    return replace(found, name=qualified)


def _read(place: _Place, qualified: str, version: Version | None) -> Line | Alias:
    try:
        return read(place.definition, qualified, version)
    except StubError as error:
        raise _error(place, str(error)) from error
    except SyntaxError as error:
        raise _error(place, error.msg, (error.lineno or 1) - 1) from error


def _error(place: _Place, message: str, offset: int = 0) -> StubError:
    return StubError(f"{place.path}:{place.definition.line + offset}: {message}")


def _check_versions(places: tuple[_Place, ...], held: list[Line | Alias]) -> None:
    """Several definitions of a name are for different versions, or one of them would never be read."""
    for i, line in enumerate(held):
        for j in range(i):
            if line.dates.overlaps(held[j].dates):
                name, first = places[i].definition.name, places[j].definition.line
                raise _error(places[i], f"{name!r} is already on line {first}")


def _constructor(models: Models, qualified: str) -> Model:
    """Return the model of a class that is called."""
    made = Returns(ReturnKind.OBJECT, cls=qualified)
    init = _find(models, f"{qualified}.__init__")
    if isinstance(init, Model):
        return Model(qualified, init.parameters[1:], made)
    return Model(qualified, _ANYTHING, made)


@cache
def _has_module(models: Models, qualified: str) -> bool:
    return bool(_files(models, qualified) or _folders(models, qualified)) or _class_index(models, qualified) is not None


@cache
def _lines(models: Models, qualified: str) -> tuple[str, ...]:
    version = dict(models.versions).get(qualified.partition(".")[0])
    index = _index(models, qualified) or {}
    if version is None:
        return tuple(index)
    return tuple(name for name in index if _find(models, f"{qualified}.{name}") is not None)


@cache
def _names(models: Models, qualified: str) -> frozenset[str]:
    names = set(_index(models, qualified) or ())
    names.update(child.stem for folder in _folders(models, qualified) for child in folder.glob("*.pyi"))
    names.update(child.name for folder in _folders(models, qualified) for child in folder.iterdir() if child.is_dir())
    return frozenset(name for name in names if not name.startswith("_"))


@cache
def _index(models: Models, module: str) -> _Index | None:
    """Return what a module's or class's stubs define; None when there is no such stub."""
    index: _Index = {}
    files = _files(models, module)
    for path in files:
        index |= _places(path, definitions(read_text(path)))
    if files:
        return index
    parent, _, name = module.rpartition(".")
    if not parent or name == _UFUNC or name not in (_index(models, parent) or ()):
        return None
    return _class_index(models, module) or _index(models, f"{parent}.{_UFUNC}")


def _is_ufunc(models: Models, qualified: str) -> bool:
    """Whether a name is a function, so that what is taken from it is a method of a ufunc, already bound."""
    return not _files(models, qualified) and _class_index(models, qualified) is None


def _class_index(models: Models, qualified: str) -> _Index | None:
    """Return the methods of a class that is a block in the stub of its module."""
    module, _, name = qualified.rpartition(".")
    outer = _index(models, module) if module else None
    if outer is None or name not in outer or not outer[name][0].definition.is_class:
        return None
    place = outer[name][0]
    index: _Index = {}
    for base in bases(place.definition):
        index |= _index(models, base if "." in base else f"{module}.{base}") or {}
    return index | _places(place.path, definitions(*class_body(place.definition)))


def _places(path: Path, found: dict[str, list[Definition]]) -> _Index:
    return {name: tuple(_Place(path, definition) for definition in same) for name, same in found.items()}


def _files(models: Models, module: str) -> list[Path]:
    """Return the stub files of a module, those that go before the others last."""
    parts = module.split(".")
    if not all(part.isidentifier() for part in parts):
        return []
    found: list[Path] = []
    for root in reversed(models.roots):
        if root.suffix == SUFFIX:
            candidates = [root] if root.stem == module else []
        else:
            base = root.joinpath(*parts)
            candidates = [base.with_name(f"{parts[-1]}{SUFFIX}"), base / f"__init__{SUFFIX}"]
        found += [path for path in candidates if path.is_file()]
    return found


def _folders(models: Models, module: str) -> list[Path]:
    parts = module.split(".")
    if not all(part.isidentifier() for part in parts):
        return []
    roots = [root for root in models.roots if root.suffix != SUFFIX]
    return [folder for folder in (root.joinpath(*parts) for root in roots) if folder.is_dir()]


def read_text(path: Path) -> str:
    """Return the text of a stub. Raises StubError where the file can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StubError(f"{path}: {error}") from error
