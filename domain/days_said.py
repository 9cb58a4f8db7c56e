"""Days as people say them: "today", "for 3 days", "until Wednesday", "from 2 Dec to 5 Dec Training".

A small grammar that is read whole or not at all; what comes after it is the reason.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.people import Person

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SHORT = 3
"""Letters of "wed" and "dec"."""
MOST_DAYS = 366
AHEAD = timedelta(days=300)
"""A day without its year that is further away is rather one that has passed."""
DAY = timedelta(days=1)
WEEK = 7

_WEEKDAY = "|".join([*WEEKDAYS, "tues", "thurs", *(each[:SHORT] for each in WEEKDAYS)])
_MONTH = "|".join([*MONTHS, "sept", *(each[:SHORT] for each in MONTHS)])
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:{_MONTH})(?:\s\d{{4}})?|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
)
_DAY = rf"(?:today|tomorrow|{_WEEKDAY}|\d{{4}}-\d\d-\d\d|{_DATE})"
_TO = r"(?:until|till|to|through|-)"
_BETWEEN = rf"(?:\s{_TO}\s|\s?(?:-|\u2013|\.\.)\s?)"
"""The signs also stand without spaces."""
_SPAN = rf"for\s(?P<count>\d{{1,3}}|{'|'.join(['an', 'one', *NUMBERS])})\s(?P<unit>day|week)s?"
_FORMS = (
    rf"{_SPAN}\sfrom\s(?P<first>{_DAY})",
    _SPAN,
    rf"(?:from\s|on\s)?(?P<first>{_DAY}){_BETWEEN}(?P<last>{_DAY})",
    rf"(?:from\s|on\s)?(?P<first>{_DAY})\s{_SPAN}",
    r"(?P<first>\d{4}-\d\d-\d\d)\s(?P<last>\d{4}-\d\d-\d\d)",
    rf"{_TO}\s(?P<last>{_DAY})",
    rf"(?:on\s)?(?P<first>{_DAY})",
)
_READ = [re.compile(rf"(?:{each})(?![\w-])", re.IGNORECASE) for each in _FORMS]
_AROUND_REASON = " ,;:.-\N{EN DASH}"
_GOES_ON = frozenset(
    {"and", "at", "before", "by", "for", "from", "in", "next", "on", "or", "since", "through", "till", "to", "until"}
)
"""With one of these it is not a reason that follows, but more of the days."""
_BEGINS_A_REASON = frozenset({"at", "for", "in", "on"})
"""After both days: "at a conference", "on leave"."""


@dataclass(frozen=True)
class Said:
    first: date
    last: date
    reason: str = ""
    is_whole: bool = True
    """False: more was said of the days than is understood."""


def read_days(text: str, person: Person, today: date) -> Said | None:
    """Both days included; None if the text begins with no days. A span counts the days that the person works; a weekday
    is one to come. `today` is on their calendar."""
    said = " ".join(text.split())
    for pattern in _READ:
        found = pattern.match(said)
        days = _days(found, person, today) if found else None
        if found and days:
            rest = said[found.end() :].strip(_AROUND_REASON)
            reason = rest[1:-1] if rest[:1] + rest[-1:] == "()" else rest
            are_both_said = {"first", "last"} <= {name for name, part in found.groupdict().items() if part}
            return Said(*days, reason, is_whole=not _goes_on(reason, are_both_said=are_both_said))
    return None


def _goes_on(rest: str, *, are_both_said: bool) -> bool:
    word = rest.partition(" ")[0].casefold()
    return word in (_GOES_ON - _BEGINS_A_REASON if are_both_said else _GOES_ON) or word[:1].isdigit()


def _days(found: re.Match[str], person: Person, today: date) -> tuple[date, date] | None:
    parts = found.groupdict()
    first = _day(parts["first"], today, today + DAY) if parts.get("first") else today
    if first is None:
        return None
    if parts.get("count"):
        last = _after(person, first, _count(parts["count"]), is_weeks=parts["unit"].casefold() == "week")
        return (first, last) if last else None
    if parts.get("last"):
        other = _day(parts["last"], today, first if parts.get("first") else today + DAY)
        return (first, other) if other else None
    return first, first


def _day(text: str, today: date, weekday_from: date) -> date | None:
    """A weekday is the next one from `weekday_from` on, a date without its year the next one from today on."""
    word = text.casefold()
    if word in ("today", "tomorrow"):
        return today + DAY * (word == "tomorrow")
    for number, name in enumerate(WEEKDAYS):
        if name.startswith(word):
            return weekday_from + timedelta(days=(number - weekday_from.weekday()) % WEEK)
    return _date(word, today)


def _date(word: str, today: date) -> date | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return _valid(*map(int, word.split("-")))
    number = int(re.findall(r"\b\d{1,2}(?!\d)", word)[0])
    name = re.findall(r"[a-z]{3,}", word)[0]
    month = next(place for place, each in enumerate(MONTHS, 1) if each.startswith(name[:SHORT]))
    if year := re.search(r"\d{4}", word):
        return _valid(int(year[0]), month, number)
    coming = (_valid(year, month, number) for year in (today.year, today.year + 1))
    return next((day for day in coming if day and today <= day <= today + AHEAD), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(text: str) -> int:
    word = text.casefold()
    return int(word) if word.isdigit() else 1 if word in ("an", "one") else NUMBERS.index(word) + 1


def _after(person: Person, first: date, count: int, *, is_weeks: bool) -> date | None:
    """The last of so many weeks, or of so many days that the person works; None if that is none or too many."""
    if is_weeks:
        return first + timedelta(days=WEEK * count - 1) if 0 < count <= MOST_DAYS // WEEK else None
    day = first
    if count < 1:
        return None
    for _ in range(MOST_DAYS):
        count -= not person.is_off(day)
        if not count:
            return day
        day += DAY
    return None
