"""JIT206 through flake8: calls of what another file jits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_imports import lint, write

LOSSES = """
    import jax

    @jax.jit
    def loss(error, reduction):
        return error
"""


def test_the_message_names_the_jit_site(tmp_path: Path) -> None:
    """The call is reported; the file and line where to declare the argument stand at the end."""
    write(tmp_path, {"losses.py": LOSSES, "main.py": 'from losses import loss\n\nprint(loss(1.0, "mean"))\n'})
    (report,) = lint(tmp_path)
    assert report.startswith("./main.py:3:7: JIT206 'reduction' of loss is traced by jax.jit, but gets a string; ")
    assert report.endswith('declare static_argnames=("reduction",) where jit is applied (losses.py:4)')


@pytest.mark.parametrize(
    "main",
    [
        'from losses import loss\n\nloss(1.0, "mean")  # noqa: JIT206\n',
        "from losses import loss\n\nloss(1.0, None)\n",
        'import losses\n\nlosses.loss.__wrapped__(1.0, "mean")\n',
        'from losses import loss\n\nloss = print\nloss(1.0, "mean")\n',
        'import pytest\nfrom losses import loss\n\nwith pytest.raises(TypeError):\n    loss(1.0, "mean")\n',
        'from elsewhere import loss\n\nloss(1.0, "mean")\n',
    ],
    ids=["noqa", "None", "without jit", "bound to something else", "wanted", "file that is not there"],
)
def test_silent(tmp_path: Path, main: str) -> None:
    """Nothing is reported where jit rejects nothing, or where that is wanted."""
    write(tmp_path, {"losses.py": LOSSES, "main.py": main})
    assert lint(tmp_path) == []


def test_an_argument_without_a_name_is_counted(tmp_path: Path) -> None:
    """Of a function that is not in sight only the positions are known; with a declaration not even those."""
    text = """
        import jax
        from elsewhere import loss

        jax.jit(loss)(1.0, "mean")
        jax.jit(loss, static_argnums=1)(1.0, "mean")
    """
    write(tmp_path, {"main.py": text})
    (report,) = lint(tmp_path)
    assert report.startswith("./main.py:5:1: JIT206 argument 2 of loss is traced by jax.jit, but gets a string")
