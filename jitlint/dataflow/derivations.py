"""Whether a class of the project has derived classes: what an annotation names may then be one of these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitlint.dataflow.frames import File
from jitlint.dataflow.state import Analysis
from jitlint.dataflow.values import Class

_CLASS = re.compile(r"^[ \t]*class[ \t]+(\w+)[ \t]*(?:\(([^)]*)\))?", re.MULTILINE)
_LAST_WORD = re.compile(r"(\w+)[ \t]*(?:\[[^\]]*\])?[ \t]*(?:,|$)", re.MULTILINE)


def is_derived(analysis: Analysis, cls: Class) -> bool:
    """Whether something in sight derives from a class, or from one of its name."""
    own = (analysis.module.file, cls.namespace.root.file)
    if any(file is not None and cls.name in _bases(file) for file in own):
        return True
    return analysis.imports is not None and analysis.imports.derives(cls.name)


def imported_bases(text: str) -> frozenset[str]:
    """Return the names of the classes of other files that a file derives from, without the modules before them."""
    return frozenset(_base_names(text)) - {match[1] for match in _CLASS.finditer(text)}


def _base_names(text: str) -> Iterator[str]:
    for match in _CLASS.finditer(text):
        yield from _LAST_WORD.findall(match[2] or "")


def _bases(file: File) -> frozenset[str]:
    if file.bases is None:
        file.bases = frozenset(_base_names(file.text))
    return file.bases
