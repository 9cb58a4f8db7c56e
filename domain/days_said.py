"""Days as people say them: "today", "next week", "for 3 days", "until Wednesday", "24-31 Dec Training".

A small grammar that is read whole or not at all; what comes after it is the reason.
"""

import re
from collections.abc import Mapping
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
BEGUN = timedelta(days=31)
"""Days that began longer ago are rather those of another year."""
DAY = timedelta(days=1)
WEEK = 7

WEEKDAY_SAID = "|".join([*WEEKDAYS, "tues", "thurs", *(each[:SHORT] for each in WEEKDAYS)])
MONTH_SAID = "|".join([*MONTHS, "sept", *(each[:SHORT] for each in MONTHS)])
_NUMBER = r"(?:the\s)?\d{1,2}(?:st|nd|rd|th|\.)?"
_YEAR = r"(?:,?\s\d{4})?"
_DAY_FIRST, _MONTH_FIRST = rf"{_NUMBER}\s(?:of\s)?(?:{MONTH_SAID})", rf"(?:{MONTH_SAID})\s{_NUMBER}"
_DATE = rf"(?:\d{{4}}-\d\d-\d\d|(?:{_DAY_FIRST}|{_MONTH_FIRST}){_YEAR})"
DAY_SAID = rf"(?:today|tomorrow|(?:next\s|this\s)?(?:{WEEKDAY_SAID})|{_DATE})"
"""One day; with its spaces made single."""
_TO = r"(?:until|till|to|through|-)"
_BETWEEN = rf"(?:\s{_TO}\s|\s?(?:-|\u2013|\u2014|\.\.)\s?)"
"""The signs also stand without spaces."""
_FOR = r"for\s"
COUNT_SAID = "|".join([r"\d{1,3}", "an", "one", *NUMBERS])
_SPAN = rf"{_FOR}(?P<count>{COUNT_SAID})\s(?P<unit>day|week)s?"
_FORMS = (
    rf"{_SPAN}\sfrom\s(?P<first>{DAY_SAID})",
    _SPAN,
    rf"(?:from\s|on\s)?(?P<first>{DAY_SAID}){_BETWEEN}(?P<last>{DAY_SAID})",
    rf"(?:from\s|on\s)?(?P<first>{_NUMBER}){_BETWEEN}(?P<last>{_DAY_FIRST}{_YEAR})",
    rf"(?:from\s|on\s)?(?P<first>{_MONTH_FIRST}){_BETWEEN}(?P<last>{_NUMBER}{_YEAR})",
    r"(?P<week>next|this)\sweek",
    rf"(?:from\s|on\s)?(?P<first>{DAY_SAID})\s{_SPAN}",
    r"(?P<first>\d{4}-\d\d-\d\d)\s(?P<last>\d{4}-\d\d-\d\d)",
    rf"{_TO}\s(?P<last>{DAY_SAID})",
    rf"(?:on\s)?(?P<first>{DAY_SAID})",
)
_READ = [re.compile(rf"(?:{each})(?![\w-])", re.IGNORECASE) for each in _FORMS]
_AROUND_REASON = " ,;:.-\N{EN DASH}\N{EM DASH}"
_GOES_ON = (
    frozenset(["after", "and", "at", "before", "beginning", "but", "by", "each", "every", "except", "excluding", "for"])
    | frozenset(["from", "in", "next", "on", "only", "or", "plus", "since", "starting", "then", "this", "through"])
    | frozenset(["till", "to", "until", "week", "weeks", "without"])
)
"""With one of these it is not a reason that follows, but more of the days."""
_AND = ("&", "+", "/")
_PART = r"(?:afternoon|am|evening|half|lunch|midday|morning|night|noon|pm)s?"
"""Less than a day."""
_BEGINS_A_REASON = frozenset({"at", "for", "in", "on"})
"""After both days: "at a conference", "on leave"; but not "on Tuesday"."""
_BEFORE = re.compile(rf"(?:(?:{'|'.join(sorted(_BEGINS_A_REASON))}|not|the)\s)+", re.IGNORECASE)
_MORE = re.compile(rf"(?:\d|(?:{DAY_SAID}|{_SPAN.removeprefix(_FOR)}|{_PART})(?![\w-]))", re.IGNORECASE)


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
        days = _days(_parts(found), person, today) if found else None
        if found and days:
            rest = said[found.end() :].strip(_AROUND_REASON)
            reason = rest[1:-1] if rest[:1] + rest[-1:] == "()" else rest
            both = "week" in _parts(found) or {"first", "last"} <= _parts(found).keys()
            is_sure = _is_sure(_parts(found), today) and not _is_same_weekday(_parts(found), *days)
            return Said(*days, reason, is_whole=is_sure and not _goes_on(reason, both=both))
    return None


