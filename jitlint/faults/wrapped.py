"""What a jit site wraps and says, as the faults speak of it."""

from __future__ import annotations

import libcst as cst

from jitlint.dataflow.values import Function, Instance, JitSite, Jitted, Partial, Transformed, Value

JIT = ("jax.jit", "jax.experimental.pjit.pjit")
"""Functions whose declarations mean what those of jax.jit mean."""
_KEEP_SIGNATURE = (
    "vmap",
    "pmap",
    "grad",
    "value_and_grad",
    "jacobian",
    "checkpoint",
    "custom_jvp",
    "custom_vjp",
    "custom_vmap",
)
"""Transformations of JAX whose result shows the signature of what they are given."""


def is_certain(callee: Value) -> bool:
    """Whether the signature of what jit wraps is surely that which JAX sees."""
    form = callee.form
    if isinstance(form, Partial):
        return is_certain(form.callee)
    if isinstance(form, Transformed):
        kept = form.transform == "cache" or form.transform in _KEEP_SIGNATURE and form.library.startswith("jax.")
        return kept and is_certain(form.callee)
    if isinstance(form, Jitted):
        return form.site.library in JIT and is_certain(form.site.callee)
    if isinstance(form, Function):
        if form.disguised:
            return False
        return form.wrapped is None or is_certain(form.wrapped)
    # Which release of a library is installed, and with which parameters, is not known.
    return isinstance(form, Instance)


def name_of(callee: Value) -> str:
    """Return the name of what jit wraps, for a message."""
    form = callee.form
    if isinstance(form, Function) and form.wrapped is not None:
        return name_of(form.wrapped)
    if isinstance(form, Function):
        return "the lambda" if form.definition.name == "<lambda>" else form.definition.name
    if isinstance(form, (Partial, Transformed)):
        return name_of(form.callee)
    if isinstance(form, Jitted):
        return name_of(form.site.callee)
    return form.cls.name if isinstance(form, Instance) else "the function"


def option_node(site: JitSite, keyword: str) -> cst.CSTNode:
    """Return the option in the source, the jit site where it is written elsewhere."""
    node = site.node.decorator if isinstance(site.node, cst.Decorator) else site.node
    if isinstance(node, cst.Call):
        for argument in node.args:
            if argument.keyword is not None and argument.keyword.value == keyword:
                return argument
        if isinstance(node.func, cst.Call):
            for argument in node.func.args:
                if argument.keyword is not None and argument.keyword.value == keyword:
                    return argument
    return site.node
