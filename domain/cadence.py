"""When a ritual happens: a sentence becomes a rule, a rule and a local date become a moment.

Everything is decided on the wall calendar first and turned into UTC last, once per local date and time: a time that
a clock change skips moves on by the length of the gap, a time that happens twice counts the first time, and a
local date that does not exist (Samoa, 30 December 2011) has no moment.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import LAST_YEAR
from domain.people import DAYS
from domain.zones import is_zone

WEEK = 7
LAST_SAFE_DAY = 28
MOST_WEEKS = 52
QUARTER_MONTHS = (1, 4, 7, 10)
NTH = {"first": 0, "second": 1, "third": 2, "last": -1}
HORIZON_DAYS = 2 * 366
MANUAL = "manual"
"""The sentence of what somebody starts by hand; it has no rule."""


@dataclass(frozen=True)
class Cadence:
    """Which local dates, at which wall time. Exactly one of the three groups below is set."""

    at: time
    zone: str | None = None
    """None: each person's own zone."""
    days: frozenset[int] = frozenset()
    """Weekdays, Monday is 0."""
    every_weeks: int = 1
    start: date | None = None
    """For `every N weeks`: a day of a week in which it happens, and the first day that counts."""
    nth: tuple[int, int] | None = None
    """(which, weekday) of the month; which is 0, 1, 2, or -1 for the last."""
    day_of_month: int | None = None
    quarterly: bool = False
    skips_days_off: bool = False
    """`every day` and `every weekday` skip a person's day off; all others move to the next working moment."""


class NotACadence(ValueError):
    """The message says what to write instead."""


_TIME = r"at (?P<at>\d\d:\d\d)(?: in (?P<zone>\S+))?"
_DAY = "|".join(DAYS)
_SENTENCES = [
    re.compile(rf"every (?P<plain>day|weekday) {_TIME}"),
    re.compile(rf"every (?P<days>(?:{_DAY})(?:, ?(?:{_DAY}))*) {_TIME}"),
    re.compile(rf"every (?P<weeks>\d+) weeks on (?P<days>{_DAY}) {_TIME}(?: from (?P<start>\d{{4}}-\d\d-\d\d))?"),
    re.compile(
        rf"every (?P<period>month|quarter) on (?:(?P<which>{'|'.join(NTH)}) (?P<days>{_DAY})|(?P<dom>\d+)) {_TIME}"
    ),
]
_LATER = re.compile(r"cron |on \w+ |after \w+|\d+ days? (before|after) ")


def parse(sentence: str) -> Cadence:
    """Reads a `when` sentence; raises NotACadence."""
    text = " ".join(sentence.split())
    for pattern in _SENTENCES:
        if found := pattern.fullmatch(text):
            return _cadence({name: value for name, value in found.groupdict().items() if value is not None})
    if _LATER.match(text):
        raise NotACadence(
            f'"{text}" is known but not built yet; write a calendar sentence such as "every mon at 09:30"'
        )
    raise NotACadence(
        f'"{text}" is not understood; write for example "every mon at 09:30", "every weekday at 09:30", '
        '"every 2 weeks on tue at 10:00", "every month on last wed at 11:00" or "manual"'
    )


def _cadence(parts: dict[str, str]) -> Cadence:
    common = Cadence(at=_time(parts["at"]), zone=_zone(parts.get("zone")))
    if plain := parts.get("plain"):
        return replace(common, days=frozenset(range(WEEK if plain == "day" else 5)), skips_days_off=True)
    days = frozenset(DAYS.index(day.strip()) for day in parts.get("days", "").split(",") if day)
    if "period" in parts:
        quarterly = parts["period"] == "quarter"
        if "dom" in parts:
            return replace(common, day_of_month=_day_of_month(parts["dom"]), quarterly=quarterly)
        return replace(common, nth=(NTH[parts["which"]], next(iter(days))), quarterly=quarterly)
    start = _date(parts["start"]) if "start" in parts else None
    return replace(common, days=days, every_weeks=_weeks(parts.get("weeks", "1")), start=start)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise NotACadence(f'"{text}" is no time of day; write HH:MM from 00:00 to 23:59') from error


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise NotACadence(f'"{text}" is no date; write it as 2026-01-31') from error
    if found.year > LAST_YEAR:
        raise NotACadence(f"{text} is too far away; write a day up to the year {LAST_YEAR}")
    return found


def _zone(name: str | None) -> str | None:
    if name is not None and not is_zone(name):
        raise NotACadence(f'"{name}" is no time zone; write an IANA name such as Europe/Berlin')
    return name


def _weeks(text: str) -> int:
    if not 1 <= int(text) <= MOST_WEEKS:
        raise NotACadence(f"every {text} weeks is not possible; write 1 to {MOST_WEEKS}")
    return int(text)


def _day_of_month(text: str) -> int:
    if not 1 <= int(text) <= LAST_SAFE_DAY:
        raise NotACadence(f"day {text} is not in every month; write 1 to {LAST_SAFE_DAY}, or for example last fri")
    return int(text)


def falls_on(cadence: Cadence, day: date) -> bool:
    if cadence.day_of_month is not None or cadence.nth is not None:
        if cadence.quarterly and day.month not in QUARTER_MONTHS:
            return False
        return day.day == cadence.day_of_month if cadence.nth is None else _is_nth(day, *cadence.nth)
    if day.weekday() not in cadence.days:
        return False
    if cadence.start is None:
        return True
    return day >= cadence.start and _weeks_between(_first_day(cadence), day) % cadence.every_weeks == 0


def _first_day(cadence: Cadence) -> date:
    """`from` off its day means the first such day after it."""
    start = cadence.start or date.min
    return next(day for day in (start + timedelta(days=n) for n in range(WEEK)) if day.weekday() in cadence.days)


def _weeks_between(one: date, other: date) -> int:
    return ((other - timedelta(days=other.weekday())) - (one - timedelta(days=one.weekday()))).days // WEEK


def _is_nth(day: date, which: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if which == NTH["last"]:
        return (day + timedelta(days=WEEK)).month != day.month
    return (day.day - 1) // WEEK == which


def next_date(cadence: Cadence, *, after: date) -> date | None:
    """The first local date later than `after` on which it happens; None if there is none within two years."""
    days = (after + timedelta(days=n) for n in range(1, HORIZON_DAYS))
    return next((day for day in days if falls_on(cadence, day)), None)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The UTC moment of a wall time on a local date; None if that date does not exist there."""
    found = datetime.combine(day, at, zone).astimezone(UTC)
    if found.astimezone(zone).date() == day:
        return found
    return found if _exists(day, zone) else None


def _exists(day: date, zone: ZoneInfo) -> bool:
    hours = (datetime.combine(day, time(hour), zone) for hour in range(24))
    return any(hour.astimezone(UTC).astimezone(zone).date() == day for hour in hours)
