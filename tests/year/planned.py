"""When digests are to come in the year, to whom, and about what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.year.diary import Diary
from tests.year.runs import GRACE, is_away, woken
from tests.year.team import BEGIN, DAY, HUMANS, WEEK, Human

EIGHT = time(8)
READERS = {"UMIRA": "team", "UHANA": "channels", "UTESS": "team", "UXENIA": "exec"}
EVERY = {"UTESS": 2}
STANDS_IN = {"UMIRA": "UZOE"}


@dataclass(frozen=True)
class Planned:
    at: datetime
    reader: Human
    about: Human
    last: date
    weeks: int
    shape: str
    is_late: bool

    @property
    def first(self) -> date:
        return self.last + DAY - self.weeks * WEEK

    @property
    def start(self) -> datetime:
        return self.reader.moment(self.first, time())

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.reader.moment(self.last + DAY, time())


def planned(log: Diary, until: datetime) -> list[Planned]:
    found = [each for reader in READERS for each in _of(log, reader)]
    return sorted((each for each in found if each.at < until), key=lambda each: (each.at, each.reader.id))


def _of(log: Diary, person: str) -> Iterator[Planned]:
    human, weeks = HUMANS[person], EVERY.get(person, 1)
    for number in range(weeks - 1, 53, weeks):
        monday = BEGIN.date() + timedelta(days=2) + number * WEEK
        days = [monday + n * DAY for n in range(5)]
        here = [day for day in days if not is_away(log, person, day, human.moment(day, EIGHT))]
        yield _planned(log, human, human, (here or days)[0], monday=monday, weeks=weeks)
        delegate = HUMANS.get(STANDS_IN.get(person, ""))
        if delegate and is_away(log, person, monday, human.moment(monday, EIGHT)):
            yield _planned(log, delegate, human, monday, monday=monday, weeks=weeks)


def _planned(log: Diary, reader: Human, about: Human, day: date, *, monday: date, weeks: int) -> Planned:
    due = reader.moment(day, EIGHT)
    at = woken(log, due)
    return Planned(at, reader, about, monday - DAY, weeks, READERS[about.id], at - due > GRACE)
