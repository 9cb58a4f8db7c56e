"""What people did with each action item, one at a time or with several at once, and whose it was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from simulation.action_ids import (
    ACCEPT,
    DATE_FORM,
    DONE,
    DROP_FORM,
    EDIT_FORM,
    FIRST_DATE_FORM,
    LINES_FORM,
    OWNER_FORM,
    REOPEN,
    SEVERAL_FORM,
    SNOOZE,
    TAKE,
)
from simulation.action_words import IS_YOURS
from simulation.allowances import EFFECT
from simulation.case import Case, Owed
from simulation.deeds import is_unsure, perhaps_taken
from simulation.labels import DUE, LINES, NEW_DATE, NEW_OWNER, OWNER, TO_DO
from simulation.messages import ids_of, squeezed
from simulation.recognition import Kind
from simulation.rows import CHOSEN, ITEM_ROW
from simulation.tokens import tokens
from simulation.trace import Line

BUTTONS = (ACCEPT, DONE, REOPEN, TAKE)
FORMS = (DATE_FORM, FIRST_DATE_FORM, OWNER_FORM, DROP_FORM, EDIT_FORM)
OF_SEVERAL = {"done": DONE, "new date": DATE_FORM, "hand over": OWNER_FORM, "drop": DROP_FORM}
"""What the form for several does with each, by what its ids say."""
MOVES = (DATE_FORM, FIRST_DATE_FORM, OWNER_FORM, TAKE)
"""After which its reminders come anew."""
ENDS = (DONE, DROP_FORM)


@dataclass(frozen=True)
class Deed:
    """What somebody did, or may have done."""

    line: Line
    row: str
    """The id of the item."""
    what: str
    """The button or form; of several at once that of one."""
    with_others: bool = False
    was_answered: bool = False
    """Something was said to them alone just then: perhaps that it cannot be."""

    @property
    def at(self) -> datetime:
        return self.line.at

    @property
    def by(self) -> str:
        return str(self.line["person"])

    @property
    def is_sure(self) -> bool:
        """Of several at once all or none are changed, which the diary does not say."""
        is_heard = bool(self.line.get("ok")) and not is_unsure(self.line)
        return is_heard and not (self.with_others or self.was_answered)

    @property
    def day(self) -> date:
        """That it was given."""
        values = self.line["values"]
        return date.fromisoformat(values[DUE if self.what == FIRST_DATE_FORM else NEW_DATE])

    @property
    def owner(self) -> str:
        """The name of whom it was given to."""
        return str((self.line.get("values") or {}).get(NEW_OWNER) or "")


def deeds(case: Case) -> dict[str, list[Deed]]:
    """By the row of their item, in the order they were done."""
    found: dict[str, list[Deed]] = {}
    answers = _answers(case)
    done = [*_clicks(case), *_put_off(case), *_forms(case), *_several(case)]
    for deed in sorted(done, key=lambda each: each.line.number):
        said = (at for at in answers.get(deed.by, ()) if timedelta() <= at - deed.at <= EFFECT)
        found.setdefault(deed.row, []).append(replace(deed, was_answered=any(said)))
    return found


def _answers(case: Case) -> dict[str, list[datetime]]:
    """By person, when they were told something alone: in a channel, or where a form had stood."""
    found: dict[str, list[datetime]] = {}
    for message in (each for each in case.messages if each.only_for):
        found.setdefault(str(message.only_for), []).extend(version.at for version in message.versions)
    for shown in case.views:
        if shown.type == "modal" and not shown.view.get("submit"):
            found.setdefault(shown.user, []).append(shown.version.at)
    return found


def _clicks(case: Case) -> Iterator[Deed]:
    for line in case.trace.diary("clicked"):
        if line["action_id"] in BUTTONS:
            yield Deed(line, str(line.get("value")), line["action_id"])


def _put_off(case: Case) -> Iterator[Deed]:
    """The diary has the choice alone, so the message tells which item it is about."""
    of = rows(case)
    reminders = {(owed.message.channel, owed.message.ts): owed.what.record for owed in case.of(Kind.ACTION_DUE)}
    for line in case.trace.diary("clicked"):
        record = reminders.get((line.get("channel"), line.get("ts")), "")
        if line["action_id"] == SNOOZE and record in of:
            yield Deed(line, of[record], SNOOZE)


def _forms(case: Case) -> Iterator[Deed]:
    for form in FORMS:
        yield from (Deed(line, str(ids_of(line).get("item")), form) for line in perhaps_taken(case, form))


def _several(case: Case) -> Iterator[Deed]:
    for line in perhaps_taken(case, SEVERAL_FORM):
        ids = ids_of(line)
        for row in str(ids.get("items")).split(","):
            yield Deed(line, row, OF_SEVERAL[str(ids.get("move"))], with_others=True)


def with_others(case: Case) -> set[str]:
    """The rows of those that somebody changed, or may have changed, with others at once."""
    return {deed.row for deed in _several(case)}


def lines_of(form: Line) -> list[str]:
    """What several were recorded with at once, a line each, with the owner before it."""
    values = form["values"]
    if form["callback_id"] == LINES_FORM:
        return str(values.get(LINES) or "").strip().splitlines()
    said = {label.removesuffix(TO_DO): str(what) for label, what in values.items() if label.endswith(TO_DO) and what}
    owners = {number: values.get(f"{number}{OWNER}") for number in said}
    return [f"@{owners[number]} {what}" if owners[number] else what for number, what in said.items()]


def is_over(done: list[Deed]) -> bool:
    ends = [each.what for each in done if each.what in (*ENDS, REOPEN)]
    return ends[-1:] != [REOPEN] and bool(ends)


def rows(case: Case) -> dict[str, str]:
    """The id of each item by its name."""
    return {record: row for (kind, row), record in case.records.items() if kind == "action"}


def of_record(case: Case) -> dict[str, list[Deed]]:
    """By the name of their item."""
    done = deeds(case)
    return {record: done.get(row, []) for record, row in rows(case).items()}


def askers(case: Case) -> dict[str, str]:
    """Who recorded each item, as the receipt tells that they have of it."""
    found: dict[str, str] = {}
    for owed in case.of(Kind.ACTION, Kind.ACTIONS):
        text = squeezed(owed.message.first.text)
        if text.startswith("Recorded ") and owed.reader:
            found |= dict.fromkeys(names_in(owed), owed.reader)
    return found


def names_in(owed: Owed) -> list[str]:
    """The items that a message is about."""
    return [owed.what.record] if owed.what.record else ITEM_ROW.findall(owed.message.first.text)


def owner(case: Case, record: str, done: list[Deed]) -> str:
    """Whose it is after what was done with it; empty if nobody can tell."""
    for deed in reversed(done):
        if deed.what in (OWNER_FORM, TAKE):
            return (deed.by if deed.what == TAKE else case.world.by_name.get(deed.owner, "")) if deed.is_sure else ""
    told = (owed for owed in case.of(Kind.ACTION) if owed.what.record == record)
    return next((owed.reader or "" for owed in told if is_yours(owed)), "")


def is_yours(owed: Owed) -> bool:
    return any(each in squeezed(owed.message.first.text) for each in IS_YOURS)


def named_in(case: Case, form: Line) -> set[str]:
    """The items that a form is about; one for several says itself which, should no message with a button tell."""
    ids = ids_of(form)
    known = {case.records.get(("action", row), "") for row in str(ids.get("items") or ids.get("item")).split(",")}
    shown = (each for each in case.views if ids.get("items") and each.view["id"] == form["view_id"])
    of_form = (each.version.words for each in shown if each.view.get("callback_id") == form["callback_id"])
    return known.union(*map(CHOSEN.findall, of_form)) - {""}


def marks(case: Case) -> dict[str, set[str]]:
    """What tells the text of each item from others."""
    found: dict[str, set[str]] = {}
    for owed in case.of(Kind.ACTION, Kind.ACTION_DUE):
        words = " ".join(version.words for version in owed.message.versions)
        found.setdefault(owed.what.record, set()).update(tokens(words))
    for row in (row for owed in case.of(Kind.ACTIONS) for row in owed.message.first.text.splitlines()):
        for record in ITEM_ROW.findall(row):
            found.setdefault(record, set()).update(tokens(row))
    return found
