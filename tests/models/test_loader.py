"""The stub loader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jitlint.models import loader
from jitlint.models.loader import StubError, find_model, has_module, module_names
from jitlint.models.model import Attribute, Model, Need, ParameterKind, ReturnKind, Returns

STUB = """\
# Making arrays

def zeros(shape: Shape, dtype: Dtype = None) -> Array: ...
def repeat(a: Array, repeats: Unless[Size, "total_repeat_length", "out"], /, *, out: Any = None) -> Array: ...
def stack(*arrays: Array, **options: Static) -> list[Array]: ...
def frexp(x: Array) -> tuple[Array, Array]: ...
def divide(x: Array) -> tuple[tuple[Array, ...], Concrete]: ...
def vmap(fun: Function) -> Transform["vmap"]: ...
pi: Concrete
both = zeros
"""


@pytest.fixture
def stubs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of stubs in place of the shipped one."""
    folder = tmp_path / "lib"
    folder.mkdir()
    (tmp_path / "lib.pyi").write_text(STUB)
    (folder / "part.pyi").write_text("def _private(x: Array) -> Array: ...\ndef public(x: Array) -> Array: ...\n")
    monkeypatch.setattr(loader, "STUBS", tmp_path)
    cached = (find_model, has_module, module_names, loader._index)
    for function in cached:
        function.cache_clear()
    yield tmp_path
    for function in cached:
        function.cache_clear()


def model(qualified: str) -> Model:
    found = find_model(qualified)
    assert isinstance(found, Model)
    return found


def test_parameters(stubs: Path) -> None:
    shape, dtype = model("lib.zeros").parameters
    assert (shape.name, shape.need, shape.has_default) == ("shape", Need.SHAPE, False)
    assert (dtype.name, dtype.need, dtype.has_default) == ("dtype", Need.DTYPE, True)


def test_kinds_and_unless(stubs: Path) -> None:
    a, repeats, out = model("lib.repeat").parameters
    assert a.kind is ParameterKind.POSITIONAL_ONLY
    assert (repeats.need, repeats.unless) == (Need.SIZE, ("total_repeat_length", "out"))
    assert (out.kind, out.has_default) == (ParameterKind.KEYWORD_ONLY, True)
    kinds = [parameter.kind for parameter in model("lib.stack").parameters]
    assert kinds == [ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD]


def test_returns(stubs: Path) -> None:
    array, concrete = Returns(ReturnKind.ARRAY), Returns(ReturnKind.CONCRETE)
    assert model("lib.zeros").returns == array
    assert model("lib.stack").returns == Returns(ReturnKind.LIST, (array,), variadic=True)
    assert model("lib.frexp").returns == Returns(ReturnKind.TUPLE, (array, array))
    nested = Returns(ReturnKind.TUPLE, (array,), variadic=True)
    assert model("lib.divide").returns == Returns(ReturnKind.TUPLE, (nested, concrete))
    assert model("lib.vmap").returns == Returns(ReturnKind.TRANSFORM, transform="vmap")


def test_attribute_and_alias(stubs: Path) -> None:
    assert find_model("lib.pi") == Attribute("lib.pi", Returns(ReturnKind.CONCRETE))
    assert model("lib.both").parameters == model("lib.zeros").parameters
    assert model("lib.both").name == "lib.both"


@pytest.mark.parametrize("name", ["lib.unknown", "lib", "", "other.zeros", "lib.part", "..lib.zeros", "lib.zeros.x"])
def test_unknown_names(stubs: Path, name: str) -> None:
    assert find_model(name) is None


def test_modules(stubs: Path) -> None:
    assert has_module("lib") and has_module("lib.part")
    assert not has_module("lib.zeros") and not has_module("") and not has_module(".")
    assert module_names("lib.part") == {"public"}
    assert module_names("lib") == {
        "zeros", "repeat", "stack", "frexp", "divide", "vmap", "pi", "both", "part"
    }  # fmt: skip
    assert module_names("nothing") == frozenset()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("def f(x: Arry) -> Array: ...", "unknown need 'Arry'"),
        ("def f(x) -> Array: ...", "unknown need ''"),
        ("def f(x: Array) -> Arry: ...", "unknown return 'Arry'"),
        ("def f(x: Array): ...", "unknown return ''"),
        ("def f(x: Unless[Size]) -> Array: ...", "Unless needs"),
        ("def f(x: Array -> Array: ...", "(never closed|invalid syntax)"),
        ("f = g", "'g' is not in this file"),
        ("f = 3", "neither a function"),
    ],
)
def test_broken_line_names_file_and_line(stubs: Path, line: str, message: str) -> None:
    (stubs / "broken.pyi").write_text(f"# A comment\n\n{line}\n")
    with pytest.raises(StubError, match=r"broken\.pyi:3: .*" + message):
        find_model("broken.f")


def test_a_name_given_twice_is_an_error(stubs: Path) -> None:
    (stubs / "twice.pyi").write_text("pi: Concrete\ndef pi(x: Array) -> Array: ...\n")
    with pytest.raises(StubError, match=r"twice\.pyi:2: 'pi' is already on line 1"):
        find_model("twice.pi")


def test_every_shipped_line_can_be_read() -> None:
    files = sorted(loader.STUBS.rglob("*.pyi"))
    assert files
    for file in files:
        module = ".".join(file.relative_to(loader.STUBS).with_suffix("").parts)
        names = module_names(module) - {child.stem for child in file.with_suffix("").glob("*")}
        listed = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
        assert len(listed) >= len(names)
        for line in listed:
            assert loader._LINE.match(line), f"{file.name}: {line}"
        for name in names:
            assert find_model(f"{module}.{name}") is not None
