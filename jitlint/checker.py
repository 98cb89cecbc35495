"""The life of a file, from its text to findings. Only this module knows the order of the stages."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from jitlint.call_graph import global_names, jit_reach
from jitlint.collection import paused, settle
from jitlint.finding import Finding
from jitlint.gate import may_trace, texts_that_may_trace
from jitlint.jit_exports import imported_jits
from jitlint.settings import Settings, SettingsError

_SMALLEST = "import jax\nimport jax.numpy as jnp\n\njax.jit(lambda x: jnp.sum(x))\n"


class NotAnalysedError(Exception):
    """A file that is valid Python, but that jitlint can't analyse; the message says why."""


def read_stubs(settings: Settings) -> Settings:
    """Read the user's stubs; return settings that also know the functions in them that apply jit.

    Raises SettingsError where a stub can't be read.
    """
    if not settings.stubs:
        return settings
    from jitlint.models import StubError, models_of
    from jitlint.models.user_stubs import read_stubs

    try:
        found = read_stubs(tuple(map(Path, settings.stubs)), models_of(settings.stubs, settings.jax_version))
    except StubError as error:
        raise SettingsError(f"jit-models: {error}") from error
    return replace(settings, wrappers=(*settings.wrappers, *found))


def load_engine(paths: Iterable[str], settings: Settings) -> None:
    """Load what the analysis of a file needs, if one of the first of these files applies jit.

    flake8 has read no file yet: the workers that it forks share what is loaded now.
    """
    for text in texts_that_may_trace(paths, settings):
        try:
            applies = jit_reach(ast.parse(text), settings) is not None
        except (ValueError, SyntaxError, RecursionError):
            continue
        if applies:
            check(_SMALLEST.splitlines(keepends=True), ast.parse(_SMALLEST), settings)
            settle()
            return


def check(lines: Sequence[str], tree: ast.Module, settings: Settings, filename: str = "-") -> list[Finding]:
    """Return the findings of a file, in order of position.

    lines: the file's lines with their ends. tree: its syntax tree, as `ast.parse` makes it.
    filename: where it is; its imports from the same project are followed from there. "-" for text that is no file.
    Raises NotAnalysedError where the file is nested too deep, or newer than the installed libcst.
    """
    try:
        with paused():
            return _check(lines, tree, settings, filename)
    except RecursionError as error:
        raise NotAnalysedError("nested too deep") from error


def _check(lines: Sequence[str], tree: ast.Module, settings: Settings, filename: str) -> list[Finding]:
    imported = imported_jits(tree, filename, settings)
    text = "".join(lines)
    if not imported and not may_trace(text, settings):
        return []
    rebound = global_names(tree, text)
    reach = jit_reach(tree, settings, imported, rebound)
    if reach is None:
        return []
    # libcst and the engine are loaded by the first file that needs them.
    from libcst import ParserSyntaxError

    from jitlint.dataflow.flows import find_flows
    from jitlint.dataflow.frames import File
    from jitlint.dataflow.imports import forget_stale, imports_of, loaded_modules
    from jitlint.dataflow.interpreter import interpret
    from jitlint.faults import find_faults
    from jitlint.report import report
    from jitlint.source import ParsedFile, Places, blanked, parse

    try:
        module = parse(blanked(lines, reach.blank))
    except ParserSyntaxError as error:
        raise NotAnalysedError(f"libcst can't parse it: {str(error).splitlines()[0]}") from error
    forget_stale()
    imports, package = imports_of(filename, settings)
    file = File(package, reach.visit, rebound=rebound, text=text)
    analysis = interpret(module, file, settings, imports)
    flows = list(find_flows(analysis))
    faults = list(find_faults(analysis))
    if not flows and not faults:
        return []
    own = ParsedFile(Path(filename), lines, [(module, 0)])
    others: dict[object, ParsedFile] = {
        m.analysis.module.file: ParsedFile(m.path, m.lines, m.chunks) for m in loaded_modules()
    }
    places = Places(own, others)
    if faults or any(flow.cls is not None for flow in flows):
        from jitlint.doubts import undoubted, undoubted_flows

        faults, flows = undoubted(faults, tree, places), undoubted_flows(flows, tree, places)
    return report(flows, faults, places)
