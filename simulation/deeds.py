"""What people did with forms and buttons, and what it was about."""

from datetime import datetime

from simulation.case import Case, ids_of
from simulation.recognition import DECISION_FORM, DONE
from simulation.trace import Json, Line


def taken(case: Case, form: str) -> list[Line]:
    """The forms of a kind that were taken, in order."""
    return [line for line in case.trace.diary("submitted") if line["callback_id"] == form and is_final(case, line)]


def is_final(case: Case, line: Line) -> bool:
    """Whether a form was taken: it may have come back with a question instead, such as a warning."""
    if not line.get("ok"):
        return False
    since = case.last_deed_before(line)
    updates = case.updates.get(line["view_id"], [])
    return not any(since < each.version.line < line.number and each.view.get("submit") for each in updates)


def edits(case: Case, decision: str) -> list[Line]:
    return [line for line in taken(case, DECISION_FORM) if str(ids_of(line).get("decision")) == decision]


def done_at(case: Case, item: str) -> datetime | None:
    """When somebody said that an action item is done."""
    pressed = (line for line in case.trace.diary("clicked") if line["action_id"] == DONE and line.get("ok"))
    return next((line.at for line in pressed if str(line.get("value")) == item), None)


def channel_of(case: Case, ids: Json) -> str:
    """The channel that a form says it is about, or that its decision was recorded in; empty if it says none."""
    record = case.records.get(("decision", str(ids.get("decision"))), "")
    return str(ids.get("channel") or case.places.get(record) or "")
