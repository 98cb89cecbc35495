"""Methods under jit that trace what they belong to: `self`, or `cls`."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from jitlint.dataflow.hashing import unhashable
from jitlint.dataflow.parameters import ParameterKind
from jitlint.dataflow.pytrees import is_plain
from jitlint.dataflow.site_runs import calls_of, decorators_above, owner_of
from jitlint.dataflow.state import Analysis, CallInSight
from jitlint.dataflow.values import Class, Function, Instance, JitSite, Jitted, Transformed, Value
from jitlint.faults.fault import Certainty
from jitlint.faults.wrapped import JIT
from jitlint.jit_sites import signature, static_names


class ReceiverFaultKind(enum.Enum):
    """What a method traces."""

    TRACED = "self is traced, and the class is no pytree"


@dataclass(frozen=True, slots=True)
class TracedReceiver:
    """A method under jit whose first argument is no array and no pytree.

    parameter: its name, `self` mostly. owner: the class that the message speaks of.
    cls: the class whose instances must be no pytrees, None if the argument is a class itself.
    hashable: static would help. static: the parameters that are declared static so far.
    """

    site: JitSite
    node: cst.CSTNode
    parameter: str
    owner: Class
    cls: Class | None
    exact: bool
    hashable: bool
    static: tuple[str, ...] = ()
    by_position_only: bool = False
    kind: ReceiverFaultKind = ReceiverFaultKind.TRACED
    certainty: Certainty = Certainty.CALLS
    refuses_static: bool = False

    @property
    def subject(self) -> str:
        """The parameter."""
        return self.parameter


def find(analysis: Analysis) -> Iterator[TracedReceiver]:
    """Yield the methods of the file that fail at every call, as jit traces what they belong to."""
    for site in analysis.sites:
        owner, role = owner_of(site.callee)
        if owner is None or site.library not in JIT or not site.declaration.resolved:
            continue
        if _is_disguised(site.callee) and site.declaration.given:
            continue
        parameters = signature(site.callee, analysis.models)
        if not parameters or not parameters[0].by_position:
            continue
        static = static_names(site.declaration, parameters)
        first = parameters[0]
        if first.name in static:
            continue
        found = _receiver(analysis, site, owner, role, first.name)
        if found is not None:
            cls, exact = found
            yield TracedReceiver(
                site,
                site.node,
                first.name,
                owner if cls is None else cls,
                cls,
                exact,
                cls is None or not unhashable(Value(form=Instance(cls, exact=True))),
                tuple(p.name for p in parameters if p.name in static),
                first.kind is ParameterKind.POSITIONAL_ONLY,
            )


def _receiver(
    analysis: Analysis, site: JitSite, owner: Class, role: str, name: str
) -> tuple[Class | None, bool] | None:
    """Return the class whose instance is traced (None: the class itself is) and whether it is exactly this one."""
    if decorators_above(site):
        return None
    attribute = any(
        isinstance(value.form, Jitted) and value.form.site == site for value in owner.namespace.bindings.values()
    )
    if role == "classmethod":
        return (None, True) if attribute else None
    calls = [call for call in calls_of(analysis, site) if call.positional]
    instances = [form for form in map(_given_instance, calls) if form is not None]
    for instance in instances:
        if instance.exact and is_plain(instance.cls, analysis.models):
            return instance.cls, True
    if len(instances) < len(calls) or not is_plain(owner, analysis.models):
        return None
    return (owner, False) if instances or attribute and name == "self" else None


def _given_instance(call: CallInSight) -> Instance | None:
    form = call.positional[0].form
    return form if isinstance(form, Instance) else None


def _function(callee: Value) -> Function | None:
    form = callee.form
    if isinstance(form, Transformed):
        return _function(form.callee)
    return form if isinstance(form, Function) else None


def _is_disguised(callee: Value) -> bool:
    function = _function(callee)
    return function is None or function.disguised
