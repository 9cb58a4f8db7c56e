"""Working time as the design settles it: Monday to Friday, 09:00 until just before 17:30, on the person's own clock,
and never on a public holiday of their region."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

START, END = time(9), time(17, 30)
SATURDAY = 5
DAY = timedelta(days=1)
FURTHEST = 400
"""Days to look for working time before giving up."""


@dataclass(frozen=True)
class Absence:
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """One person's."""

    zone: ZoneInfo
    absences: tuple[Absence, ...] = ()
    region: str = ""

    def is_off(self, day: date) -> bool:
        return day.weekday() >= SATURDAY or day in holidays_of(self.region, day.year)

    def is_away(self, at: datetime) -> bool:
        day = at.astimezone(self.zone).date()
        return any(absence.covers(day) for absence in self.absences)

    def is_working(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return not self.is_off(local.date()) and START <= local.time() < END

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
        starts = (wall(day + n * DAY, START, self.zone) for n in range(FURTHEST))
        return next(start for start in starts if start >= at and fits(start))

    def end_before(self, at: datetime) -> datetime:
        """When the last working day that is over by then ended."""
        day = at.astimezone(self.zone).date()
        ends = (wall(day - n * DAY, END, self.zone) for n in range(FURTHEST) if not self.is_off(day - n * DAY))
        return next(end for end in ends if end <= at)

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
