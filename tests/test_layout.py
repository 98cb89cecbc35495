"""The layout of the package: imports go down only, modules stay small, and every rule is a page with fixtures.

Imports are read from the syntax trees of the modules, so that one inside a function counts too. Those under
`if TYPE_CHECKING` do not run, and count only where a library must not be known at all.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "jitlint"
MOST_LINES = 400
PAGE = ("What it does", "Why is this bad", "Example", "Use instead")
VAGUE = frozenset({"common", "helper", "helpers", "misc", "tools", "util", "utils"})

ALONE = ("jitlint.finding", "jitlint.settings", "jitlint.reference", "jitlint.dataflow.parameters")
"""These import nothing of jitlint."""

ENTRIES = ("jitlint.plugin", "jitlint.cli")
"""Nothing imports these, and they alone import the checker."""

RULES_MAY_IMPORT = ("jitlint.rules", "jitlint.dataflow.flows", "jitlint.faults", "jitlint.finding")
MODELS_MAY_IMPORT = ("jitlint.models",)
DATAFLOW_MUST_NOT_IMPORT = ("jitlint.rules", "jitlint.finding", "jitlint.report", "jitlint.checker", *ENTRIES)
STAGES_MUST_NOT_IMPORT = ("jitlint.rules", "jitlint.report", "jitlint.checker", *ENTRIES)
STAGES = ("jitlint.gate", "jitlint.source", "jitlint.names", "jitlint.jit_sites", "jitlint.call_graph")


@dataclass(frozen=True, slots=True)
class Module:
    """A module, the modules it imports when it is loaded or run, and those it names only for type checkers."""

    name: str
    path: Path
    imports: frozenset[str]
    typing_imports: frozenset[str] = frozenset()


def within(name: str, *packages: str) -> bool:
    """Whether a module is one of these, or in one of these packages."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def module_name(path: Path) -> str:
    """The dotted name of a file of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_type_checking(test: ast.expr) -> bool:
    """Whether a condition is `TYPE_CHECKING` or `typing.TYPE_CHECKING`."""
    return "TYPE_CHECKING" in (getattr(test, "id", None), getattr(test, "attr", None))


def import_nodes(tree: ast.AST, typing: bool = False) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """All imports below a node, and whether they stand under `if TYPE_CHECKING`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, typing
        elif isinstance(node, ast.If) and is_type_checking(node.test):
            for child in node.body:
                yield from import_nodes(ast.Module([child], []), typing=True)
            for child in node.orelse:
                yield from import_nodes(ast.Module([child], []), typing)
        else:
            yield from import_nodes(node, typing)


