"""What people did with forms and buttons, and what it was about."""

from datetime import datetime, timedelta

from simulation.action_ids import ACTION_FORM, DONE, DROP_FORM
from simulation.case import Case, Owed
from simulation.decision_ids import ADDS, DECISION_FORM
from simulation.labels import DECIDED, TITLE, TO_DO
from simulation.messages import ids_of, squeezed
from simulation.recognition import NO_LONGER
from simulation.trace import Json, Line

SOON = timedelta(seconds=60)
BEFORE = timedelta(seconds=10)
"""A diary is written when the person knows how it went: what answers them may have come before."""


def taken(case: Case, form: str) -> list[Line]:
    """The forms of a kind that were taken, in order."""
    return [line for line in case.trace.diary("submitted") if line["callback_id"] == form and case.forms.is_final(line)]


def perhaps_taken(case: Case, form: str) -> list[Line]:
    """The same with those of which their person was not told whether Muster heard of them."""
    found = (line for line in case.trace.diary("submitted") if line["callback_id"] == form)
    return [line for line in found if is_unsure(line) or case.forms.is_final(line)]


def recorded(case: Case, card: Owed) -> Line | None:
    """The form that a decision was recorded with; of several with one title those with its words, and of these the last
    before it came."""
    text = squeezed(card.message.first.text)
    forms = (line for line in taken(case, DECISION_FORM) if not ids_of(line).get("decision"))
    titled = [line for line in forms if squeezed(line["values"][TITLE]) in text]
    fitting = [line for line in titled if squeezed(line["values"][DECIDED]) in text] or titled
    return next((line for line in reversed(fitting) if line.at - BEFORE <= card.at), next(iter(fitting), None))


def is_unsure(line: Line) -> bool:
    return not line.get("ok") and not line.get("errors")


def is_answered_aside(case: Case, line: Line) -> bool:
    """Whether a sentence came that only they see: whoever may not press a button, or presses one in vain, gets that."""
    told = (message.first.at for message in case.messages if message.only_for == line["person"])
    return any(line.at - BEFORE <= at <= line.at + SOON for at in told)


def edits(case: Case, decision: str) -> list[Line]:
    """Those included of which nobody knows; what adds to one that is accepted leaves its text as it was."""
    sent = (line for line in perhaps_taken(case, DECISION_FORM) if not adds(line))
    return [line for line in sent if str(ids_of(line).get("decision")) == decision]


def rows_of_decisions(case: Case) -> dict[str, str]:
    """The id of each decision's row by its name: D-12."""
    return {record: row for (kind, row), record in case.records.items() if kind == "decision"}


def adds(form: Line) -> bool:
    """Whether it says more of a decision that is accepted."""
    return ids_of(form).get("move") == ADDS


def settled_at(case: Case, item: str) -> datetime | None:
    """When somebody said, or may have said, that an action item is done or no longer needed."""
    pressed = (line for line in case.trace.diary("clicked") if line["action_id"] == DONE)
    done = [line.at for line in pressed if str(line.get("value")) == item]
    return min([*done, *(line.at for line in drops(case, item))], default=None)


def over_at(case: Case, item: str) -> datetime | None:
    """When somebody said so and was heard."""
    done = (line for line in case.trace.diary("clicked") if line["action_id"] == DONE and line.get("ok"))
    said = [*(line for line in done if str(line.get("value")) == item), *drops(case, item)]
    return min((line.at for line in said if not is_unsure(line)), default=None)


def drops(case: Case, item: str) -> list[Line]:
    """Those included of which nobody knows."""
    return [line for line in perhaps_taken(case, DROP_FORM) if str(ids_of(line).get("item")) == item]


def is_hidden(case: Case, owed: Owed) -> bool:
    """Whether a message about an action item says no more than that its reader may not see it any more."""
    told, last = squeezed(owed.message.first.text), owed.message.last
    forms = (line for line in taken(case, ACTION_FORM) if squeezed(line["values"][TO_DO]) in told)
    channel = next((str(ids_of(line).get("channel")) for line in forms), "")
    return squeezed(last.text) == NO_LONGER and not case.world.reads(owed.reader or "", channel, last.at)


def channel_of(case: Case, ids: Json) -> str:
    """The channel that a form says it is about, or that its decision was recorded in; empty if it says none."""
    record = case.records.get(("decision", str(ids.get("decision"))), "")
    return str(ids.get("channel") or case.places.get(record) or "")
