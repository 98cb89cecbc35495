"""Which names stand in a piece of code, read from the syntax alone."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

REFLECTIVE = frozenset({"locals", "vars", "eval", "exec", "globals", "inspect", "ensure_compile_time_eval"})
"""Names that reach other names, or what jit does to them, without saying so."""


def names(node: cst.CSTNode) -> set[str]:
    """Return the names that stand in a piece of code; those of keywords and attributes are not among them."""
    if isinstance(node, cst.Name):
        return {node.value}
    if isinstance(node, cst.Attribute):
        return names(node.value) | {node.attr.value} & REFLECTIVE
    if isinstance(node, cst.Arg):
        return names(node.value)
    if isinstance(node, cst.Param):
        return set() if node.default is None else names(node.default)
    return set().union(*map(names, node.children)) if node.children else set()


def expressions(node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """Yield the nearest expressions in a node."""
    for child in node.children:
        if isinstance(child, cst.BaseExpression):
            yield child
        else:
            yield from expressions(child)


def parameter_names(parameters: cst.Parameters) -> set[str]:
    """Return the names of the parameters of a function."""
    found = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    stars = [p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param)]
    return {parameter.name.value for parameter in (*found, *stars)}
