"""From flows to findings: which rule speaks, where, and in what words."""

from __future__ import annotations

from collections.abc import Sequence

from jitlint.dataflow.flows import Blame, Flow
from jitlint.faults import Fault, Mentioning
from jitlint.finding import Finding, Related
from jitlint.rules import fault_rules, flow_rules
from jitlint.source import Place, Places


def report(flows: Sequence[Flow], faults: Sequence[Fault], places: Places) -> list[Finding]:
    """Return a finding per flow or fault that a rule speaks of; the same place is reported once."""
    found: dict[tuple[int, int, str, str], Finding] = {}
    for fault in faults:
        finding = _fault_finding(fault, places)
        found.setdefault((finding.line, finding.column, finding.code, fault.subject), finding)
    refused = {fault.site for fault in faults if fault.refuses_static}
    for flow in flows:
        if flow.blame is not Blame.ARRAY and flow.site in refused:
            # The repair of the declaration settles both.
            continue
        for rule in flow_rules():
            if rule.matches(flow):
                finding = _finding(rule.CODE, rule.advice(flow), flow, places)
                key = (finding.line, finding.column, finding.code, "" if flow.blame is Blame.ARRAY else flow.parameter)
                found.setdefault(key, finding)
    return sorted(found.values())


def _fault_finding(fault: Fault, places: Places) -> Finding:
    rule = fault_rules()[fault.kind]
    start = places.place(fault.node)
    site = places.place(fault.site.node, fault.site.file)
    where = f" ({site})" if site.file else ""
    mentions = fault.mentions if isinstance(fault, Mentioning) else ()
    mentioned = [(mention.text, places.place(mention.node, mention.file)) for mention in mentions]
    shown = f" ({', '.join(f'{text} {place}' for text, place in mentioned)})" if mentioned else ""
    message = f"{rule.problem(fault)}{shown}; {rule.advice(fault)}{where}"
    related = tuple(_related(place, text) for text, place in mentioned)
    return Finding(start.line, start.column, rule.CODE, message, related)


def _finding(code: str, advice: str, flow: Flow, places: Places) -> Finding:
    sink = flow.sink
    site, reached = places.place(flow.site.node), places.place(sink.node, sink.file)
    via = f", via {', '.join(sink.via)}" if sink.via else ""
    if flow.passed is not None:
        via += f", passed in {places.named(flow.passed.path, flow.passed.line)}"
    related = [_related(places.place(s.node, s.file), s.phrase) for s in flow.further]
    if flow.call is not None:
        related.append(_related(places.place(flow.call), "this call"))
    start = site
    if flow.blame is Blame.ARRAY:
        subject = f"{flow.parameter!r} (or what is computed from it)" if flow.parameter else "a value made by JAX"
        text = f"{subject} is traced by {flow.site.wrapper} but {sink.phrase}"
        if reached.file:
            # flake8 shows findings of the linted file only.
            text += f" ({reached}{via}); {advice}"
            related.append(_related(reached, sink.phrase))
        else:
            text += f" (reached from {site}{via}); {advice}"
            start = reached
    else:
        text = f"{flow.parameter!r} is traced by {flow.site.wrapper} but {sink.phrase} ({reached}{via}); {advice}"
    return Finding(start.line, start.column, code, text, tuple(related))


def _related(place: Place, text: str) -> Related:
    return Related(place.line, f"{text} ({place})" if place.file else text)