def one_day(said: str, today: date) -> date | None:
    """The day that these words alone say; None if they say none, or perhaps one of two."""
    word = said.casefold()
    day = _day(word, today, today + DAY, today) if re.fullmatch(DAY_SAID, word) else None
    is_sure = _is_sure({"first": word}, today) and _weekday(word, today) != today
    return day if is_sure else None


def _parts(found: re.Match[str]) -> dict[str, str]:
    """What was said, in small letters; both days with their month and year."""
    parts = {name: part.casefold() for name, part in found.groupdict().items() if part}
    first, last = parts.get("first", ""), parts.get("last", "")
    if re.fullmatch(_NUMBER, first):
        parts["first"] = f"{first}{re.sub(_NUMBER, '', last, count=1)}"
    elif last and (alone := re.fullmatch(rf"({_NUMBER})({_YEAR})", last)):
        month = re.findall(MONTH_SAID, first)[0]
        parts |= {"first": f"{first}{alone[2]}", "last": f"{month} {alone[1]}{alone[2]}"}
    return parts


def _goes_on(rest: str, *, both: bool) -> bool:
    word = re.split(r"\W", rest.casefold(), maxsplit=1)[0]
    is_more = word in (_GOES_ON - _BEGINS_A_REASON if both else _GOES_ON)
    return is_more or rest[:1] in _AND or _MORE.match(_BEFORE.sub("", rest, count=1)) is not None


def _is_sure(parts: Mapping[str, str], today: date) -> bool:
    """ "Next Friday" is one of two, unless the first to come is next week."""
    said = (parts.get(name, "") for name in ("first", "last"))
    named = [each.removeprefix("next ") for each in said if each.startswith("next ")]
    return all(_weekday(each, today + DAY) == _weekday(each, _next_week(today)) for each in named)


def _is_same_weekday(parts: Mapping[str, str], first: date, last: date) -> bool:
    """ "Monday to Monday" is rather a week than a day."""
    return first == last and re.fullmatch(rf"(?:next\s|this\s)?(?:{WEEKDAY_SAID})", parts.get("last", "")) is not None


def _days(parts: Mapping[str, str], person: Person, today: date) -> tuple[date, date] | None:
    if week := parts.get("week"):
        begins = today if week == "this" else _next_week(today)
        return begins, begins + timedelta(days=WEEK - 1 - begins.weekday())
    first_said, last_said = parts.get("first"), parts.get("last")
    first = _day(first_said, today, today + DAY, today) if first_said else today
    if count := parts.get("count"):
        last = last_of(person, first, count_said(count), is_weeks=parts["unit"] == "week") if first else None
    elif last_said:
        after = first if first and first_said else None
        last = _day(last_said, today, after or today + DAY, after or today)
    else:
        last = first
    if first is None and last and first_said and last_said:
        first = _begun(first_said, last, today)
    return (first, last) if first and last and first <= last else None


def _begun(said: str, last: date, today: date) -> date | None:
    """The first day of some that began not long ago."""
    if not re.fullmatch(f"{_DAY_FIRST}|{_MONTH_FIRST}", said):
        return None
    found = (_date(f"{said} {year}", today) for year in (last.year, last.year - 1))
    return next((day for day in found if day and today - BEGUN <= day <= last), None)


def _next_week(today: date) -> date:
    return today + timedelta(days=WEEK - today.weekday())


def _day(text: str, today: date, weekday_from: date, date_from: date) -> date | None:
    """A weekday, or a date without its year, is the next one from that day on."""
    if text in ("today", "tomorrow"):
        return today + DAY * (text == "tomorrow")
    which, _, name = text.rpartition(" ")
    if which == "next":
        return _weekday(name, _next_week(today))
    found = _weekday(name, weekday_from)
    if which == "this" and found:
        return found if found < _next_week(today) else None
    return found or _date(text, date_from)


def _weekday(word: str, since: date) -> date | None:
    found = (number for number, name in enumerate(WEEKDAYS) if name.startswith(word))
    return next((since + timedelta(days=(number - since.weekday()) % WEEK) for number in found), None)


def _date(word: str, today: date) -> date | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return _valid(*map(int, word.split("-")))
    number = int(re.findall(r"\b\d{1,2}(?!\d)", word)[0])
    name = re.findall(MONTH_SAID, word)[0]
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


def count_said(text: str) -> int:
    word = text.casefold()
    return int(word) if word.isdigit() else 1 if word in ("an", "one") else NUMBERS.index(word) + 1


def last_of(person: Person, first: date, count: int, *, is_weeks: bool) -> date | None:
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