def imported_names(node: ast.Import | ast.ImportFrom, package: str, known: frozenset[str]) -> Iterator[str]:
    """The modules that one statement imports; `from a import b` is the module `a.b` if there is one."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = importlib.util.resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module
    assert base is not None
    for alias in node.names:
        full = f"{base}.{alias.name}"
        yield full if full in known else base


def read_module(path: Path, known: frozenset[str]) -> Module:
    """Read the imports of one file."""
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for node, typing in import_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        found[typing].update(imported_names(node, package, known))
    return Module(name, path, frozenset(found[False]), frozenset(found[True]))


def read_package() -> Mapping[str, Module]:
    """All modules of jitlint by name."""
    paths = sorted(PACKAGE.rglob("*.py"))
    known = frozenset(module_name(path) for path in paths)
    return {module_name(path): read_module(path, known) for path in paths}


MODULES = read_package()
RULES = sorted((PACKAGE / "rules").glob("jit[0-9][0-9][0-9].py"))


def imports_of(prefix: str, target: str) -> list[str]:
    """The forbidden imports `module -> target` of the modules in a package, for the message of a failure."""
    return [
        f"{module.name} -> {name}"
        for module in MODULES.values()
        if within(module.name, prefix)
        for name in sorted(module.imports)
        if within(name, target)
    ]


def other_imports_of(prefix: str, *allowed: str) -> list[str]:
    """The imports from jitlint of the modules in a package, but for those that are allowed."""
    return [edge for edge in imports_of(prefix, "jitlint") if not within(edge.rpartition(" ")[2], *allowed)]


def test_imports_have_no_cycle() -> None:
    """Imports go down only: the modules can be put in an order in which each needs only those before it."""
    graph = {module.name: module.imports & MODULES.keys() for module in MODULES.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a cycle of imports: {' -> '.join(reversed(error.args[1]))}")


@pytest.mark.parametrize("name", ALONE)
def test_lowest_modules_import_nothing_of_jitlint(name: str) -> None:
    """What everybody uses must not know its users."""
    assert name in MODULES
    assert imports_of(name, "jitlint") == []


def test_rules_know_flows_and_findings_only() -> None:
    """A rule says how a flow becomes a finding. It reads no syntax."""
    assert other_imports_of("jitlint.rules", *RULES_MAY_IMPORT) == []
    assert imports_of("jitlint.rules", "libcst") == imports_of("jitlint.rules", "ast") == []


def test_models_know_models_only() -> None:
    """The stubs are data for anyone."""
    assert other_imports_of("jitlint.models", *MODELS_MAY_IMPORT) == []


@pytest.mark.parametrize("target", DATAFLOW_MUST_NOT_IMPORT)
def test_dataflow_does_not_know(target: str) -> None:
    """The data flow knows kinds of sinks, never codes, findings or who asks."""
    assert imports_of("jitlint.dataflow", target) == []


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("target", STAGES_MUST_NOT_IMPORT)
def test_stages_do_not_know(stage: str, target: str) -> None:
    """A stage does not know the order of stages."""
    assert imports_of(stage, target) == []


def test_only_the_entries_import_the_checker() -> None:
    """The plugin and the command line stand on top, the checker below them, and all else below the checker."""
    assert "jitlint.plugin" in MODULES
    assert "jitlint.checker" in MODULES["jitlint.plugin"].imports
    importers = {module.name for module in MODULES.values() if "jitlint.checker" in module.imports}
    assert importers <= set(ENTRIES)
    assert [edge for entry in ENTRIES for edge in imports_of("jitlint", entry)] == []


def test_rules_are_asked_in_one_place() -> None:
    """Only what turns flows into findings knows that there are rules."""
    importers = {edge.partition(" ")[0] for edge in imports_of("jitlint", "jitlint.rules")}
    assert {name for name in importers if not within(name, "jitlint.rules")} == {"jitlint.report"}


def test_only_the_reference_imports_jax() -> None:
    """The linter runs where JAX is not installed."""
    importers = {
        module.name
        for module in MODULES.values()
        for name in module.imports | module.typing_imports
        if within(name, "jax", "jaxlib", "numpy")
    }
    assert importers == {"jitlint.reference"}


def test_runtime_dependencies() -> None:
    """Beside the standard library only flake8 and libcst, and flake8 only in the plugin."""
    foreign = {
        (name.partition(".")[0], module.name)
        for module in MODULES.values()
        for name in module.imports
        if name.partition(".")[0] not in sys.stdlib_module_names | {"jitlint", "libcst"}
    }
    assert foreign <= {("flake8", "jitlint.plugin"), ("jax", "jitlint.reference"), ("numpy", "jitlint.reference")}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_modules_are_small_and_say_what_they_are(name: str) -> None:
    """One idea per module: a name that says it, a docstring, and not too many lines."""
    text = MODULES[name].path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert name.rpartition(".")[2] not in VAGUE
    assert len(text.splitlines()) <= MOST_LINES


# Rules


def test_there_are_rules() -> None:
    """Each code of the issue has a module, and nothing else is in the folder but what they share."""
    codes = {path.stem for path in RULES}
    assert codes >= {f"jit{number}" for number in (*range(101, 109), *range(401, 405))}


@pytest.mark.parametrize("path", RULES, ids=[path.stem for path in RULES])
def test_a_rule_is_a_page(path: Path) -> None:
    """The docstring of a rule is its page: a title, and the sections in order."""
    page = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    lines = page.splitlines()
    assert lines and not lines[0].startswith("#")
    headings = [line.removeprefix("## ").rstrip("?") for line in lines if line.startswith("## ")]
    places = [headings.index(section) if section in headings else -1 for section in PAGE]
    missing = [section for section, place in zip(PAGE, places, strict=True) if place < 0]
    assert missing == []
    assert places == sorted(places)


@pytest.mark.parametrize("path", RULES, ids=[path.stem for path in RULES])
def test_a_rule_has_fixtures(path: Path) -> None:
    """No rule without programs that show it, but for those that are off by default: what they report does not raise."""
    assert path.stem.startswith("jit9") or list((ROOT / "fixtures" / path.stem).glob("*.py"))


# What is loaded


def loaded_by(code: str) -> set[str]:
    """Which of the heavy packages are loaded after some code has run in a new interpreter."""
    report = "import sys; print(*({'jax', 'numpy', 'libcst', 'flake8'} & sys.modules.keys()))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True, env=environment
    )
    return set(done.stdout.split())


def test_jitlint_is_light() -> None:
    """The package itself loads nothing."""
    assert loaded_by("import jitlint") == set()


def test_the_plugin_is_light() -> None:
    """flake8 loads the plugin for every project: libcst waits for the first file that applies jit."""
    assert loaded_by("import jitlint.plugin") <= {"flake8"}


def test_the_models_wait_for_jit() -> None:
    """A process that meets no jit reads no stub; the first file that applies it loads libcst and the models."""
    look = """
import ast, sys
from jitlint.checker import check
from jitlint.settings import Settings
def look(text): check([text], ast.parse(text), Settings())
look('import jax; jax.numpy.zeros(3)')
assert 'jitlint.models' not in sys.modules
look('import jax; f = jax.jit(lambda n: n)')
assert 'jitlint.models' in sys.modules
"""
    assert "libcst" in loaded_by(look)


def test_the_reference_loads_jax_on_access() -> None:
    """Only who asks for the function pays for JAX."""
    assert "jax" in loaded_by("from jitlint import jit_with_static_n")


# The reader of imports


def test_imports_are_read() -> None:
    """Relative imports, imports in functions, modules behind `from`, and TYPE_CHECKING are understood."""
    tree = ast.parse(
        "import a.b as c\n"
        "from . import near\n"
        "from ..top import name\n"
        "def f():\n"
        "    from pkg.sub import module\n"
        "if TYPE_CHECKING:\n"
        "    import hidden\n"
        "else:\n"
        "    import shown\n"
        "try:\n"
        "    import tried\n"
        "except ImportError:\n"
        "    pass\n"
    )
    known = frozenset({"pkg.sub.near", "pkg.top", "pkg.sub.module"})
    found = [(name, typing) for node, typing in import_nodes(tree) for name in imported_names(node, "pkg.sub", known)]
    assert found == [
        ("a.b", False),
        ("pkg.sub.near", False),
        ("pkg.top", False),
        ("pkg.sub.module", False),
        ("hidden", True),
        ("shown", False),
        ("tried", False),
    ]
