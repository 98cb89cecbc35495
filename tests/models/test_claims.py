"""The stub files against the installed libraries. `claims.py` says how; `samples/` holds the sample calls."""

from __future__ import annotations

from collections import Counter

import jax
import pytest

from tests.models.claims import Outcome, check, lines, modules, samples_of

# The stubs describe this JAX. Another one has other parameters here and there.
pytestmark = pytest.mark.skipif(not jax.__version__.startswith("0.10."), reason="the stubs describe JAX 0.10")


@pytest.mark.parametrize(("module", "name"), [(module, name) for module in modules() for name in lines(module)])
def test_line(module: str, name: str) -> None:
    wrong = [verdict for verdict in check(module, name) if verdict.outcome is Outcome.WRONG]
    assert not wrong, "\n".join(f"{verdict.claim}: {verdict.detail}" for verdict in wrong)


@pytest.mark.parametrize("module", modules())
def test_samples_belong_to_lines(module: str) -> None:
    samples = getattr(samples_of(module), "SAMPLES", {})
    assert set(samples) <= set(lines(module))


@pytest.mark.parametrize("module", modules())
def test_share_shown(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = [verdict for name in lines(module) for verdict in check(module, name)]
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    shown = outcomes[Outcome.SHOWN] / max(len(verdicts), 1)
    reasons = Counter(verdict.detail for verdict in verdicts if verdict.outcome is Outcome.NOT_SHOWN)
    with capsys.disabled():
        print(f"\n{module}: {len(verdicts)} claims, {outcomes[Outcome.SHOWN]} shown ({shown:.1%}), ", end="")
        print(f"{outcomes[Outcome.WRONG]} wrong, {outcomes[Outcome.NOT_SHOWN]} not shown", end="")
        print("".join(f"\n    {count:4} {reason}" for reason, count in reasons.most_common()), end="")
    assert shown >= getattr(samples_of(module), "FLOOR", 0.0)
