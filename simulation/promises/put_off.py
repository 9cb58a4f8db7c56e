"""Whoever puts an action item off hears of it on the day that they were told, and not before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from simulation.action_deeds import Deed, of_record
from simulation.action_ids import SNOOZE
from simulation.action_words import AGAIN
from simulation.allowances import EFFECT, PUNCTUAL, RECOVERS, SETTLES
from simulation.case import Case, Owed
from simulation.findings import Book
from simulation.labels import NOT_NOW
from simulation.messages import squeezed
from simulation.nudges import is_spent
from simulation.recognition import Kind, day_of
from simulation.working import Calendar, wall

PROMISE = "What somebody puts off comes again on its day, and not before"
WEEK = 7
DAY = timedelta(days=1)


@dataclass(frozen=True)
class PutOff:
    deed: Deed
    record: str
    changed: datetime
    """When something else was done with it, or may have been."""
    sent: list[Owed]
    """The reminders of whoever put it off."""

    @property
    def told(self) -> date | None:
        """When they hear of it again, as the message says in which they put it off."""
        versions = (each for owed in self.sent if owed.at < self.deed.at for each in owed.message.versions)
        found = (AGAIN.search(squeezed(each.text)) for each in versions if self.deed.at <= each.at <= self.changed)
        return next((day_of(said[1]) for said in found if said), None)


def judge(case: Case, book: Book) -> None:
    for record, done in of_record(case).items():
        for place, deed in enumerate(done):
            changed = min((each.at for each in done[place + 1 :]), default=case.trace.end)
            is_alone = changed - deed.at > SETTLES
            if deed.what == SNOOZE and deed.is_sure and is_alone and case.excuses.is_settled(deed.at, deed.by):
                sent = [each for each in case.of(Kind.ACTION_DUE) if each.what.record == record]
                sent = [each for each in sent if each.reader == deed.by]
                _judge(case, book, PutOff(deed, record, changed, sent))


def _judge(case: Case, book: Book, put_off: PutOff) -> None:
    deed, record, told, until = put_off.deed, put_off.record, put_off.told, _day(case, put_off.deed)
    book.count("reminders put off")
    who = case.world.name_of(deed.by)
    if told is None or told < until:
        says = f"was told {told:%d %b}" if told else "was not told when they hear of it again"
        text = f"{who} put {record} off until {until:%d %b} or later, and {says}."
        book.broken(PROMISE, text, deed.line.number)
        return
    for owed in put_off.sent:
        day = owed.at.astimezone(case.team.zone(deed.by, owed.at)).date()
        if deed.at + SETTLES < owed.at < put_off.changed and day < told:
            text = f"{who} put {record} off until {told:%d %b}, and was reminded before."
            book.broken(PROMISE, text, deed.line.number, owed.line)
    _judge_again(case, book, put_off, told)


def _day(case: Case, deed: Deed) -> date:
    """Absences only make it later."""
    calendar, choice = case.team.calendar(deed.by, deed.at, with_absences=False), str(deed.line["value"])
    if choice in NOT_NOW:
        return _local(calendar, calendar.working_days_later(deed.at, NOT_NOW[choice]))
    sunday = deed.at + (WEEK - 1 - deed.at.astimezone(calendar.zone).weekday()) * DAY
    return _local(calendar, calendar.working_days_later(sunday, 1))


def _local(calendar: Calendar, at: datetime) -> date:
    return at.astimezone(calendar.zone).date()


def _judge_again(case: Case, book: Book, put_off: PutOff, told: date) -> None:
    """Left open for whoever is away, or whose hours or zone change meanwhile."""
    deed, who = put_off.deed, put_off.deed.by
    calendar = case.team.calendar(deed.by, deed.at, with_absences=False)
    at = calendar.next_working(wall(told, calendar.hours.start, calendar.zone))
    around = (deed.at, at + PUNCTUAL)
    is_steady = (
        len(set(case.team.calendars_within(who, *around))) == len(set(case.world.people[who].within(*around))) == 1
    )
    is_there = is_steady and not case.team.calendar(who, at).is_away(at)
    if (
        not is_there
        or put_off.changed <= at + RECOVERS
        or not case.excuses.is_settled(at, who)
        or is_spent(case, who, at)
    ):
        return
    on_time = (each for each in put_off.sent if at - EFFECT <= each.at)
    first = next(on_time, None)
    if first and (first.at <= at + PUNCTUAL or case.excuses.delay(at, first.at, who)):
        return
    if not first and (
        case.excuses.delay(at, at + RECOVERS, who) or case.excuses.refused(who, at - PUNCTUAL, at + RECOVERS)
    ):
        return
    text = f"{case.world.name_of(who)} put {put_off.record} off until {told:%d %b}, and was not reminded on that day."
    book.broken(PROMISE, text, deed.line.number)
