"""The first look at a file: does its text apply jit at all? Most files stop here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from jitlint.settings import Settings

_OTHERS = ("pmap", "make_jaxpr", "eval_shape")
"""Other words for which a file is read. `vmap` and `lax.scan` are too frequent: they count in a file that says jit."""

MOST_FILES = 1000
MOST_TEXTS = 20
"""Files that are looked at before the run, and those of them that are looked at more closely."""


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


def texts_that_may_trace(paths: Iterable[str], settings: Settings) -> Iterator[str]:
    """Yield the texts that pass this gate, of the first files."""
    texts = map(_text, islice(paths, MOST_FILES))
    return islice((text for text in texts if may_trace(text, settings)), MOST_TEXTS)


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
