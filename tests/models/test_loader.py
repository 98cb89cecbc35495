"""The stub loader."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitlint.models.loader import SHIPPED, STUBS, Models
from jitlint.models.model import Attribute, Model, Need, ParameterKind, ReturnKind, Returns, StubError
from jitlint.models.stub_lines import definitions
from jitlint.models.versions import parse_version
from tests.models.claims import modules

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
def stubs(tmp_path: Path) -> Path:
    """A folder of stubs in place of the shipped one."""
    folder = tmp_path / "lib"
    folder.mkdir()
    (tmp_path / "lib.pyi").write_text(STUB)
    (folder / "part.pyi").write_text("def _private(x: Array) -> Array: ...\ndef public(x: Array) -> Array: ...\n")
    return tmp_path


def models(stubs: Path, version: str = "") -> Models:
    return Models((stubs,), (("lib", parse_version(version)),) if version else ())


def model(stubs: Path, qualified: str, version: str = "") -> Model:
    found = models(stubs, version).find(qualified)
    assert isinstance(found, Model)
    return found


def written(stubs: Path, text: str) -> Path:
    (stubs / "lib.pyi").write_text(text)
    return stubs


def test_parameters(stubs: Path) -> None:
    shape, dtype = model(stubs, "lib.zeros").parameters
    assert (shape.name, shape.need, shape.has_default) == ("shape", Need.SHAPE, False)
    assert (dtype.name, dtype.need, dtype.has_default) == ("dtype", Need.DTYPE, True)


def test_kinds_and_unless(stubs: Path) -> None:
    a, repeats, out = model(stubs, "lib.repeat").parameters
    assert a.kind is ParameterKind.POSITIONAL_ONLY
    assert (repeats.need, repeats.unless) == (Need.SIZE, ("total_repeat_length", "out"))
    assert (out.kind, out.has_default) == (ParameterKind.KEYWORD_ONLY, True)
    kinds = [parameter.kind for parameter in model(stubs, "lib.stack").parameters]
    assert kinds == [ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD]


def test_returns(stubs: Path) -> None:
    array, concrete = Returns(ReturnKind.ARRAY), Returns(ReturnKind.CONCRETE)
    assert model(stubs, "lib.zeros").returns == array
    assert model(stubs, "lib.stack").returns == Returns(ReturnKind.LIST, (array,), variadic=True)
    assert model(stubs, "lib.frexp").returns == Returns(ReturnKind.TUPLE, (array, array))
    nested = Returns(ReturnKind.TUPLE, (array,), variadic=True)
    assert model(stubs, "lib.divide").returns == Returns(ReturnKind.TUPLE, (nested, concrete))
    assert model(stubs, "lib.vmap").returns == Returns(ReturnKind.TRANSFORM, transform="vmap")


def test_attribute_and_alias(stubs: Path) -> None:
    assert models(stubs).find("lib.pi") == Attribute("lib.pi", Returns(ReturnKind.CONCRETE))
    assert model(stubs, "lib.both").parameters == model(stubs, "lib.zeros").parameters
    assert model(stubs, "lib.both").name == "lib.both"


@pytest.mark.parametrize("name", ["lib.unknown", "lib", "", "other.zeros", "lib.part", "..lib.zeros", "lib.zeros.x"])
def test_unknown_names(stubs: Path, name: str) -> None:
    assert models(stubs).find(name) is None


def test_modules(stubs: Path) -> None:
    found = models(stubs)
    assert found.has_module("lib") and found.has_module("lib.part")
    assert not found.has_module("lib.zeros") and not found.has_module("") and not found.has_module(".")
    assert found.names("lib.part") == {"public"}
    assert found.names("lib") == {"zeros", "repeat", "stack", "frexp", "divide", "vmap", "pi", "both", "part"}
    assert found.names("nothing") == frozenset()


DATED = """\
def new(x: Array) -> Since["0.5.0", Array]: ...
def gone(x: Array) -> Until["0.6.0", Array]: ...
def grown(x: Array, dtype: Since["0.5", Dtype] = None, old: Until["0.6.0", Static] = None) -> Array: ...
def stricter(n: Changed["0.7.0", Array, Static]) -> Changed["0.5.0", Concrete, Array]: ...
def renamed(a: Array) -> Until["0.5.0", Array]: ...
def renamed(arr: Array) -> Since["0.5.0", Array]: ...
pi: Since["0.5.0", Concrete]
also: Since["0.5.0"] = grown
"""


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("new", {"0.4.30": False, "0.5.0": True, "0.10.2": True}),
        ("gone", {"0.4.30": True, "0.5.9": True, "0.6.0": False}),
        ("pi", {"0.4.30": False, "0.5.0": True}),
        ("also", {"0.4.30": False, "0.5.0": True}),
    ],
)
def test_a_line_is_for_some_versions(stubs: Path, name: str, versions: dict[str, bool]) -> None:
    written(stubs, DATED)
    known = {version: models(stubs, version).find(f"lib.{name}") is not None for version in versions}
    assert known == versions
    assert {version: name in models(stubs, version).lines("lib") for version in versions} == versions


def test_what_was_removed_stays_known_where_no_version_is_set(stubs: Path) -> None:
    assert model(written(stubs, DATED), "lib.gone").parameters[0].need is Need.ARRAY


@pytest.mark.parametrize(
    ("version", "names"),
    [("0.4.30", ["x", "old"]), ("0.5.0", ["x", "dtype", "old"]), ("0.6.1", ["x", "dtype"]), ("", ["x", "dtype"])],
)
def test_a_parameter_is_for_some_versions(stubs: Path, version: str, names: list[str]) -> None:
    assert [p.name for p in model(written(stubs, DATED), "lib.grown", version).parameters] == names


@pytest.mark.parametrize(
    ("version", "need", "returns"),
    [
        ("0.4.30", Need.ARRAY, ReturnKind.CONCRETE),
        ("0.6.2", Need.ARRAY, ReturnKind.ARRAY),
        ("0.7.0", Need.STATIC, ReturnKind.ARRAY),
        ("", Need.STATIC, ReturnKind.ARRAY),
    ],
)
def test_a_need_changed(stubs: Path, version: str, need: Need, returns: ReturnKind) -> None:
    found = model(written(stubs, DATED), "lib.stricter", version)
    assert (found.parameters[0].need, found.returns.kind) == (need, returns)


@pytest.mark.parametrize(("version", "name"), [("0.4.30", "a"), ("0.5.0", "arr"), ("", "arr")])
def test_two_lines_of_one_name_for_different_versions(stubs: Path, version: str, name: str) -> None:
    assert model(written(stubs, DATED), "lib.renamed", version).parameters[0].name == name


CLASSES = """\
class Base:
    def draw(self, count: Size) -> Array: ...
    size: Concrete

