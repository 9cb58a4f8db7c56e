"""Forms of decisions have pages that are turned by a click: what was typed on all of them is sent with the last."""

import re
from dataclasses import replace

from simulation.decision_ids import DECISION_FORM
from simulation.trace import Json, Line, Trace

EARLIER = re.compile(r" \(line \d+\)$")
"""At the end of the name of what had been typed before on a page that was turned."""


def with_all_pages(trace: Trace) -> Trace:
    """Whatever was sent says also what had been typed on the pages before, each time under a name of its own."""
    typed: dict[str, Json] = {}
    return Trace(tuple(_with_pages(line, typed) for line in trace.lines))


def _with_pages(line: Line, typed: dict[str, Json]) -> Line:
    values, view_id = line.get("values"), str(line.get("view_id"))
    if line.kind != "diary" or values is None:
        return line
    if line["did"] == "clicked":
        before = typed.setdefault(view_id, {})
        before |= values | {f"{label} (line {line.number})": value for label, value in values.items()}
    elif line["did"] == "submitted" and line["callback_id"] == DECISION_FORM:
        sent = typed.get(view_id, {}) | values
        if line.get("ok"):  # What was refused comes again, perhaps without a field that was emptied.
            typed[view_id] = sent
        return replace(line, fields={**line.fields, "values": sent})
    return line
