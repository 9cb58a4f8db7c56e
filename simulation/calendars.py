"""The calendars that some people let Muster follow: as they stand at the beginning, and as they are changed."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random

from simulation.feeds import feed, times, whole_days
from simulation.plan import Member
from simulation.tokens import token
from simulation.trace import Json

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def kept(seed: int, begins: date) -> tuple[str, str]:
    """One is away on the first Monday; the other on the first two days, and on the Monday after that."""
    chance, monday = _dice(seed), begins + timedelta(days=7 - begins.weekday())
    meets = times(monday + DAY, time(9, 30), time(11), f"Dentist {token(chance)}")
    free = whole_days(monday + 2 * DAY, monday + 4 * DAY, f"Fair in town {token(chance)}", is_free=True)
    off = whole_days(monday, monday, f"Moving house {token(chance)}")
    clinic = whole_days(monday, monday + DAY, f"Clinic {token(chance)}")
    return feed(off, meets, free), feed(clinic, _offsite(monday + WEEK, chance))


def changed(seed: int, team: list[Member], monday: date) -> Iterator[Json]:
    """In the first week: one is away on the next Monday too, the other is not after all."""
    chance = _dice(seed + 1)
    texts = feed(_offsite(monday + WEEK, chance)), feed(whole_days(monday, monday + DAY, f"Clinic {token(chance)}"))
    for member, text in zip((each for each in reversed(team) if each.calendar), texts, strict=False):
        yield {"when": "thu 13:15", "weeks": [1], "who": member.name, "elsewhere": {member.calendar_name: text}}


def _offsite(day: date, chance: Random) -> str:
    """All working hours of a day."""
    return times(day, time(6), time(21), f"Offsite {token(chance)}")


def _dice(seed: int) -> Random:
    return Random(f"calendars {seed}")  # noqa: S311 # No secret hangs on it.