class Table(Base):
    \"\"\"A table.\"\"\"

    def __init__(self, n: Static, *, name: Any = None): ...
    def rows(
        self,
        count: Size,
    ) -> Array: ...

def make() -> Object["lib.Table"]: ...
"""


def test_a_class_is_a_block_of_methods(stubs: Path) -> None:
    written(stubs, CLASSES)
    assert [p.name for p in model(stubs, "lib.Table.rows").parameters] == ["self", "count"]
    assert models(stubs).has_module("lib.Table") and not models(stubs).has_module("lib.make")


def test_a_class_is_called_as_its_constructor(stubs: Path) -> None:
    found = model(written(stubs, CLASSES), "lib.Table")
    assert [(p.name, p.need) for p in found.parameters] == [("n", Need.STATIC), ("name", Need.ANY)]
    assert found.returns == Returns(ReturnKind.OBJECT, cls="lib.Table") == model(stubs, "lib.make").returns


def test_a_class_without_constructor_takes_anything(stubs: Path) -> None:
    kinds = [p.kind for p in model(written(stubs, CLASSES), "lib.Base").parameters]
    assert kinds == [ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD]


def test_methods_come_from_base_classes(stubs: Path) -> None:
    written(stubs, CLASSES)
    assert model(stubs, "lib.Table.draw").parameters[1].need is Need.SIZE
    assert isinstance(models(stubs).find("lib.Table.size"), Attribute)


def test_what_all_ufuncs_have(stubs: Path) -> None:
    (stubs / "lib" / "ufunc.pyi").write_text("def reduce(self: Any, a: Array, axis: Axis = 0) -> Array: ...\n")
    assert [p.name for p in model(stubs, "lib.zeros.reduce").parameters] == ["a", "axis"]
    assert models(stubs).find("lib.nothing.reduce") is None


def test_an_alias_of_another_module(stubs: Path) -> None:
    written(stubs, "public = lib.part.public\n")
    assert model(stubs, "lib.public").parameters == model(stubs, "lib.part.public").parameters


def test_the_first_root_goes_before_the_others(stubs: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "lib").mkdir(parents=True)
    (own / "lib" / "__init__.pyi").write_text("def zeros(n: Loop) -> Concrete: ...\n")
    found = Models((own, stubs))
    zeros, repeat = found.find("lib.zeros"), found.find("lib.repeat")
    assert isinstance(zeros, Model) and zeros.parameters[0].need is Need.LOOP
    assert isinstance(repeat, Model)


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
        ("def f(x: Since[Array]) -> Array: ...", "Since needs a release in quotes"),
        ('def f(x: Since["new", Array]) -> Array: ...', "'new' is not a version"),
        ('def f(x: Changed["0.5.0", Array]) -> Array: ...', "Changed needs a release, what held before"),
        ('def f(x: Until["0.5.0", Array, Array]) -> Array: ...', "Until needs a release and one annotation"),
    ],
)
def test_broken_line_names_file_and_line(stubs: Path, line: str, message: str) -> None:
    (stubs / "broken.pyi").write_text(f"# A comment\n\n{line}\n")
    with pytest.raises(StubError, match=r"broken\.pyi:3: .*" + message):
        models(stubs).find("broken.f")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pi: Concrete", "def pi(x: Array) -> Array: ..."),
        ('pi: Since["0.5.0", Concrete]', 'pi: Until["0.6.0", Concrete]'),
    ],
)
def test_a_name_given_twice_is_an_error(stubs: Path, first: str, second: str) -> None:
    written(stubs, f"{first}\n{second}\n")
    with pytest.raises(StubError, match=r"lib\.pyi:2: 'pi' is already on line 1"):
        models(stubs).find("lib.pi")


@pytest.mark.parametrize("module", modules())
def test_every_shipped_line_can_be_read(module: str) -> None:
    assert all(SHIPPED.find(f"{module}.{name}") is not None for name in SHIPPED.lines(module))


@pytest.mark.parametrize("module", modules())
def test_every_shipped_line_is_a_definition(module: str) -> None:
    file = STUBS.joinpath(*module.split(".")).with_suffix(".pyi")
    listed = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    assert len(listed) == sum(map(len, definitions(file.read_text()).values()))
