"""Moving moments into working time. All moments are aware and in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.cadence import moment
from domain.people import Hours, Person

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
    local = at.astimezone(person.zone)
    hours = person.hours
    return local.weekday() in hours.days and hours.start <= local.time() < hours.end


def is_at_work(person: Person, at: datetime) -> bool:
    return is_working(person, at) and not person.is_away(at.astimezone(person.zone).date())


def next_working(person: Person, at: datetime) -> datetime:
    """`at` itself if it is working time, else the start of the next working day."""
    if is_working(person, at):
        return at
    first = at.astimezone(person.zone).date()
    for offset in range(HORIZON_DAYS):
        start = _start_of(person, first + timedelta(days=offset))
        if start is not None and start >= at:
            return start
    return at


def last_working(person: Person, at: datetime, *, after: datetime) -> datetime | None:
    """`at` itself if it is working time, else the last working minute before it and after `after`; None if none."""
    if is_working(person, at):
        return at if at > after else None
    last = at.astimezone(person.zone).date()
    for offset in range(HORIZON_DAYS):
        day = last - timedelta(days=offset)
        end = moment(day, person.hours.end, person.zone) if day.weekday() in person.hours.days else None
        if end is not None and end - MINUTE <= after:
            return None
        if end is not None and end <= at:
            return end - MINUTE
    return None


def add(person: Person, at: datetime, duration: Duration) -> datetime:
    """`at` plus elapsed hours, or the same wall time so many working days later."""
    if duration.hours:
        return at + timedelta(hours=duration.hours)
    local = at.astimezone(person.zone)
    return _at_time(person, _working_day(local.date(), duration.days, person.hours), local.time()) or at


def subtract(person: Person, at: datetime, duration: Duration) -> datetime:
    """`at` minus elapsed hours, or the same wall time so many working days earlier."""
    if duration.hours:
        return at - timedelta(hours=duration.hours)
    local = at.astimezone(person.zone)
    return _at_time(person, _working_day(local.date(), -duration.days, person.hours), local.time()) or at


def back_at_work(person: Person, at: datetime) -> datetime:
    """The first working moment from `at` on at which the person is not away."""
    found = next_working(person, at)
    while person.is_away(found.astimezone(person.zone).date()):
        day = found.astimezone(person.zone).date() + timedelta(days=1)
        found = next_working(person, _at_time(person, day, time()) or found + timedelta(days=1))
    return found


def _start_of(person: Person, day: date) -> datetime | None:
    if day.weekday() not in person.hours.days:
        return None
    return moment(day, person.hours.start, person.zone)


def _at_time(person: Person, day: date, at: time) -> datetime | None:
    found = moment(day, at.replace(tzinfo=None, fold=0), person.zone)
    return found.astimezone(UTC) if found else None


def _working_day(day: date, count: int, hours: Hours) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= day.weekday() in hours.days
    return day
