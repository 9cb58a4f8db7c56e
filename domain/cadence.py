"""When a ritual happens: a sentence becomes a rule, a rule and a local date become a moment.

Everything is decided on the wall calendar first and turned into UTC last, once per local date and time: a time that
a clock change skips moves on by the length of the gap, a time that happens twice counts the first time, and a
local date that does not exist (Samoa, 30 December 2011) has no moment.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import LAST_YEAR
from domain.people import DAYS
from domain.zones import is_zone

WEEK = 7
LAST_SAFE_DAY = 28
LONGEST_MONTH = 31
MOST_WEEKS = 52
QUARTER_MONTHS = frozenset({1, 4, 7, 10})
NTH = {"first": 0, "second": 1, "third": 2, "last": -1}
HORIZON_DAYS = 2 * 366
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORKDAYS = frozenset(range(5))
CRON = "cron MIN HOUR DOM MONTH DOW in ZONE"
CRON_EXAMPLE = "cron 30 9 * * mon-fri in Europe/London"
MANUAL = "manual"
"""The sentence of what somebody starts by hand; it has no rule."""


@dataclass(frozen=True)
class Cadence:
    """Which local dates, at which wall time. Exactly one of `days`, `nth` and `days_of_month` is set."""

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
    days_of_month: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    """January is 1; empty means all."""
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
_CRON = re.compile(r"cron (?P<minute>\S+) (?P<hour>\S+) (?P<dom>\S+) (?P<month>\S+) (?P<dow>\S+) in (?P<zone>\S+)")
_SINGLE = re.compile(r"(?:on )?\d{4}-\d\d-\d\d\b")
_EVENT = re.compile(r"(?:on|after) \w+|\d+ days? (?:before|after) ")


def parse(sentence: str) -> Cadence:
    """Reads a `when` sentence; raises NotACadence."""
    text = " ".join(sentence.split())
    for pattern in _SENTENCES:
        if found := pattern.fullmatch(text):
            return _cadence({name: value for name, value in found.groupdict().items() if value is not None})
    if found := _CRON.fullmatch(text):
        return _cron(found.groupdict())
    if text == "cron" or text.startswith("cron "):
        raise NotACadence(f'a cron line is "{CRON}", the zone included; write for example "{CRON_EXAMPLE}"')
    if _SINGLE.match(text):
        raise NotACadence(
            f'"{text}" is a single date, and a ritual comes back; write for example "every mon at 09:30" or '
            '"every month on 15 at 09:30", or "manual", and start it yourself on that day'
        )
    if _EVENT.match(text):
        raise NotACadence(
            f'"{text}" waits for something to happen, which Muster cannot do yet; write a calendar sentence such as '
            '"every mon at 09:30", or "manual"'
        )
    raise NotACadence(
        f'"{text}" is not understood; write for example "every mon at 09:30", "every weekday at 09:30", '
        '"every 2 weeks on tue at 10:00", "every month on last wed at 11:00" or "manual"'
    )


def _cadence(parts: dict[str, str]) -> Cadence:
    common = Cadence(at=_time(parts["at"]), zone=_zone(parts.get("zone")))
    if plain := parts.get("plain"):
        return replace(common, days=frozenset(range(WEEK)) if plain == "day" else WORKDAYS, skips_days_off=True)
    days = frozenset(DAYS.index(day.strip()) for day in parts.get("days", "").split(",") if day)
    if "period" in parts:
        common = replace(common, months=QUARTER_MONTHS if parts["period"] == "quarter" else frozenset())
        if "dom" in parts:
            return replace(common, days_of_month=frozenset({_day_of_month(parts["dom"])}))
        return replace(common, nth=(NTH[parts["which"]], next(iter(days))))
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


def _cron(parts: dict[str, str]) -> Cadence:
    """Its days are those of the calendar in its zone; several times a day would be several rituals."""
    at = time(_once(parts["hour"], "hour", 23), _once(parts["minute"], "minute", 59))
    common = Cadence(at=at, zone=_zone(parts["zone"]), months=_some(parts["month"], "month", MONTHS, 1, len(MONTHS)))
    weekdays = _some(parts["dow"], "weekday", DAYS, 0, 0)
    month_days = _some(parts["dom"], "day of the month", (), 1, LONGEST_MONTH)
    if weekdays and month_days:
        raise NotACadence("a cron line names days of the month or weekdays, not both; write * for one of them")
    if not month_days:
        days = weekdays or frozenset(range(WEEK))
        is_daily = not common.months and days in (WORKDAYS, frozenset(range(WEEK)))
        return replace(common, days=days, skips_days_off=is_daily)
    if min(month_days) > max(_length(month) for month in common.months or range(1, 13)):
        raise NotACadence("that day is not in every year; write an earlier day of the month")
    return replace(common, days_of_month=month_days)


def _length(month: int) -> int:
    """Days it has in every year."""
    return monthrange(2025, month)[1]


def _once(text: str, what: str, last: int) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise NotACadence(f'"{text}" is not one {what}; a ritual asks once a day, so write one number')
    return _number(text, what, 0, last)


def _some(text: str, what: str, names: tuple[str, ...], first: int, last: int) -> frozenset[int]:
    """Numbers or names, ranges of them, or several with commas; empty for *."""
    if text == "*":
        return frozenset()
    found: set[int] = set()
    for part in text.split(","):
        ends = [_named(end, what, names, first, last) for end in part.split("-", 1)]
        if ends[0] > ends[-1]:
            raise NotACadence(f'"{part}" runs backwards; write two ranges with a comma between them')
        found.update(range(ends[0], ends[-1] + 1))
    return frozenset(found)


def _named(text: str, what: str, names: tuple[str, ...], first: int, last: int) -> int:
    if text in names:
        return names.index(text) + first
    if text.isascii() and text.isdecimal() and last:
        return _number(text, what, first, last)
    instead = f"{names[0]} to {names[-1]}" if names else f"a number from {first} to {last}"
    raise NotACadence(f'"{text}" is no {what} of a cron line; write {instead}, or *')


def _number(text: str, what: str, first: int, last: int) -> int:
    if not first <= int(text) <= last:
        raise NotACadence(f"{what} {text} does not exist; write a number from {first} to {last}")
    return int(text)


def falls_on(cadence: Cadence, day: date) -> bool:
    if cadence.months and day.month not in cadence.months:
        return False
    if cadence.nth is not None:
        return _is_nth(day, *cadence.nth)
    if cadence.days_of_month:
        return day.day in cadence.days_of_month
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
