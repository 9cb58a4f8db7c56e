"""By when something is to be done, as a sentence says it, read in the language it is written in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from briefs.languages import LANGUAGES
from domain.days_said import DAY_SAID, MONTH_SAID, MONTHS, WEEKDAYS, one_day
from domain.due_said import read_action
from domain.people import Person

_ENGLISH = re.compile(
    rf"(?<![\w-])(?:tonight|{DAY_SAID}|(?:in|within)\s(?:\d{{1,3}}|an?|one|two|three|four|five|six)\s(?:(?:working|business)\s)?(?:day|week|month)s?"
    rf"|(?:the\s)?end\sof\s(?:the\s|this\s)?(?:day|next\sweek|week|next\smonth|month|{MONTH_SAID})|eod|eow|eom)(?![\w-])",
    re.IGNORECASE,
)
_BEFORE = 100
"""So many letters before a day tell what it is about."""
_MOST = 5
"""Days of a sentence."""
_ISO = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_JAPANESE = re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_DAY_FIRST = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?(?!\d)")
"""As Germans write it."""
_ENGLISH_DAYS = (*(day.casefold() for day in WEEKDAYS), "today", "tomorrow")


@dataclass(frozen=True)
class Due:
    said: str
    """Word for word."""
    on: date | None = None


def due(text: str, languages: Sequence[str], today: date) -> Due | None:
    """The first day that can mean one day; else the first words that may say one."""
    found = list(_found(text, languages, today))
    return next((each for each in found if each.on), found[0] if found else None)


def _found(text: str, languages: Sequence[str], today: date) -> Iterator[Due]:
    if iso := _ISO.search(text):
        yield Due(iso[0], one_day(iso[0], today))
    for tag in languages:
        if tag == "en":
            yield from _english(text, today)
        else:
            yield from _named(text, tag, today)
        if tag == "de":
            yield from (Due(each[0], _numbers(each, today)) for each in _DAY_FIRST.finditer(text))
        if tag == "ja":
            yield from (Due(each[0], _numbers(each, today)) for each in _JAPANESE.finditer(text))


def _english(text: str, today: date) -> Iterator[Due]:
    """Read with what stands before it, which may make it no date at all."""
    anybody = Person("", "", "")
    for each in islice(_ENGLISH.finditer(text), _MOST):
        if each[0].casefold() == "tonight":
            yield Due(each[0], today)
            continue
        read = read_action(text[max(0, each.start() - _BEFORE) : each.end()], None, anybody, today)
        if read.due:
            yield Due(each[0], read.due)
        elif read.unsure:
            yield Due(each[0])


def _named(text: str, tag: str, today: date) -> Iterator[Due]:
    """ "3. Dezember", "el 3 de diciembre", "bis Freitag"."""
    dates, days, names = _pattern(tag)
    for each in dates.finditer(text):
        yield Due(each[0], one_day(f"{each['day']} {names[each['month'].casefold()]}", today))
    for each in days.finditer(text):
        yield Due(each["said"], one_day(names[each["name"].casefold()], today))


def _numbers(found: re.Match[str], today: date) -> date | None:
    month, day, year = int(found["month"]), int(found["day"]), found.groupdict().get("year")
    if not 1 <= month <= len(MONTHS):
        return None
    return one_day(f"{day} {MONTHS[month - 1]} {year}" if year else f"{day} {MONTHS[month - 1]}", today)


@lru_cache
def _pattern(tag: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    entry = LANGUAGES[tag]
    names = dict(zip(entry.months.split("|"), MONTHS, strict=True))
    names |= {
        name: day for group, day in zip(entry.days.split("|"), _ENGLISH_DAYS, strict=True) for name in group.split("/")
    }
    months = "|".join(map(re.escape, entry.months.split("|")))
    days = "|".join(
        sorted((re.escape(name) for name in names if name not in entry.months.split("|")), key=len, reverse=True)
    )
    by = "|".join(sorted(map(re.escape, entry.by.split("|")), key=len, reverse=True)).replace(r"\ ", r"\s")
    dates = rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|er|º)?\s(?:de\s|d')?(?P<month>{months})(?!\w)"
    before = rf"(?<!\w)(?:{by})\s(?:\w{{1,3}}\s)?(?P<said>(?P<name>{days}))(?!\w)"
    after = rf"(?P<said>(?P<name>{days})){by and f'(?={by})'}"
    return re.compile(dates, re.IGNORECASE), re.compile(after if tag == "ja" else before, re.IGNORECASE), names
