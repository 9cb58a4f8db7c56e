"""Moving moments into working time. All moments are aware and in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from domain.cadence import moment
from domain.people import Hours, Person, Span

HORIZON_DAYS = 400
MINUTE = timedelta(minutes=1)
DAY_HOURS = 24


@dataclass(frozen=True)
class Duration:
    """`4h` is elapsed time; `2d` is working days of the person."""

    hours: int = 0
    days: int = 0

    def __str__(self) -> str:
        return f"{self.days}d" if self.days else f"{self.hours}h"


def never_comes(before: Duration, span: Duration) -> bool:
    """Whether `before` the end of a span is never after its begin; a working day is at least a day of hours away."""
    if before.days and span.days:
        return before.days >= span.days
    return not span.days and before.hours + DAY_HOURS * before.days >= span.hours


def is_working(person: Person, at: datetime) -> bool:
    """Whether something may be sent then: a working hour of a working day, outside quiet hours."""
    local = at.astimezone(person.zone)
    spans = working_spans(person.hours, person.quiet)
    return not person.is_off(local.date()) and any(start <= local.time() < end for start, end in spans)


def is_at_work(person: Person, at: datetime) -> bool:
    return is_working(person, at) and not person.is_away(at.astimezone(person.zone).date())


@lru_cache(maxsize=256)
def working_spans(hours: Hours, quiet: Span | None) -> tuple[tuple[time, time], ...]:
    """The parts of a working day in which something may be sent, in their order."""
    if quiet is None:
        return ((hours.start, hours.end),)
    around = [(max(hours.start, quiet.end), min(hours.end, quiet.start))]
    if quiet.start < quiet.end:
        around = [(hours.start, min(hours.end, quiet.start)), (max(hours.start, quiet.end), hours.end)]
    return tuple((start, end) for start, end in around if start < end)


def next_working(person: Person, at: datetime) -> datetime:
    """`at` itself if it is working time, else the next moment that is."""
    if is_working(person, at):
        return at
    first = at.astimezone(person.zone).date()
    for offset in range(HORIZON_DAYS):
        for start, _end in _spans_of(person, first + timedelta(days=offset)):
            if start >= at:
                return start
    return at


def last_working(person: Person, at: datetime, *, after: datetime) -> datetime | None:
    """`at` itself if it is working time, else the last working minute before it and after `after`; None if none."""
    if is_working(person, at):
        return at if at > after else None
    last = at.astimezone(person.zone).date()
    for offset in range(HORIZON_DAYS):
        for _start, end in reversed(_spans_of(person, last - timedelta(days=offset))):
            if end - MINUTE <= after:
                return None
            if end <= at:
                return end - MINUTE
    return None


def add(person: Person, at: datetime, duration: Duration) -> datetime:
    """`at` plus elapsed hours, or the same wall time so many working days later."""
    if duration.hours:
        return at + timedelta(hours=duration.hours)
    local = at.astimezone(person.zone)
    return _at_time(person, _working_day(person, local.date(), duration.days), local.time()) or at


def subtract(person: Person, at: datetime, duration: Duration) -> datetime:
    """`at` minus elapsed hours, or the same wall time so many working days earlier."""
    if duration.hours:
        return at - timedelta(hours=duration.hours)
    local = at.astimezone(person.zone)
    return _at_time(person, _working_day(person, local.date(), -duration.days), local.time()) or at


def back_at_work(person: Person, at: datetime) -> datetime:
    """The first working moment from `at` on at which the person is not away."""
    found = next_working(person, at)
    while person.is_away(found.astimezone(person.zone).date()):
        found = next_working(person, _next_midnight(person, found))
    return found


def next_day_at_work(person: Person, at: datetime) -> datetime:
    """The first moment at which the person is at work on a later day of their own calendar."""
    return back_at_work(person, _next_midnight(person, at))


def first_day_back(person: Person, after: date) -> date:
    """The first later day on which the person works and is not away."""
    days = (after + timedelta(days=each) for each in range(1, HORIZON_DAYS))
    return next((day for day in days if not person.is_off(day) and not person.is_away(day)), after + timedelta(days=1))


def end_of_next_day_at_work(person: Person, at: datetime) -> datetime:
    """The midnight after it: over a weekend, a holiday or an absence that is more than a day ahead."""
    return _next_midnight(person, next_day_at_work(person, at))


def _next_midnight(person: Person, at: datetime) -> datetime:
    day = at.astimezone(person.zone).date() + timedelta(days=1)
    return _at_time(person, day, time()) or at + timedelta(days=1)


def _spans_of(person: Person, day: date) -> list[tuple[datetime, datetime]]:
    if person.is_off(day):
        return []
    spans = working_spans(person.hours, person.quiet)
    found = [(moment(day, start, person.zone), moment(day, end, person.zone)) for start, end in spans]
    return [(start, end) for start, end in found if start and end]


def _at_time(person: Person, day: date, at: time) -> datetime | None:
    found = moment(day, at.replace(tzinfo=None, fold=0), person.zone)
    return found.astimezone(UTC) if found else None


def _working_day(person: Person, day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= not person.is_off(day)
    return day
