"""Whoever recorded an action item without an owner or a day is told so once, after two working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from simulation.action_deeds import Deed, deeds, rows
from simulation.action_ids import ACTION_FORM
from simulation.action_words import LACKS
from simulation.allowances import EFFECT, PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case, Owed
from simulation.deeds import taken
from simulation.findings import Book
from simulation.labels import DUE, OWNER, TO_DO
from simulation.messages import squeezed
from simulation.nudges import is_spent
from simulation.recognition import Kind
from simulation.trace import Line

PROMISE = "Whoever recorded an action item without owner or day is told so once"
TOLD_AFTER = 2
"""Working days."""


@dataclass(frozen=True)
class Orphan:
    record: str
    asker: str
    made: Line
    done: list[Deed]
    """What was done with it, or may have been."""


def judge(case: Case, book: Book) -> None:
    found = {orphan.record: orphan for orphan in _orphans(case)}
    told: dict[str, list[Owed]] = {}
    for owed in case.of(Kind.ACTION_DUE):
        if LACKS.search(squeezed(owed.message.first.text)):
            told.setdefault(owed.what.record, []).append(owed)
    for record, sent in told.items():
        if len({owed.message.delivery for owed in sent}) > 1:
            text = f"It was told {len(sent)} times that {record} lacks an owner or a day."
            book.broken(PROMISE, text, *(owed.line for owed in sent))
        if orphan := found.get(record):
            _judge_told(case, book, orphan, sent[0])
    for orphan in found.values():
        if orphan.record not in told:
            _judge_missing(case, book, orphan)


def _orphans(case: Case) -> Iterator[Orphan]:
    done, of = deeds(case), rows(case)
    for line in taken(case, ACTION_FORM):
        values = line["values"]
        if values.get(OWNER) and values.get(DUE):
            continue
        what = squeezed(values[TO_DO])
        sent = (owed for owed in case.of(Kind.ACTION) if owed.reader == line["person"] and owed.at >= line.at - EFFECT)
        record = next((owed.what.record for owed in sent if what in squeezed(owed.message.first.text)), "")
        if record:
            yield Orphan(record, str(line["person"]), line, done.get(of.get(record, ""), []))


def _judge_told(case: Case, book: Book, orphan: Orphan, owed: Owed) -> None:
    gone = any(each.deleted for each in case.world.people[orphan.asker].within(orphan.made.at, owed.at))
    if owed.reader != orphan.asker and not gone:
        who = case.world.name_of(owed.reader or "")
        text = f"{who} was told that {orphan.record} lacks something, and did not ask for it."
        book.broken(PROMISE, text, orphan.made.number, owed.line)
    elif not gone and owed.at + EFFECT < min(_moments(case, orphan, owed.at)):
        text = f"{case.world.name_of(orphan.asker)} was told too soon that {orphan.record} lacks something."
        book.broken(PROMISE, text, orphan.made.number, owed.line)


def _moments(case: Case, orphan: Orphan, until: datetime) -> list[datetime]:
    """By each calendar of whoever asked in between, and of an owner without a day."""
    owner = case.world.by_name.get(str(orphan.made["values"].get(OWNER)), orphan.asker)
    within = (orphan.made.at, max(until, orphan.made.at))
    calendars = [each for who in (orphan.asker, owner) for each in case.team.calendars_within(who, *within)]
    return [each.working_days_later(orphan.made.at, TOLD_AFTER) for each in calendars]


def _judge_missing(case: Case, book: Book, orphan: Orphan) -> None:
    """Left open for what somebody has moved, and for whoever is away, has left or changed their hours meanwhile."""
    who = orphan.asker
    calendar = case.team.calendar(who, orphan.made.at, with_absences=False)
    at = calendar.next_working(max(_moments(case, orphan, orphan.made.at)))
    around = (orphan.made.at, at + PUNCTUAL)
    steady = len(set(case.team.calendars_within(who, *around))) == len(set(case.world.people[who].within(*around))) == 1
    if not steady or case.team.calendar(who, at).is_away(at) or any(each.at < at + SETTLES for each in orphan.done):
        return
    if not case.excuses.is_settled(at, who) or at + RECOVERS > case.trace.end or is_spent(case, who, at):
        return
    book.count("action items without owner or day that were asked about")
    if case.excuses.delay(at, at + RECOVERS, who) or case.excuses.refused(who, at - PUNCTUAL, at + RECOVERS):
        return
    text = (
        f"{case.world.name_of(who)} was not told that {orphan.record} lacks an owner or a day, by {at:%d %b %H:%M} UTC."
    )
    book.broken(PROMISE, text, orphan.made.number)
