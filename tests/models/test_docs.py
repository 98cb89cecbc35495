"""docs/models.md describes every word of the stubs, and its examples are stubs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jitlint.models import Models, Need, ReturnKind
from jitlint.models.user_stubs import read_stubs

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def words_of(title: str) -> set[str]:
    """The words in the first column of the table under a heading."""
    section = PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {word for row in rows for word in re.findall(r"`(\w+)", row)}


def test_every_need_is_described() -> None:
    assert words_of("What a parameter needs") == {need.value for need in Need}


def test_every_result_is_described() -> None:
    assert words_of("What comes back") == {kind.value for kind in ReturnKind}


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_the_examples_are_stubs(example: str, tmp_path: Path) -> None:
    (tmp_path / "mylib.pyi").write_text(example, encoding="utf-8")
    read_stubs((tmp_path,), Models((tmp_path,)))
    assert Models((tmp_path,)).lines("mylib")
