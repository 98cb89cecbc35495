"""The deliberate breaks of benchmarks/mutants.py: each is a break of the engine as it is now."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks.mutations import MUTATIONS, Mutation

PACKAGE = Path(__file__).resolve().parent.parent / "jitlint"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.name for mutation in MUTATIONS])
def test_the_text_stands_in_the_file_once(mutation: Mutation) -> None:
    """Otherwise nothing would be broken, or more than is said. What comes out can still be read."""
    text = (PACKAGE / mutation.file).read_text(encoding="utf-8")
    assert text.count(mutation.old) == 1
    if mutation.file.endswith(".py"):
        ast.parse(text.replace(mutation.old, mutation.new))


def test_thirty_breaks() -> None:
    """No two are the same."""
    assert len({(mutation.file, mutation.old, mutation.new) for mutation in MUTATIONS}) == len(MUTATIONS) >= 30
