"""A program in other clothes: other names, comments, blank lines and imports. jitlint must say the same."""

from __future__ import annotations

import io
import random
import re
import tokenize
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jitlint.finding import Finding
from tests.oracle.agreement import read
from tests.oracle.growing import NAMES

_OWN_NAMES = frozenset(name for names in NAMES.values() for name in names)
_NUMBERED = re.compile(r"[a-z_]+\d+")
STYLES: Sequence[Mapping[str, str]] = (
    {},
    {"import jax.numpy as jnp": "import jax.numpy as xp", "import numpy as np": "import numpy as onp"},
    {
        "import jax.numpy as jnp": "from jax import numpy as xp",
        "from jax import lax": "import jax.lax as jlax",
        "import partial": "import partial as bind",
    },
)
"""Imports written in another way."""
EXTRA: Sequence[tuple[str, str]] = (
    ("", ""),
    ("from jax import jit", "jax.jit"),
    ("from jax.numpy import zeros, ones, arange", "jnp.zeros jnp.ones jnp.arange"),
    ("from jax import vmap, grad", "jax.vmap jax.grad"),
)
"""Further imports behind `import jax`, and what they are used for: by its last word."""
MODULES = {"xp": "jnp", "onp": "np", "jlax": "lax", "bind": "partial"}
COMMENTS = ("# what follows is needed", "", "", "# as it was before", "")


@dataclass(frozen=True, slots=True)
class Altered:
    """Another text of the same program, the line that each line had, and the name that each name had."""

    source: str
    lines: Mapping[int, int]
    names: Mapping[str, str]


def altered(source: str, seed: int | str) -> Altered:
    """Change what must not matter."""
    chosen = random.Random(f"altered {seed}")
    new: dict[str, str] = {}
    for before, after in chosen.choice(STYLES).items():
        if before in source:
            source = source.replace(before, after)
            name = after.rpartition(" ")[2] if " as " in after else after.rpartition(".")[2]
            new[MODULES[name]] = name
    known = {name for name in _identifiers(source) if name in _OWN_NAMES or _NUMBERED.fullmatch(name)}
    names = {name: f"{name}_{chosen.choice(('a', 'value', 'x1'))}" for name in sorted(known)}
    extra, shortened = chosen.choice(EXTRA) if "import jax\n" in source else ("", "")
    for word in shortened.split():
        source = re.sub(rf"(?<![\w.]){re.escape(word)}(?!\w)", word.rpartition(".")[2], source)
    text = _renamed(source, {**names, **new}, frozenset(new))
    lines: list[str] = []
    where: dict[int, int] = {}
    free = _line_starts(text)
    for number, line in enumerate(text.splitlines(), 1):
        if number in free and chosen.random() < 0.25:
            lines.append(chosen.choice(COMMENTS))
        lines.append(line + ("  # see above" if number in free and chosen.random() < 0.1 else ""))
        where[len(lines)] = number
        if line == "import jax" and extra:
            lines.append(extra)
    return Altered("\n".join(lines) + "\n", where, {new: old for old, new in names.items()})


def _identifiers(source: str) -> set[str]:
    return {
        token.string for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.NAME
    }


def _renamed(source: str, names: Mapping[str, str], modules: frozenset[str]) -> str:
    """The text with names replaced, in f-strings and in the strings that declare static arguments too."""
    pattern = re.compile(r"(?<![\w])(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")

    def change(match: re.Match[str]) -> str:
        name, before = match[1], match.string[max(match.start() - 1, 0) : match.start()]
        is_import = match.string[: match.start()].rpartition("\n")[2].startswith(("import ", "from "))
        if name in modules and (before == "." or is_import):
            return name
        return names[name]

    return pattern.sub(change, source) if names else source


def _line_starts(source: str) -> set[int]:
    """The lines that start a statement and hold it whole."""
    starts: dict[int, int] = {}
    first: int | None = None
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            continue
        if first is None:
            first = token.start[0]
        if token.type == tokenize.NEWLINE:
            starts[first] = token.start[0]
            first = None
    return {start for start, end in starts.items() if start == end}


def told(found: Sequence[Finding], other: Altered | None = None) -> list[tuple[str, int, str, int]]:
    """What jitlint says, in the lines and names of the first text."""
    line_of = {**other.lines, 0: 0} if other else None
    names = other.names if other else {}
    return sorted(
        (
            said.code,
            line_of[said.finding.line] if line_of else said.finding.line,
            names.get(said.name, said.name),
            line_of[said.cited] if line_of else said.cited,
        )
        for said in read(found)
    )
