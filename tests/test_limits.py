"""docs/limits.md tells the truth: its missed alarms raise and are silent, its false alarms run and are reported."""

from __future__ import annotations

import ast
import re
import runpy
import sys
import types
from pathlib import Path

import jax.numpy as jnp
import pytest

from jitlint.checker import check
from jitlint.settings import Settings

ERRORS = (TypeError, ValueError, IndexError, AttributeError, NotImplementedError)
PAGE = Path(__file__).parent.parent / "docs" / "limits.md"


def programs() -> list[tuple[str, str, bool]]:
    """Return heading, program and whether it is a false alarm, for every block but the first: the imports of all."""
    text = PAGE.read_text(encoding="utf-8")
    false_alarms = text.index("## Possible false")
    blocks = list(re.finditer(r"```python\n(.*?)```", text, re.DOTALL))
    headings = [text[: block.start()].rpartition("\n### ")[2].partition("\n")[0] for block in blocks]
    imports = blocks[0][1]
    return [(h, f"{imports}\n\n{b[1]}", b.start() > false_alarms) for h, b in zip(headings[1:], blocks[1:])]


@pytest.mark.parametrize(("heading", "program", "is_false_alarm"), [pytest.param(*p, id=p[0]) for p in programs()])
def test_limit(
    heading: str, program: str, is_false_alarm: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = types.ModuleType("layers")
    layers.__dict__["pad"] = lambda x, n: jnp.append(x, jnp.zeros(n))
    monkeypatch.setitem(sys.modules, "layers", layers)
    findings = check(program.splitlines(keepends=True), ast.parse(program), Settings(needless=False))
    findings = [finding for finding in findings if finding.code != "JIT902"]
    path = tmp_path / "limit.py"
    path.write_text(program, encoding="utf-8")
    if is_false_alarm:
        assert findings
        runpy.run_path(str(path))
    else:
        assert not findings
        with pytest.raises(ERRORS):
            runpy.run_path(str(path))
