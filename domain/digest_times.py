"""When a digest comes, and which weeks it tells about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.cadence import moment
from domain.digest_choices import Choice, Rhythm
from domain.people import Person

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
DAYS = 7
LOOK_BACK = 5
"""Weeks in which a digest that is not over yet may have come: two told about, and one in which it moves day by day."""
AFTER_DIGEST = timedelta(minutes=1)
"""What a digest tells of is looked at again then."""


@dataclass(frozen=True)
class Planned:
    at: datetime
    untold: date
    """The Monday of the first week that no digest has told about."""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def comes_at(person: Person, choice: Choice, week: date) -> datetime | None:
    """When the digest about the week of that Monday comes: at the chosen hour of the first working day from the chosen
    weekday of the week after it.

    Days off and away are passed over unless all seven are; None if none of its days exists in the person's zone.
    """
    days = [week + WEEK + timedelta(days=choice.weekday + n) for n in range(DAYS)]
    working = [day for day in days if day.weekday() in person.hours.days]
    # Stable: the first day there, else the first day off sick or on holiday.
    working.sort(key=lambda day: person.is_away(day) or person.is_off(day))
    return next((at for day in working if (at := moment(day, time(choice.hour), person.zone))), None)


def newest_due(person: Person, choice: Choice, untold: date, now: datetime) -> date | None:
    """The Monday of the newest week that a digest should have told about by now, and none has."""
    this = monday(now.astimezone(person.zone).date())
    weeks = (this - n * WEEK for n in range(1, LOOK_BACK + 1))
    return next(
        (
            week
            for week in weeks
            if _ends_with(choice, untold, week) and (at := comes_at(person, choice, week)) and at <= now
        ),
        None,
    )


def _ends_with(choice: Choice, untold: date, week: date) -> bool:
    """Whether a digest tells about that week as its last: of every two weeks, the second from the first untold one."""
    return week >= untold and ((week - untold) // WEEK + 1) % choice.rhythm.span == 0


@dataclass(frozen=True)
class Due:
    """A digest that should have come by now."""

    week: date
    """The Monday of the newest week it tells about."""
    weeks: int
    """How many, with the newest."""
    missed: int
    """Digests before it that never came."""
    since: datetime
    """When it was due."""


def due(person: Person, choice: Choice, planned: Planned, now: datetime) -> Due | None:
    """None if what was planned is to come on a later day after all."""
    week = newest_due(person, choice, planned.untold, now)
    comes = comes_at(person, choice, week) if week else None
    if week is None or comes is None:
        return None
    untold, weeks = (week - planned.untold) // WEEK + 1, choice.rhythm.span
    # After a change of choice one digest may have been planned for all that is untold; what is newer came to it later.
    if planned.at >= comes:
        weeks = untold
    return Due(week, weeks, (untold - weeks) // choice.rhythm.span, max(comes, planned.at))


def next_planned(person: Person, choice: Choice, untold: date | None, *, after: datetime) -> Planned | None:
    """The person's next digest. To whoever was told about no week yet, the next day chosen brings the first."""
    if choice.rhythm is Rhythm.NEVER:
        return None
    this, before = monday(after.astimezone(person.zone).date()), (choice.rhythm.span - 1) * WEEK
    for week in (this + n * WEEK for n in range(-LOOK_BACK, LOOK_BACK)):
        at = comes_at(person, choice, week) if untold is None or _ends_with(choice, untold, week) else None
        if at and at > after:
            return Planned(at, untold or week - before)
    return None


def planned_again(person: Person, choice: Choice, planned: Planned | None, now: datetime) -> Planned | None:
    """The next digest after choice, zone, hours or absences changed; `planned` is what it was before.

    A change that moves its moment into the past must not lose the digest: then it is due at once, and not late.
    """
    if choice.rhythm is Rhythm.NEVER:
        return None
    if planned and newest_due(person, choice, planned.untold, now):
        return Planned(min(planned.at, now), planned.untold)
    return next_planned(person, choice, planned.untold if planned else None, after=now)


@dataclass(frozen=True)
class StandIn:
    """A delegate's digest about the people of somebody who is away."""

    at: datetime
    week: date


def stand_ins(manager: Person, delegate: Person, choice: Choice, untold: date, now: datetime) -> Iterator[StandIn]:
    """Those of the weeks around `now`, in order: where the manager is away on the day their digest would come, it comes
    at the hour chosen on the delegate's own clock. `untold` as in `Planned`."""
    this = monday(now.astimezone(delegate.zone).date())
    for week in (this + n * WEEK for n in range(-LOOK_BACK, LOOK_BACK)):
        days = [week + WEEK + timedelta(days=choice.weekday + n) for n in range(DAYS)]
        day = next((day for day in days if not manager.is_off(day)), None)
        is_last = ((week - untold) // WEEK + 1) % choice.rhythm.span == 0
        at = moment(day, time(choice.hour), delegate.zone) if day and is_last and manager.is_away(day) else None
        if at:
            yield StandIn(at, week)


def bounds(week: date, zone: ZoneInfo, *, weeks: int = 1) -> tuple[datetime, datetime]:
    """The first moment of what is told about, on that clock, and the first moment after it. The newest week, or so many
    that end with it, begins on that day."""
    return start_of(week - (weeks - 1) * WEEK, zone), start_of(week + WEEK, zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Its first moment on that clock."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
