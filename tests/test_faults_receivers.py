"""JIT303: `self` that jit traces, as flake8 prints it."""

from __future__ import annotations

import ast

import pytest

from jitlint.checker import check
from jitlint.settings import Settings
from tests.test_flake8 import flake8

LAYER = """\
from functools import partial

import jax


class Layer:
    def __init__(self, scale, depth):
        self.scale, self.depth = scale, depth

    @jax.jit
    def run(self, x):
        for _ in range(self.depth):
            x = self.scale * x
        return x
"""
MESSAGE = (
    "JIT303 'self' is traced by jax.jit but is an instance of Layer, which is no pytree; "
    'declare static_argnames=("self",) or register Layer as a pytree'
)


def found(program: str) -> list[str]:
    """The codes and messages of a program, without those that are off by default."""
    findings = check(program.splitlines(keepends=True), ast.parse(program), Settings())
    return [f"{finding.code} {finding.message}" for finding in findings if not finding.code.startswith("JIT9")]


def test_the_message_stands_at_the_decorator(tmp_path):
    (tmp_path / "layer.py").write_text(LAYER)
    assert flake8(tmp_path, "--select=JIT", "layer.py").stdout == f"layer.py:10:5: {MESSAGE}\n"


def test_noqa_on_the_decorator(tmp_path):
    (tmp_path / "layer.py").write_text(LAYER.replace("@jax.jit", "@jax.jit  # noqa: JIT303"))
    assert flake8(tmp_path, "--select=JIT", "layer.py").stdout == ""


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"@jax.jit": "@partial(jax.jit, static_argnames=('x',))"}, 'declare static_argnames=("self", "x")'),
        ({"@jax.jit": "@partial(jax.jit, static_argnums=1)"}, 'declare static_argnames=("self", "x")'),
        ({"self, x": "self, /, x"}, "declare static_argnums=(0,)"),
    ],
    ids=["name", "number", "position only"],
)
def test_the_advice_adds_to_the_declaration(changes: dict[str, str], advice: str) -> None:
    program = LAYER
    for old, new in changes.items():
        program = program.replace(old, new)
    assert [text.rpartition("; ")[2] for text in found(program)] == [f"{advice} or register Layer as a pytree"]


def test_what_has_no_hash_is_not_advised_to_be_static():
    dataclass = "from dataclasses import dataclass\n" + LAYER.replace("class Layer", "@dataclass\nclass Layer")
    assert [text.rpartition("; ")[2] for text in found(dataclass)] == ["register Layer as a pytree"]
    frozen = dataclass.replace("@dataclass", "@dataclass(frozen=True)")
    assert [text.rpartition("; ")[2] for text in found(frozen)] == [MESSAGE.rpartition("; ")[2]]


@pytest.mark.parametrize(
    "change",
    [
        ("class Layer:", "class Layer(Base):"),
        ("class Layer:", "@register\nclass Layer:"),
        ("class Layer:", "from flax.struct import dataclass\n@dataclass\nclass Layer:"),
        ("class Layer:", "from flax import struct\n@struct.dataclass\nclass Layer:"),
        ("class Layer:", "import equinox as eqx\nclass Layer(eqx.Module):"),
        ("class Layer:", "class Layer(metaclass=Meta):"),
        ("class Layer:", "class AbstractLayer:"),
        ("class Layer:", "class LayerMixin:"),
        ("@jax.jit", "@nnx.jit"),
        ("@jax.jit", "@partial(jax.jit, static_argnums=0)"),
        ("@jax.jit", "@partial(jax.jit, static_argnums=which)"),
        ("@jax.jit", "@memoized\n    @jax.jit"),
        ("@jax.jit", "@staticmethod\n    @jax.jit"),
        ("return x\n", "return x\n\n    run = jax.jit(run.__wrapped__, static_argnums=0)\n"),
        ("return x\n", "return x\n\n    def tree_flatten(self):\n        return (), None\n"),
        ("return x\n", "return x\n\nregister_pytree(Layer)\n"),
        ("return x\n", "return x\n\ndef setup():\n    jax.tree_util.register_pytree_node(Layer, *functions)\n"),
        ("return x\n", "return x\n\nfor kind in kinds:\n    jax.tree_util.register_dataclass(kind, (), ())\n"),
        ("return x\n", "return x\n\nALL = [Layer]\n"),
        ("return x\n", "return x\n\nLayer.run = replaced\n"),
        ("return x\n", "return x\n\nclass Tree(Layer, Module):\n    pass\n"),
        ("return x\n", "return x\n\n@register\nclass Tree(Layer):\n    pass\n"),
        ("return x\n", "return x\n\nclass Tree(Layer):\n    pass\n\nregister_tree(Tree)\n"),
        ("return x\n", "return x\n\nwith pytest.raises(TypeError):\n    Layer(2.0, 3).run(1.0)\n"),
        ("return x\n", "return x\n\nLayer.run(1.0, 2.0)\n"),
    ],
    ids=[
        "base",
        "decorator",
        "struct",
        "struct attribute",
        "equinox",
        "metaclass",
        "abstract",
        "mixin",
        "nnx",
        "static",
        "unresolved",
        "decorated",
        "static method",
        "jit again",
        "flattens",
        "registered",
        "registered in a function",
        "registered in a loop",
        "collected",
        "replaced",
        "other base",
        "decorated subclass",
        "registered subclass",
        "wanted",
        "called with a number",
    ],
)
def test_what_may_be_right_is_silent(change: tuple[str, str]) -> None:
    assert LAYER.replace(*change) != LAYER
    assert [text for text in found(LAYER.replace(*change)) if "JIT303" in text] == []


def test_a_class_in_sight_is_found_under_its_bases():
    base = LAYER.replace("class Layer:", "class Named:\n    pass\n\n\nclass Layer(Named):")
    assert found(base) == [MESSAGE]


def test_the_class_of_a_class_method():
    program = LAYER.replace("@jax.jit", "@classmethod\n    @jax.jit")
    text = "JIT303 'self' is traced by jax.jit but is a class, Layer; declare static_argnames=(\"self\",)"
    assert found(program) == [text]
