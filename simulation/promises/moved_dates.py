"""How often the day of an action item was moved, and which one it had at first, can be read by whoever asked for it."""

from collections import Counter
from datetime import date

from simulation.action_deeds import ENDS, askers, marks, of_record
from simulation.action_ids import ACTION_FORM, DATE_FORM
from simulation.action_words import day_text
from simulation.case import Case, Owed
from simulation.deeds import is_hidden, taken
from simulation.findings import Book
from simulation.labels import DUE, TO_DO
from simulation.messages import ids_of, squeezed
from simulation.recognition import Kind
from simulation.tokens import tokens

PROMISE = "How often an action item was moved, and from when, can be read"
TIMES = {1: "once", 2: "twice"}


def judge(case: Case, book: Book) -> None:
    first, asked_by = _first_days(case), askers(case)
    for record, done in of_record(case).items():
        moved = {(ids_of(each.line).get("draft"), each.day) for each in done if each.what == DATE_FORM}
        if not moved or not all(each.is_sure for each in done) or any(each.what in ENDS for each in done):
            continue
        for owed in case.of(Kind.ACTION):
            if owed.what.record == record and owed.reader == asked_by.get(record):
                day = next((first[mark] for mark in tokens(owed.message.first.words) if mark in first), "")
                if day and case.excuses.is_settled(done[-1].at, owed.reader or "") and not is_hidden(case, owed):
                    _judge(case, book, owed, f"moved {TIMES.get(len(moved), f'{len(moved)} times')}, first due {day}")


def _judge(case: Case, book: Book, owed: Owed, wanted: str) -> None:
    book.count("action items whose day was moved")
    if wanted not in squeezed(owed.message.last.words) and not owed.message.deleted_at:
        text = f"{case.world.name_of(owed.reader or '')} does not read that {owed.what.record} was {wanted}."
        book.broken(PROMISE, text, owed.message.last.line)


def _first_days(case: Case) -> dict[str, str]:
    """By the marks of their texts, of those that were recorded with a day in a form and that no other item shares."""
    shared = Counter(mark for found in marks(case).values() for mark in found)
    given = (line["values"] for line in taken(case, ACTION_FORM) if line["values"].get(DUE))
    days = ((tokens(values[TO_DO]), day_text(date.fromisoformat(values[DUE]))) for values in given)
    return {mark: day for found, day in days for mark in found if shared[mark] == 1}
