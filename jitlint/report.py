"""From flows to findings: which rule speaks, where, and in what words."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
from libcst.metadata import CodeRange

from jitlint.dataflow.flows import Blame, Flow
from jitlint.faults import Fault, Placed
from jitlint.finding import Finding, Related
from jitlint.rules import fault_rules, flow_rules
from jitlint.source import positions


def report(module: cst.Module, flows: Sequence[Flow], faults: Sequence[Fault]) -> list[Finding]:
    """Return a finding per flow or fault that a rule speaks of; the same place is reported once."""
    where = positions(module)
    found: dict[tuple[int, int, str, str], Finding] = {}
    for fault in faults:
        finding = _fault_finding(fault, where)
        found.setdefault((finding.line, finding.column, finding.code, fault.subject), finding)
    refused = {fault.site for fault in faults if fault.refuses_static}
    for flow in flows:
        if flow.blame is not Blame.ARRAY and flow.site in refused:
            # The repair of the declaration settles both.
            continue
        for rule in flow_rules():
            if rule.matches(flow):
                finding = _finding(rule.CODE, rule.advice(flow), flow, where)
                key = (finding.line, finding.column, finding.code, "" if flow.blame is Blame.ARRAY else flow.parameter)
                found.setdefault(key, finding)
    return sorted(found.values())


def _fault_finding(fault: Fault, where: dict[cst.CSTNode, CodeRange]) -> Finding:
    rule = fault_rules()[fault.kind]
    start = where[fault.node].start
    places = fault.places if isinstance(fault, Placed) else ()
    related = tuple(Related(where[place.node].start.line, place.text) for place in places)
    shown = f" ({', '.join(f'{one.text} line {one.line}' for one in related)})" if related else ""
    return Finding(start.line, start.column, rule.CODE, f"{rule.problem(fault)}{shown}; {rule.advice(fault)}", related)


def _finding(code: str, advice: str, flow: Flow, where: dict[cst.CSTNode, CodeRange]) -> Finding:
    sink = flow.sink
    sink_line = where[sink.node].start.line
    via = f", via {', '.join(sink.via)}" if sink.via else ""
    related = [Related(where[s.node].start.line, s.phrase) for s in flow.further]
    if flow.call is not None:
        related.append(Related(where[flow.call].start.line, "this call"))
    if flow.blame is Blame.ARRAY:
        node = sink.node
        subject = f"{flow.parameter!r} (or what is computed from it)" if flow.parameter else "a value made by JAX"
        text = f"{subject} is traced by {flow.site.wrapper} but {sink.phrase}"
        text += f" (reached from line {where[flow.site.node].start.line}{via}); {advice}"
    else:
        node = flow.site.node
        text = (
            f"{flow.parameter!r} is traced by {flow.site.wrapper} but {sink.phrase} (line {sink_line}{via}); {advice}"
        )
    start = where[node].start
    return Finding(start.line, start.column, code, text, tuple(related))
