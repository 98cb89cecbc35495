"""The program that proposes stub lines: what it reads and writes, and that probing is not fooled."""

from __future__ import annotations

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import jax
import jax.numpy as jnp
import pytest

from jitlint.models import loader
from tests.models.claims import check, modules
from tools import changes, library, probing
from tools.propose_stubs import main
from tools.sample_values import Neighbours
from tools.stub_text import parse, with_end

SOURCE = """# Reductions
def kept(a: Array, axis: Axis = None) -> Array: ...
def gone(a: Array) -> Since["0.5.0", Array]: ...
other = kept
"""


def needs(function: Callable[..., Any]) -> dict[str, str]:
    """What probing finds for a function that no stub knows."""
    parameters = list(inspect.signature(function).parameters.values())
    probed = probing.probe(function, parameters, Neighbours("jax.numpy", function.__name__))
    found = {name: decision.need for name, decision in probed.decisions.items()}
    return {**found, "return": probed.returns}


# Lines


def committed_lines() -> list[str]:
    """The text of each definition in the stub files of JAX."""
    texts = [(loader.STUBS.joinpath(*name.split("."))).with_suffix(".pyi") for name in modules() if "jax" in name]
    rows = [row for text in texts for row in text.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row.startswith("def ")]


def test_lines_are_written_as_they_are_read() -> None:
    """The writer has the style of the committed stubs: no line changes when it is read and written."""
    read = [(row, parse(row)) for row in committed_lines()]
    assert len(read) > 500
    assert [row for row, line in read if line is None or line.text != row] == []


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("def f(a: Array, /) -> Array: ...", 'def f(a: Array, /) -> Until["0.13.0", Array]: ...'),
        ('def f() -> Since["0.5.0", Array]: ...', 'def f() -> Until["0.13.0", Since["0.5.0", Array]]: ...'),
        ("pi: Concrete", 'pi: Until["0.13.0", Concrete]'),
        ("concat = concatenate", 'concat: Until["0.13.0"] = concatenate'),
        ('concat: Since["0.5.0"] = concatenate', 'concat: Until["0.13.0", Since["0.5.0"]] = concatenate'),
    ],
)
def test_a_name_that_is_gone(text: str, ended: str) -> None:
    """Its line stays, with the release that dropped it."""
    assert with_end(text, "0.13.0") == ended


# Probing


def test_a_shape_an_axis_and_an_array() -> None:
    """Tracing an argument tells an array from what must be concrete, and the name tells the kind of that."""

    def rows(a: jax.Array, shape: Any, axis: int = 0, flag: bool = False) -> jax.Array:
        return jnp.sum(jnp.broadcast_to(a.sum(), shape), axis) * (2 if flag else 1)

    assert needs(rows) == {"a": "Array", "shape": "Shape", "axis": "Axis", "flag": "Static", "return": "Array"}


def test_a_flag_that_is_ignored() -> None:
    """It looks traceable and shows nothing."""

    def first(a: jax.Array, unused_flag: bool = False) -> jax.Array:
        return a + 1

    assert needs(first) == {"a": "Array", "unused_flag": "Any", "return": "Array"}


def test_a_call_that_never_works_under_jit() -> None:
    """Its arguments are innocent."""

    def plain(a: jax.Array, b: jax.Array) -> float:
        return float(jnp.sum(a) + jnp.sum(b))

    assert needs(plain) == {"a": "Any", "b": "Any", "return": "Unknown"}


def test_a_need_that_another_argument_lifts() -> None:
    """The number of repeats decides a size only where the size is not given."""

    def again(a: jax.Array, repeats: Any, total_repeat_length: int | None = None) -> jax.Array:
        return jnp.repeat(jnp.ravel(a), repeats, total_repeat_length=total_repeat_length)

    assert needs(again)["repeats"] == 'Unless[Size, "total_repeat_length"]'


def test_values_that_decide_a_size() -> None:
    """With the size given, all may be traced."""

    def places(a: jax.Array, *, size: int | None = None) -> jax.Array:
        return jnp.flatnonzero(a, size=size)

    assert needs(places) == {"a": 'Unless[Counted, "size"]', "size": "Size", "return": "Array"}


def test_a_parameter_that_takes_none_only() -> None:
    """It is there because NumPy has it."""

    def total(a: jax.Array, out: None = None) -> jax.Array:
        if out is not None:
            raise NotImplementedError
        return jnp.sum(a)

    assert needs(total) == {"a": "Array", "out": "Nothing", "return": "Array"}


def test_a_number_for_a_function() -> None:
    """What reaches only the function of a call may be anything; what the function is called with, is an array."""

    def apply(f: Callable[..., Any], a: jax.Array, factor: float = 1.0) -> Any:
        return f(a) * factor

    assert needs(apply) == {"f": "Any", "a": "Array", "factor": "Any", "return": "Tree"}


