"""Running a file: the module first, then the functions that contain jit sites, each outside of any trace."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.annotated_classes import annotated_value
from jitlint.dataflow.arguments import Arguments
from jitlint.dataflow.calls import call
from jitlint.dataflow.frames import File, Frame
from jitlint.dataflow.parameters import ParameterKind
from jitlint.dataflow.state import Analysis, Imports, Scope
from jitlint.dataflow.statements import execute
from jitlint.dataflow.summaries import run
from jitlint.dataflow.values import UNKNOWN, Function, Instance, Value
from jitlint.models import models_of
from jitlint.settings import Settings


def interpret(module: cst.Module, file: File, settings: Settings, imports: Imports | None = None) -> Analysis:
    """Run a module outside of any trace and return what is known of it: names, jit sites and calls in sight.

    imports: what its imports lead to, None for nothing.
    """
    frame = Frame(None, file=file)
    analysis = Analysis(
        settings,
        models_of(settings.stubs, settings.jax_version),
        frame,
        file.visit,
        run,
        annotated_value,
        tree=module,
        imports=imports,
    )
    execute(Scope(analysis, frame), module)
    visit_pending(analysis)
    return analysis


def visit_pending(analysis: Analysis) -> None:
    """Run the functions that wait to be visited, each once, outside of any trace."""
    frame = analysis.module
    seen: set[tuple[int, int]] = set()
    while analysis.pending:
        function, scope = _next(analysis)
        key = (id(function.definition), id(function.frame))
        if key not in seen:
            seen.add(key)
            call(
                Scope(analysis, frame, stack=scope.stack),
                Value(form=function),
                _opaque(analysis, function),
                function.definition.node,
            )


def _next(analysis: Analysis) -> tuple[Function, Scope]:
    """Take the next function to visit: constructors first, for what they assign to self."""
    for index, (function, _) in enumerate(analysis.pending):
        if function.definition.name == "__init__":
            return analysis.pending.pop(index)
    return analysis.pending.pop(0)


def _opaque(analysis: Analysis, function: Function) -> Arguments:
    """Return arguments that no trace made, and of which nothing else is known but their annotations."""
    positional: list[Value] = []
    keywords: list[tuple[str, Value]] = []
    for index, parameter in enumerate(function.definition.parameters):
        if index == 0 and function.owner is not None and function.role != "staticmethod":
            value = Value(form=function.owner if function.role == "classmethod" else Instance(function.owner))
        else:
            value = annotated_value(analysis, function.frame.root, parameter.annotation)
        if parameter.by_position:
            positional.append(value)
        elif parameter.kind is ParameterKind.KEYWORD_ONLY:
            keywords.append((parameter.name, value))
    kinds = {parameter.kind for parameter in function.definition.parameters}
    return Arguments(
        tuple(positional),
        tuple(keywords),
        UNKNOWN if ParameterKind.VAR_POSITIONAL in kinds else None,
        UNKNOWN if ParameterKind.VAR_KEYWORD in kinds else None,
    )
