"""Functions of the file as the engine sees them: parameters and what their bodies are like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from jitlint.dataflow.parameters import Definition, Parameter, ParameterKind
from jitlint.dataflow.state import Analysis


def definition_of(analysis: Analysis, node: cst.FunctionDef | cst.Lambda) -> Definition:
    """Return the definition of a `def` or lambda, made once per node."""
    found = analysis.definitions.get(node)
    if found is None:
        found = _define(node)
        analysis.definitions[node] = found
    return found


def _define(node: cst.FunctionDef | cst.Lambda) -> Definition:
    parameters = tuple(_parameters(node.params))
    if isinstance(node, cst.Lambda):
        return Definition("<lambda>", node, parameters)
    return Definition(node.name.value, node, parameters)


def _parameters(node: cst.Parameters) -> Iterator[Parameter]:
    yield from _group(node.posonly_params, ParameterKind.POSITIONAL_ONLY)
    yield from _group(node.params, ParameterKind.POSITIONAL_OR_KEYWORD)
    if isinstance(node.star_arg, cst.Param):
        yield from _group([node.star_arg], ParameterKind.VAR_POSITIONAL)
    yield from _group(node.kwonly_params, ParameterKind.KEYWORD_ONLY)
    if node.star_kwarg is not None:
        yield from _group([node.star_kwarg], ParameterKind.VAR_KEYWORD)


def _group(nodes: Sequence[cst.Param], kind: ParameterKind) -> Iterator[Parameter]:
    for node in nodes:
        annotation = None if node.annotation is None else node.annotation.annotation
        yield Parameter(node.name.value, kind, node.default, annotation)
