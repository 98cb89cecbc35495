"""The first look at a file: does its text apply jit at all? Most files stop here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from jitlint.settings import Settings

_OTHERS = ("pmap", "make_jaxpr", "eval_shape")
"""Other words for which a file is read. `vmap` and `lax.scan` are too frequent: they count in a file that says jit."""

MOST_FILES = 1000
"""Files that are looked at before the run."""


def may_apply_jit(text: str, settings: Settings) -> bool:
    """Whether the text of a file has both a library that traces and the word that applies jit."""
    if "jit" in text and ("jax" in text or "flax" in text) and re.search(r"\bp?jit\b", text):
        return True
    return bool(settings.wrappers) and _wrapper_pattern(settings.wrappers).search(text) is not None


def may_trace(text: str, settings: Settings) -> bool:
    """Whether the text of a file applies jit, or calls another function that traces."""
    return (
        may_apply_jit(text, settings)
        or "jax" in text
        and any(word in text and re.search(rf"\b{word}\b", text) for word in _OTHERS)
    )


def one_may_trace(paths: Iterable[str], settings: Settings) -> bool:
    """Whether one of the first of these files passes this gate."""
    return any(may_trace(_text(path), settings) for path in islice(paths, MOST_FILES))


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


@lru_cache(maxsize=8)
def _wrapper_pattern(wrappers: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(wrapper.rpartition(".")[2]) for wrapper in wrappers)
    return re.compile(rf"\b(?:{words})\b")
