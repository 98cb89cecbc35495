"""Every kind of syntax has a transfer function; one that has none is an error here, and unknown for users."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import libcst as cst
import pytest

from jitlint.checker import check
from jitlint.dataflow import expressions, statements
from jitlint.settings import Settings

NOT_RUN = {
    "StarredElement": "part of a display or a call, which takes it apart",
    "TemplatedString": "Python 3.14",
    "StarredDictComp": "Python 3.15",
    "LazyImport": "Python 3.15",
    "LazyImportFrom": "Python 3.15",
}


def concrete(base: Any) -> list[type[cst.CSTNode]]:
    """Every class of libcst that stands in a syntax tree as a `base`."""
    kinds: list[Any] = [kind for _, kind in inspect.getmembers(cst, inspect.isclass) if issubclass(kind, base)]
    return [kind for kind in kinds if not kind.__name__.startswith("Base") and not inspect.isabstract(kind)]


@pytest.mark.parametrize("kind", concrete(cst.BaseExpression), ids=lambda kind: kind.__name__)
def test_every_expression_has_a_transfer_function(kind: type[cst.CSTNode]) -> None:
    assert kind in expressions._TRANSFER or kind.__name__ in NOT_RUN


@pytest.mark.parametrize(
    "kind",
    [*concrete(cst.BaseSmallStatement), *concrete(cst.BaseCompoundStatement)],
    ids=lambda kind: kind.__name__,
)
def test_every_statement_has_a_transfer_function(kind: type[cst.CSTNode]) -> None:
    assert kind in statements._TRANSFER or kind.__name__ in NOT_RUN


PROGRAM = "import jax\n@jax.jit\ndef f(x, n):\n    y = not n\n    return x[:n]\n"


def forget(monkeypatch: pytest.MonkeyPatch, kind: type[cst.CSTNode]) -> None:
    """Take the transfer function of one kind of syntax away."""
    rest = {known: transfer for known, transfer in expressions._TRANSFER.items() if known is not kind}
    monkeypatch.setattr(expressions, "_TRANSFER", rest)


def test_an_unknown_node_is_silent_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch, cst.UnaryOperation)
    (finding,) = check(PROGRAM.splitlines(True), ast.parse(PROGRAM), Settings())
    assert finding.code == "JIT105"


def test_an_unknown_node_is_an_error_in_strict_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    forget(monkeypatch, cst.UnaryOperation)
    with pytest.raises(expressions.UnknownNode):
        check(PROGRAM.splitlines(True), ast.parse(PROGRAM), Settings(strict=True))
