"""Working time as the design settles it: Monday to Friday, 09:00 until just before 17:30, on the person's own clock, or
the hours that they have set themselves; never in their quiet hours, on a public holiday of their region, or on a day
off of the whole workspace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

START, END = time(9), time(17, 30)
SATURDAY = 5
DAY = timedelta(days=1)
FURTHEST = 400
"""Days to look for working time before giving up."""
Moments = tuple[datetime, datetime]


class Source(Enum):
    SAID = "said"
    """By the person or their manager."""
    STATUS = "status"
    """Of Slack."""
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Absence:
    first: date
    last: date
    only: frozenset[str] = frozenset()
    """The titles of the rituals it is for; for everything if there are none."""
    source: Source = Source.SAID
    is_sure: bool = True
    """Somebody may have taken it back."""

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """Of a working day; what is quiet of it is left out."""

    start: time = START
    end: time = END
    days: frozenset[int] = frozenset(range(SATURDAY))
    quiet: tuple[time, time] | None = None

    @property
    def spans(self) -> list[tuple[time, time]]:
        if self.quiet is None:
            return [(self.start, self.end)]
        first, last = self.quiet
        around = [(self.start, min(self.end, first)), (max(self.start, last), self.end)]
        if last < first:  # It goes over midnight.
            around = [(max(self.start, last), min(self.end, first))]
        return [(start, end) for start, end in around if start < end]


STANDARD = Hours()


@dataclass(frozen=True)
class Calendar:
    """One person's."""

    zone: ZoneInfo
    absences: tuple[Absence, ...] = ()
    region: str = ""
    hours: Hours = STANDARD
    days_off: frozenset[date] = frozenset()
    """Of the whole workspace."""

    def is_off(self, day: date) -> bool:
        return day.weekday() not in self.hours.days or day in self.days_off or day in holidays_of(self.region, day.year)

    def is_away(self, at: datetime) -> bool:
        day = at.astimezone(self.zone).date()
        return any(absence.covers(day) for absence in self.absences)

    def is_working(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return not self.is_off(local.date()) and any(start <= local.time() < end for start, end in self.hours.spans)

    def is_at_work(self, at: datetime) -> bool:
        return self.is_working(at) and not self.is_away(at)

    def next_working(self, at: datetime) -> datetime:
        """The moment itself if it is working time."""
        return self._next(at, self.is_working)

    def back_at_work(self, at: datetime) -> datetime:
        return self._next(at, self.is_at_work)

    def _next(self, at: datetime, fits: Callable[[datetime], bool]) -> datetime:
        if fits(at):
            return at
        day = at.astimezone(self.zone).date()
        starts = (start for n in range(FURTHEST) for start, _end in self._spans(day + n * DAY))
        return next(start for start in starts if start >= at and fits(start))

    def end_before(self, at: datetime) -> datetime:
        """When the last working time that is over by then ended."""
        day = at.astimezone(self.zone).date()
        ends = (end for n in range(FURTHEST) for _start, end in reversed(list(self._spans(day - n * DAY))))
        return next(end for end in ends if end <= at)

    def _spans(self, day: date) -> Iterator[Moments]:
        for start, end in () if self.is_off(day) else self.hours.spans:
            yield wall(day, start, self.zone), wall(day, end, self.zone)

    def working_days_later(self, at: datetime, count: int) -> datetime:
        """The same wall time so many working days later, or earlier if the count is negative."""
        local, step = at.astimezone(self.zone), DAY if count > 0 else -DAY
        day, left = local.date(), abs(count)
        while left:
            day += step
            left -= not self.is_off(day)
        return wall(day, local.time(), self.zone)


@lru_cache(maxsize=256)
def holidays_of(region: str, year: int) -> frozenset[date]:
    """ "DE", "DE-BY"; none for the empty one."""
    country, _, part = region.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year)) if country else frozenset()


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A wall time as a moment: one that a clock change skips moves on, one that comes twice is the first."""
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), zone).astimezone(UTC)
