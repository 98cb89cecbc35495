"""Versions of a library, and what a stub says of them: `Since`, `Until`, `Changed`."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from jitlint.models.model import StubError

Version = tuple[int, ...]
_WORDS = ("Since", "Until", "Changed")


@dataclass(frozen=True, slots=True)
class Dated:
    """An annotation as a version of the library has it, and the versions that have the annotated thing at all.

    annotation: None where `Since["0.5.0"]` says no more than the versions.
    since, until: the first release with it and the first without; None where there is no such end.
    """

    annotation: ast.expr | None
    since: Version | None = None
    until: Version | None = None

    def holds(self, version: Version | None) -> bool:
        """Whether a version has it; the newest one, None, has what no release has dropped."""
        if version is None:
            return self.until is None
        return (self.since is None or version >= self.since) and (self.until is None or version < self.until)

    def overlaps(self, other: Dated) -> bool:
        """Whether some version has both."""
        return not (_ends_before(self, other) or _ends_before(other, self))


def _ends_before(first: Dated, second: Dated) -> bool:
    return first.until is not None and second.since is not None and first.until <= second.since


def parse_version(text: str) -> Version:
    """Return the numbers of a release, as `0.4.30`; what follows them (`rc1`, `.dev0`) is left out.

    Raises ValueError if the text does not begin with a number.
    """
    match = re.match(r"\d+(\.\d+)*", text)
    if match is None:
        raise ValueError(f"{text!r} is not a version such as 0.4.30")
    return tuple(int(number) for number in match[0].split("."))


def dated(annotation: ast.expr | None, version: Version | None) -> Dated:
    """Take the words about versions off an annotation.

    version: the release that is asked for, None for the newest.
    Raises StubError where one of the words lacks its parts.
    """
    since: Version | None = None
    until: Version | None = None
    while isinstance(annotation, ast.Subscript):
        word = annotation.value.id if isinstance(annotation.value, ast.Name) else ""
        if word not in _WORDS:
            break
        parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        release = _release(word, parts[0])
        if word == "Changed":
            if len(parts) != 3:
                raise StubError(f"Changed needs a release, what held before and what holds since: {_text(annotation)}")
            annotation = parts[1] if version is not None and version < release else parts[2]
            continue
        if len(parts) > 2:
            raise StubError(f"{word} needs a release and one annotation: {_text(annotation)}")
        if word == "Since":
            since = release
        else:
            until = release
        annotation = parts[1] if len(parts) == 2 else None
    return Dated(annotation, since, until)


def _release(word: str, node: ast.expr) -> Version:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return parse_version(node.value)
        except ValueError as error:
            raise StubError(f"{word}: {error}") from error
    raise StubError(f'{word} needs a release in quotes, as {word}["0.4.30", ...]: {_text(node)}')


def _text(node: ast.expr) -> str:
    return ast.unparse(node)
