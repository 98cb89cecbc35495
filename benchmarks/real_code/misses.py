"""Why each removed argument was not found again: the committed file with one line per miss."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.real_code.recall import ALONE, BY_DEFAULT, BY_JIT901, Argument

CLASSED = Path(__file__).with_name("misses.csv")

CLASSES = (
    "default",
    "inner site",
    "not needed",
    "object",
    "types",
    "other package",
    "at the sink",
    "engine gap",
    "unread",
)
"""default: no call passes it, JIT901 finds it. inner site: the jitted function that it is handed to is reported, whose
declaration was removed too; it is found if only its own is missing. not needed: nothing needs the value. object: a
callable or a configuration object. types: only its type would prove it. other package: code of another package needs
it. at the sink: a JIT4xx speaks of it. engine gap: a reader of the package could follow it. unread: not classed yet."""

OF_HINT = {
    ALONE: "inner site",
    "never used": "not needed",
    "only called": "object",
    "only attributes": "object",
    "reported at the sink (JIT4xx)": "at the sink",
}

Key = tuple[str, str, int, str, str]


@dataclass(frozen=True, slots=True)
class Miss:
    """An argument that the default codes do not find at its jit site, its class, and what a reader says of it."""

    package: str
    path: str
    line: int
    function: str
    name: str
    kind: str
    note: str

    @property
    def key(self) -> Key:
        """Which argument is meant."""
        return (self.package, self.path, self.line, self.function, self.name)


def read_misses(path: Path = CLASSED) -> dict[Key, Miss]:
    """Read the committed file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))[1:]
    misses = [Miss(package, where, int(line), *rest) for package, where, line, *rest in rows]
    for miss in misses:
        if miss.kind not in CLASSES:
            raise ValueError(f"{path}: no class: {miss.kind!r}")
    return {miss.key: miss for miss in misses}


def classed(arguments: Iterable[Argument], known: dict[Key, Miss]) -> list[Miss]:
    """The misses of a run, with the class that the file gives them, or the one that shows without reading the code."""
    misses = []
    for argument in sorted(arguments):
        key = (argument.package, argument.path, argument.line, argument.function, argument.name)
        if argument.found == BY_DEFAULT:
            continue
        if argument.found == BY_JIT901:
            misses.append(Miss(*key, "default", ""))
        elif argument.hint == ALONE:
            misses.append(Miss(*key, OF_HINT[ALONE], ""))
        elif key in known and known[key].kind not in ("default", "unread"):
            misses.append(known[key])
        else:
            misses.append(Miss(*key, OF_HINT.get(argument.hint, "unread"), argument.hint))
    return misses


def write_misses(misses: Iterable[Miss], path: Path = CLASSED) -> None:
    """Write the file that is committed."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("package", "path", "line", "function", "name", "kind", "note"))
        for miss in misses:
            writer.writerow((*miss.key, miss.kind, miss.note))
