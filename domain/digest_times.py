"""When a digest comes, and which week it tells about."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.cadence import moment
from domain.people import Person

DIGEST_AT = time(8)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
AFTER_DIGEST = timedelta(minutes=1)
"""What a digest tells of is looked at again then."""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def comes_at(person: Person, week: date) -> datetime | None:
    """When the digest about the week of that Monday comes: 08:00 on the first working day of the week after it.

    Days off and away are passed over unless the whole week is; None if none of its days exists in the person's zone.
    """
    days = [week + WEEK + timedelta(days=n) for n in range(7)]
    working = [day for day in days if day.weekday() in person.hours.days]
    # Stable: the first day there, else the first day off sick or on holiday.
    working.sort(key=lambda day: person.is_away(day) or person.is_off(day))
    return next((at for day in working if (at := moment(day, DIGEST_AT, person.zone))), None)


def newest_due(person: Person, now: datetime) -> date | None:
    """The Monday of the newest week whose digest should have come by now."""
    this = monday(now.astimezone(person.zone).date())
    weeks = (this - WEEK, this - 2 * WEEK)
    return next((week for week in weeks if (at := comes_at(person, week)) and at <= now), None)


def week_of(person: Person, planned: datetime) -> date:
    """The Monday of the week that a digest planned for that moment tells about: the week before it."""
    return monday(planned.astimezone(person.zone).date()) - WEEK


def next_moment(person: Person, *, after: datetime) -> datetime | None:
    """When the person's next digest comes."""
    this = monday(after.astimezone(person.zone).date())
    found = (comes_at(person, this + timedelta(weeks=n)) for n in (-1, 0, 1))
    return next((at for at in found if at and at > after), None)


def planned_again(person: Person, planned: datetime | None, now: datetime) -> datetime | None:
    """The next moment after zone, hours or absences changed; `planned` is what it was before.

    A change that moves this week's moment into the past must not lose the digest: then it is due at once, and not late.
    """
    this = monday(now.astimezone(person.zone).date())
    # In another zone the same Monday morning is at most a day off, so that an older plan was for this week.
    if planned and planned < _start(this + WEEK, person.zone) - DAY and newest_due(person, now) == this - WEEK:
        comes = comes_at(person, this - WEEK)
        return max(comes, min(planned, now)) if comes else None
    return next_moment(person, after=now)


def bounds(week: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a Monday on that clock, and the first moment after its Sunday."""
    return _start(week, zone), _start(week + WEEK, zone)


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
