"""Whoever owns an action item is reminded before it is due, and again once it is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from simulation.action_deeds import MOVES, deeds
from simulation.action_ids import ACTION_FORM, REOPEN, SNOOZE
from simulation.allowances import EFFECT, PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case
from simulation.deeds import over_at, settled_at, taken
from simulation.findings import Book
from simulation.labels import DUE, OWNER, TO_DO
from simulation.messages import squeezed
from simulation.nudges import is_spent
from simulation.recognition import Kind
from simulation.working import wall

PROMISE = "Whoever owns an action item is reminded of it"
DAY = timedelta(days=1)
CHANGING = (*MOVES, SNOOZE, REOPEN)


@dataclass(frozen=True)
class Item:
    """One with an owner and a day, that was neither moved, handed over, put off nor opened again, nor changed with
    others at once."""

    record: str
    owner: str
    due: date
    made: datetime
    line: int
    settled: datetime | None
    over: datetime | None
    """The same, where nothing was in doubt."""


@dataclass(frozen=True)
class Reminder:
    what: str
    first: datetime
    """It may come from then on."""
    at: datetime
    """By then it has come."""


def judge(case: Case, book: Book) -> None:
    for item in _items(case):
        _judge_needless(case, book, item)
        for reminder in _reminders(case, item):
            if _is_needed(case, item, reminder):
                _judge(case, book, item, reminder)


def _items(case: Case) -> Iterator[Item]:
    done = deeds(case).items()
    changed = {row for row, made in done if any(each.what in CHANGING or each.with_others for each in made)}
    rows = {record: row for (kind, row), record in case.records.items() if kind == "action"}
    for line in taken(case, ACTION_FORM):
        values, owner = line["values"], case.world.by_name.get(line["values"].get(OWNER) or "", "")
        if not owner or not values.get(DUE):
            continue
        record = _record(case, squeezed(values[TO_DO]), owner, line.at)
        if record and rows.get(record) not in changed:
            row, due = rows.get(record, ""), date.fromisoformat(values[DUE])
            yield Item(record, owner, due, line.at, line.number, settled_at(case, row), over_at(case, row))


def _record(case: Case, what: str, owner: str, at: datetime) -> str:
    told = (owed for owed in case.of(Kind.ACTION) if owed.reader == owner and owed.at >= at - EFFECT)
    return next((owed.what.record for owed in told if what in squeezed(owed.message.first.text)), "")


def _reminders(case: Case, item: Item) -> Iterator[Reminder]:
    """On the owner's own calendar: the working day before, and the first working moment after the day itself."""
    calendar = case.team.calendar(item.owner, item.made, with_absences=False)
    morning = wall(item.due + DAY, calendar.hours.start, calendar.zone)
    before = calendar.working_days_later(wall(item.due, calendar.hours.start, calendar.zone), -1)
    yield Reminder("before it was due", item.made, calendar.next_working(before))
    yield Reminder("when it was overdue", morning, calendar.next_working(morning))


def _is_needed(case: Case, item: Item, reminder: Reminder) -> bool:
    """Left open for whoever was away, moved or left meanwhile, and for what was settled just then."""
    around = (item.made, reminder.at + PUNCTUAL)
    profiles = set(case.world.people[item.owner].within(*around))
    calendars = set(case.team.calendars_within(item.owner, *around))
    is_away = case.team.calendar(item.owner, reminder.at).is_away(reminder.at)
    is_open = item.settled is None or item.settled > reminder.at + RECOVERS
    return (
        len(profiles) == len(calendars) == 1
        and not is_away
        and is_open
        and item.made < reminder.at - EFFECT
        and case.excuses.is_settled(reminder.at, item.owner)
    )


def _judge(case: Case, book: Book, item: Item, reminder: Reminder) -> None:
    book.count("reminders of action items owed")
    sent = [
        owed
        for owed in case.of(Kind.ACTION_DUE)
        if owed.what.record == item.record and owed.reader == item.owner and owed.at >= reminder.first - EFFECT
    ]
    if sent and (sent[0].at <= reminder.at + PUNCTUAL or case.excuses.delay(reminder.at, sent[0].at, item.owner)):
        return
    if is_spent(case, item.owner, reminder.at):
        return
    if not sent and (
        case.excuses.delay(reminder.at, reminder.at + RECOVERS, item.owner)
        or case.excuses.refused(item.owner, *_around(reminder))
    ):
        return
    who = case.world.name_of(item.owner)
    text = f"{who} was not reminded of {item.record} {reminder.what}, by {reminder.at:%d %b %H:%M} UTC."
    book.broken(PROMISE, text, item.line)


def _judge_needless(case: Case, book: Book, item: Item) -> None:
    """Once somebody has surely said that it is done or no longer needed."""
    for owed in case.of(Kind.ACTION_DUE):
        if owed.what.record == item.record and item.over and owed.at > item.over + SETTLES:
            text = f"{case.world.name_of(owed.reader or '')} was reminded of {item.record}, which was over by then."
            book.broken(PROMISE, text, owed.line)


def _around(reminder: Reminder) -> tuple[datetime, datetime]:
    return reminder.at - PUNCTUAL, reminder.at + RECOVERS
