"""When somebody works and looks at Slack, how promptly they answer, and the days on which they do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sandbox.chance import dice, happens

DAY = timedelta(days=1)
SATURDAY = 5
LATEST_LOOK = 19.5
AWAY_A_WEEK = 0.04
EVENING_LOOK = 0.12


@dataclass(frozen=True)
class Habits:
    """One person's ways. Chances are between 0 and 1; hours are on their own clock."""

    seed: str
    name: str

    def trait(self, name: str, low: float, high: float) -> float:
        return low + (high - low) * dice(self.seed, self.name, "trait", name).random()

    @property
    def begins(self) -> float:
        return self.trait("begins", 8.3, 9.4)

    @property
    def ends(self) -> float:
        return self.trait("ends", 16.9, 18.2)

    @property
    def promptness(self) -> float:
        """The chance to answer at the first look, and at each look after it."""
        return self.trait("promptness", 0.45, 0.95)

    @property
    def lateness(self) -> float:
        """The chance to leave something for the next working day."""
        return self.trait("lateness", 0.02, 0.14)

    @property
    def skipping(self) -> float:
        return self.trait("skipping", 0.01, 0.1)

    @property
    def forgetting(self) -> float:
        """The chance to leave what is to be done undone until they see it again; small, but of a few people."""
        return self.trait("forgetting", 0.0, 1.0) ** 4

    @property
    def editing(self) -> float:
        return self.trait("editing", 0.03, 0.2)

    @property
    def chattiness(self) -> float:
        return self.trait("chattiness", 0.02, 0.14)

    @property
    def thoroughness(self) -> float:
        """The chance to fill in a field that may stay empty."""
        return self.trait("thoroughness", 0.35, 0.8)

    def about(self, *what: object) -> tuple[object, ...]:
        """What a choice of this person is about, for dice."""
        return (self.seed, self.name, *what)

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not self.is_away(day)

    def is_away(self, day: date) -> bool:
        """Absences begin on any working day of a week and last up to five days."""
        return any(begin <= day < end for begin, end in self.absences(day - 14 * DAY, day))

    def absences(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """First day and day of return of what begins in the weeks from `first` to `last`."""
        monday = first - first.weekday() * DAY
        while monday <= last:
            throw = dice(*self.about("away", monday))
            if throw.random() < AWAY_A_WEEK:
                begin = monday + throw.randrange(5) * DAY
                yield begin, begin + throw.randint(1, 5) * DAY
            monday += 7 * DAY

    def looks(self, day: date, zone: str) -> list[float]:
        """The moments of a day at which this person looks at Slack, rising."""
        return _looks(self, day, zone)

    def looks_at_work(self, day: date, zone: str) -> list[float]:
        throw = dice(*self.about("looks", day))
        hours, hour = [], self.begins + throw.uniform(0.05, 0.6)
        while hour < self.ends - 0.1:
            hours.append(hour)
            hour += throw.uniform(0.6, 2.2)
        hours.append(self.ends - throw.uniform(0.1, 0.3))
        if happens(EVENING_LOOK, *self.about("evening", day)):
            hours.append(throw.uniform(self.ends + 0.3, max(LATEST_LOOK, self.ends + 0.5)))
        return [moment(day, hour, zone) for hour in sorted(hours)]

    def next_looks(self, now: float, zone: str, *, within: int = 40) -> Iterator[float]:
        """The looks after `now`; none of somebody who is away for longer than `within` days."""
        today = local_day(now, zone)
        for ahead in range(within):
            yield from (look for look in self.looks(today + ahead * DAY, zone) if look > now)


@lru_cache(maxsize=20_000)
def _looks(habits: Habits, day: date, zone: str) -> list[float]:
    return habits.looks_at_work(day, zone) if habits.is_working(day) else []


def local_day(now: float, zone: str) -> date:
    return datetime.fromtimestamp(now, ZoneInfo(zone)).date()


def moment(day: date, hour: float, zone: str) -> float:
    """The UTC second at which clocks in `zone` show `hour`, such as 9.5 for half past nine."""
    seconds = min(round(hour * 3600), 24 * 3600 - 1)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC).timestamp()
