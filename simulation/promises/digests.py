"""Each manager gets one digest a week: Monday at 08:00 of their own clock, or the next working day if that is off."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from simulation.allowances import EFFECT, PUNCTUAL
from simulation.case import Case, Owed
from simulation.expected import LEARNS
from simulation.findings import Book
from simulation.recognition import Kind
from simulation.when import monday
from simulation.working import Calendar, wall

PROMISE = "Each manager gets the digest of each week"
COMES_AT = time(8)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
DAYS = 7


@dataclass(frozen=True)
class Expected:
    manager: str
    week: date
    """The Monday of the week it tells about."""
    first: datetime
    last: datetime
    """Both moments are the same, unless the manager's zone or days off changed just then."""


def judge(case: Case, book: Book) -> None:
    sent = {(owed.reader, owed.what.day): owed for owed in case.of(Kind.DIGEST)}
    for each in _expected(case):
        owed = sent.pop((each.manager, each.week), None)
        if owed is None and not case.excuses.is_settled(each.last, each.manager):
            continue
        book.count("messages owed")
        if owed:
            book.count("messages sent")
            _judge_sent(case, book, each, owed)
        else:
            _judge_missing(case, book, each)
    for (reader, week), owed in sent.items():
        if not _may_come(case, reader or "", owed.at):
            text = f"{case.world.name_of(reader or '')} got a digest of the week of {week} that was not due."
            book.broken(PROMISE, text, owed.line)


def _expected(case: Case) -> Iterator[Expected]:
    for manager in case.team.managers:
        start = monday(case.trace.begin.date())
        for n in range((case.trace.end.date() - start).days // 7 + 1):
            found = _digest(case, manager, start + n * WEEK)
            if case.trace.begin + LEARNS < found.first and found.last < case.trace.end and _is_manager(case, found):
                yield found


def _digest(case: Case, manager: str, week: date) -> Expected:
    around = wall(week + WEEK, COMES_AT, case.team.zone(manager, case.trace.begin))
    calendars = case.team.calendars_within(manager, around - DAY, around + DAY)
    moments = [_moment(case, manager, calendar, week) for calendar in calendars]
    return Expected(manager, week, min(moments), max(moments))


def _moment(case: Case, manager: str, calendar: Calendar, week: date) -> datetime:
    days = [week + WEEK + n * DAY for n in range(DAYS)]
    moments = [wall(day, COMES_AT, calendar.zone) for day in days if day.weekday() in calendar.hours.days]
    off = replace(calendar, absences=case.team.absences_at(manager, moments[0]))
    is_on = (at for at in moments if not (off.is_away(at) or off.is_off(at.astimezone(off.zone).date())))
    return next(is_on, moments[0])


def _is_manager(case: Case, found: Expected) -> bool:
    """Somebody is assigned to them, and all of them are there around that moment."""
    moments = (found.first - LEARNS, found.last + LEARNS)
    reports = case.team.reports(found.manager)
    return all(
        case.world.is_here(found.manager, at) and any(case.world.is_here(user, at) for user in reports)
        for at in moments
    )


def _judge_sent(case: Case, book: Book, wanted: Expected, owed: Owed) -> None:
    if owed.at < wanted.first - EFFECT:
        book.broken(PROMISE, f"{_named(case, wanted)} came before its time.", owed.line)
    elif owed.at > wanted.last + PUNCTUAL and not case.excuses.delay(wanted.last, owed.at, wanted.manager):
        book.broken(PROMISE, f"{_named(case, wanted)} came late, and nothing stood in the way.", owed.line)


def _judge_missing(case: Case, book: Book, wanted: Expected) -> None:
    over = wanted.last + WEEK
    outages = case.excuses.troubles.outages_between(wanted.first, over)
    refused = case.excuses.refused(wanted.manager, wanted.first, over)
    if refused or any(each.last >= over - DAY for each in outages):
        book.excused("messages not sent with a reason", refused or "Muster was not running for a week")
    else:
        book.count("messages lost")
        book.broken(PROMISE, f"{_named(case, wanted)} never came.")


def _may_come(case: Case, user: str, at: datetime) -> bool:
    """Left open where the people assigned changed around its time."""
    return bool(case.team.reports(user)) and at > case.trace.begin


def _named(case: Case, wanted: Expected) -> str:
    return f"The digest of {case.world.name_of(wanted.manager)} for the week of {wanted.week}"
