"""The stub files against the installed libraries. `claims.py` says how; `samples/` holds the sample calls."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jitlint.models import SHIPPED
from tests.models.claims import VERSIONS, Outcome, check, lines, modules, samples_of, unproven

CLAIMED = [module for module in modules() if module.partition(".")[0] == "jax" or VERSIONS["jax"] >= (0, 10)]
"""What NumPy and Python do with a tracer is claimed for the tracers of JAX 0.10 and later."""


@pytest.mark.parametrize(("module", "name"), [(module, name) for module in CLAIMED for name in lines(module)])
def test_line(module: str, name: str) -> None:
    wrong = [verdict for verdict in check(module, name) if verdict.outcome is Outcome.WRONG]
    assert not wrong, "\n".join(f"{verdict.claim}: {verdict.detail}" for verdict in wrong)


@pytest.mark.parametrize("module", modules())
def test_samples_belong_to_lines(module: str) -> None:
    samples = getattr(samples_of(module), "SAMPLES", {})
    assert set(samples) <= set(SHIPPED.lines(module))


@pytest.mark.skipif(VERSIONS["jax"][:2] != (0, 10), reason="the page is about the newest JAX for Python 3.11")
def test_what_is_not_shown_is_listed() -> None:
    """The page lists every parameter of JAX that no sample shows: few, and known."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "unproven-claims.md").read_text(encoding="utf-8")
    assert page == unproven(), "python -m tests.models.claims --unproven docs/unproven-claims.md"
    share = re.search(r"\((\d+\.\d)%\)", page)
    assert share is not None and float(share[1]) >= 98