def test_kinds_of_results() -> None:
    """A mask, a tuple, a Python value."""

    def positive_part(a: jax.Array) -> Any:
        return a > 0

    def both(a: jax.Array) -> Any:
        return a + 1, a > 0

    def number_of_items(a: jax.Array) -> Any:
        return a.size

    functions = (positive_part, both, number_of_items)
    assert [needs(function)["return"] for function in functions] == ["Mask", "tuple[Array, Mask]", "Concrete"]


def test_what_may_do_more_than_compute_is_not_called() -> None:
    """Nothing is saved, loaded or started."""

    def save_it(a: jax.Array) -> None:
        raise AssertionError

    assert needs(save_it) == {"a": "Any", "return": "Unknown"}


# The comparison with the library


@pytest.fixture
def proposal(monkeypatch: pytest.MonkeyPatch) -> Iterator[changes.Proposal]:
    """A proposal for a stub file, made as if the installed JAX were the newest."""
    monkeypatch.setattr(changes, "is_newest", lambda: True)
    # What is known of the library's own functions does not count for those that the tests put in their place.
    check.cache_clear()
    yield changes.Proposal("jax.numpy", SOURCE)
    check.cache_clear()


def test_new_lines_come_under_one_heading(proposal: changes.Proposal) -> None:
    """At the end of the file, where a person can sort them in."""
    proposal.new.append("def new(a: Array) -> Array: ...")
    once = proposal.proposed
    assert once == f"{SOURCE}\n# New in {library.RELEASE}\ndef new(a: Array) -> Array: ...\n"
    again = changes.Proposal("jax.numpy", once, new=["def newer(a: Array) -> Array: ..."])
    assert again.proposed == f"{once}def newer(a: Array) -> Array: ...\n"


def test_a_new_function_gets_a_line(proposal: changes.Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the library's signature, and its release."""

    def brand_new(a: jax.Array, axis: int = -1, *, keepdims: bool = False) -> jax.Array:
        return jnp.sum(a, axis, keepdims=keepdims)

    monkeypatch.setattr(jnp, "brand_new", brand_new, raising=False)
    changes._propose_new(proposal, "brand_new", brand_new)
    assert proposal.new == [
        (
            "def brand_new(a: Array, axis: Axis = -1, *, keepdims: Static = False)"
            f' -> Since["{library.RELEASE}", Array]: ...'
        )
    ]


def changed(proposal: changes.Proposal, monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any]) -> str:
    """The line of `jnp.trace` if JAX had this function in its place."""
    text = "def rot90(m: Array, k: Static = 1, axes: Axis = (0, 1)) -> Array: ..."
    samples = changes.samples_of("jax.numpy")
    monkeypatch.setattr(jnp, "rot90", function)
    monkeypatch.delattr(samples, "OWNER", raising=False)
    definition = changes.Definition("rot90", 1, text)
    changes._propose_changes(proposal, "rot90", definition)
    return proposal.changed.get(1, text)


def test_a_new_parameter(proposal: changes.Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says since when, in its place."""

    def rot90(m: Any, k: int = 1, axes: Any = (0, 1), *, out_scale: Any = 1.0) -> Any:
        return jnp.flip(jnp.swapaxes(m, *axes), axes[0]) * out_scale if k else m

    assert changed(proposal, monkeypatch, rot90) == (
        "def rot90(m: Array, k: Static = 1, axes: Axis = (0, 1), *,"
        f' out_scale: Since["{library.RELEASE}", Array] = 1.0) -> Array: ...'
    )


def test_a_parameter_that_is_gone(proposal: changes.Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says until when."""

    def rot90(m: Any, k: int = 1) -> Any:
        return jnp.flip(jnp.swapaxes(m, 0, 1), 0) if k else m

    assert changed(proposal, monkeypatch, rot90) == (
        f'def rot90(m: Array, k: Static = 1, axes: Until["{library.RELEASE}", Axis] = (0, 1)) -> Array: ...'
    )


def test_another_order(proposal: changes.Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each of the two signatures."""

    def rot90(m: Any, axes: Any = (0, 1), *, k: int = 1) -> Any:
        return jnp.flip(jnp.swapaxes(m, *axes), axes[0]) if k else m

    after, before = changed(proposal, monkeypatch, rot90).splitlines()
    assert after == (
        f'def rot90(m: Array, axes: Axis = (0, 1), *, k: Static = 1) -> Since["{library.RELEASE}", Array]: ...'
    )
    assert before == (
        f'def rot90(m: Array, k: Static = 1, axes: Axis = (0, 1)) -> Until["{library.RELEASE}", Array]: ...'
    )


def test_a_changed_need() -> None:
    """The word stands inside of those that say when the parameter came."""
    assert changes._changed("Static", "Array") == f'Changed["{library.RELEASE}", Static, Array]'
    assert (
        changes._changed('Since["0.5.0", Static]', "Array")
        == f'Since["0.5.0", Changed["{library.RELEASE}", Static, Array]]'
    )


def test_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints a diff and notes; it refuses names without a stub file."""
    main(["jax.ops"])
    assert capsys.readouterr().out.startswith(f"# JAX {library.RELEASE}: 0 notes")
    with pytest.raises(SystemExit):
        main(["jax.no_such_module"])
