"""jitlint on many files at once, through the class that flake8 itself would call."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

OFF_BY_DEFAULT = "JIT9"
CRASH = "crash"
_SUBJECT = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True, order=True)
class Report:
    """A finding: the package, the path in it, line, code, and the parameter or name that the message begins with."""

    package: str
    path: str
    line: int
    code: str
    subject: str
    message: str

    @property
    def on_by_default(self) -> bool:
        """Whether a user sees it who has selected nothing."""
        return not self.code.startswith(OFF_BY_DEFAULT)


def lint(folders: Mapping[str, Path], jobs: int) -> list[Report]:
    """The findings in all packages, all codes, whatever `noqa` comments say. Files without jit are not looked at."""
    texts = {
        name: [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.py"))]
        for name, folder in folders.items()
    }
    found = lint_texts(folders, texts, jobs)
    return sorted(report for reports in found.values() for of_file in reports for report in of_file)


def lint_texts(
    folders: Mapping[str, Path], texts: Mapping[str, Sequence[tuple[str, bytes]]], jobs: int
) -> dict[str, list[list[Report]]]:
    """The findings in each of these texts, by package: paths in it, and what would stand there."""
    tasks = [(name, folders[name], [item for item in texts[name] if b"jit" in item[1]]) for name in texts]
    # A process of its own for each package: flake8 is run in the folder of a project.
    with get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        found = pool.starmap(_lint_package, tasks, chunksize=1)
    return dict(zip(texts, found, strict=True))


def _lint_package(package: str, folder: Path, texts: Sequence[tuple[str, bytes]]) -> list[list[Report]]:
    os.chdir(folder)
    return [_lint_text(package, path, text) for path, text in texts]


def _lint_text(package: str, path: str, text: bytes) -> list[Report]:
    from jitlint.plugin import Plugin
    from jitlint.settings import make_settings

    try:
        tree = ast.parse(text)
        lines = _lines(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    Plugin.settings = make_settings()
    try:
        found = list(Plugin(tree=tree, lines=lines, filename=path).run())
    except Exception as error:  # noqa: BLE001  One file must not stop the measurement; it counts as a new finding.
        return [Report(package, path, 0, CRASH, "", f"{type(error).__name__} {str(error)[:80]!r}")]
    reports = []
    for line, _, message, _ in found:
        code, _, said = message.partition(" ")
        reports.append(Report(package, path, line, code, _subject(said), said))
    return reports


def _lines(text: bytes) -> Sequence[str]:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(text).readline)
    return io.TextIOWrapper(io.BytesIO(text), encoding).readlines()


def _subject(message: str) -> str:
    match = _SUBJECT.match(message)
    return match[1] if match else ""
