"""What follows `/action`: what is to be done, by whom and by when: "@ben Send the report to legal by 3 Dec".

Only what can mean one thing is taken out of the words; the reading of days is that of `days_said`.
"""

import re
from calendar import day_name, month_name, monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from domain.days_said import COUNT_SAID, DAY, DAY_SAID, MONTH_SAID, WEEK, WEEKDAY_SAID, count_said, last_of, one_day
from domain.people import Person

MONTHS_A_YEAR = 12
_SHORT_FOR = {"eod": "end of day", "eow": "end of week", "eom": "end of month"}
_UNIT = r"(?:working\s|business\s)?day|week|month"
_WHEN = (
    rf"(?:(?P<weekday>{WEEKDAY_SAID}),?\s)?(?P<day>{DAY_SAID})",
    rf"(?:in|within)\s(?P<count>{COUNT_SAID})\s(?P<unit>{_UNIT})s?",
    rf"(?:the\s)?end\sof\s(?:the\s|this\s)?(?P<end>day|week|month|next\sweek|next\smonth|{MONTH_SAID})",
    rf"(?P<short>{'|'.join(_SHORT_FOR)})",
    r"(?P<whole>this|next)\sweek",
)
_BY = r"(?:due(?:\s(?:by|on))?|by|(?:no|not)\slater\sthan):?\s"
_SAID = re.compile(
    rf"(?P<what>.*?)(?P<words>(?<!\S)\(?(?P<by>{_BY})?(?P<on>on\s)?(?:{'|'.join(_WHEN)}))[\s.,;:!?)]*", re.IGNORECASE
)
_AROUND = " ,;:-(\N{EN DASH}\N{EM DASH}"
_OR = frozenset({"and", "or"})
_BEFORE_ANOTHER = (
    _OR
    | frozenset(
        ["a", "about", "after", "an", "around", "at", "before", "beginning", "between", "black", "early", "each"]
    )
    | frozenset(["easter", "end", "every", "except", "first", "for", "from", "good", "last", "late", "like", "mid"])
    | frozenset(["middle", "not", "of", "other", "past", "second", "since", "start", "than", "that", "the", "through"])
    | frozenset(["till", "to", "until", "via", "with"])
)
"""A day after one of these is rather part of what is to be done: "the notes of Monday"."""
_WORDS_TOO = frozenset({"sat", "sun", "wed"})
_ENDS_WITH_DAY = re.compile(rf"(?:(?<!\w)(?:{DAY_SAID})[\s,&/+-]*|\d\s?[-\u2013\u2014]\s?)$", re.IGNORECASE)
"""Before the day there is another: "Mon - Fri", "24 - 31 Dec"."""
_LEAST_WORDS = 2
"""With one word alone, as in "Plan next week", the days may be what it is about."""
_TIME = (
    rf"(?:{DAY_SAID}|{MONTH_SAID}|{WEEKDAY_SAID}|\d{{1,2}}[./-]\d{{1,4}}|\d{{4}}-\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)|yesterday|noon"
    r"|midnight|q[1-4]|eod|eow|eom|eoy|\d{1,2}(?::\d\d)?\s?(?:am|pm)|spring|summer|autumn|winter|christmas|easter"
    r"|(?:(?:the|end|of|early|late|mid|next|this)[\s-])+(?:morning|evening|weekend|week|month|quarter|year))"
)
_PERHAPS = re.compile(
    r".*(?<!\S)(?P<words>(?:by|due|before|until|till)\s(?:(?:by|on|the|about|around|end|of|early|late|mid)[\s-])*?"
    rf"{_TIME}s?(?!\w).{{0,30}})",
    re.IGNORECASE,
)
"""Words that may well say a day, but not as it is read here."""
_NOT_AN_OWNER = _OR | frozenset({"about", "at", "by", "cc", "for", "from", "like", "of", "than", "to", "via", "with"})
"""Whoever is named after one of these is rather part of what is to be done: "Talk to @ben"."""


@dataclass(frozen=True)
class Mention:
    person_id: str
    text: str
    """As it stands among the words: "@ben.okafor"."""


@dataclass(frozen=True)
class DueSaid:
    what: str
    due: date | None = None
    unsure: str = ""
    """Words that may say a day, and may mean another: they stay in `what`."""


def owner_said(text: str, mentions: Collection[Mention]) -> Mention | None:
    """Who is named as the owner: the first who is not named as a part of what is to be done."""
    for mention in mentions:
        before = text.partition(mention.text)[0].split()
        if not before or before[-1].casefold() not in _NOT_AN_OWNER:
            return mention
    return None


def read_action(text: str, mention: Mention | None, owner: Person, today: date) -> DueSaid:
    """`mention`: the owner's, taken out where it begins or ends the words. `today` is on the owner's calendar."""
    said = _without(" ".join(text.split()), mention)
    found = _SAID.fullmatch(said)
    if found is None:
        perhaps = _PERHAPS.match(said)
        return DueSaid(said, unsure=perhaps["words"].strip() if perhaps else "")
    if _is_a_title(found):
        return DueSaid(said)
    due = _due(found, owner, today) if _is_sure(found) else None
    if due is None or due < today:
        return DueSaid(said, unsure=found["words"].lstrip("("))
    return DueSaid(_without(found["what"].rstrip(_AROUND), mention), due)


def _without(text: str, mention: Mention | None) -> str:
    if mention is None:
        return text
    name = re.escape(mention.text)
    first = re.sub(rf"^{name}[\s,:;-]+(?!(?:and|or)\b|[&+@])", "", text)
    return re.sub(rf"[\s,(-]+{name}[\s.)]*$|^{name}$", "", first) if first == text else first


def _is_a_title(found: re.Match[str]) -> bool:
    """ "Where the data sat" says no day."""
    return not found["by"] and not found["on"] and (found["day"] or "").casefold() in _WORDS_TOO


def _is_sure(found: re.Match[str]) -> bool:
    before = found["what"].rstrip(_AROUND).split()
    if not before:
        return True
    last = before[-1].casefold()
    if found["by"]:
        return last not in _OR and not found["whole"]  # Is "by next week" its first day or its last?
    if last in _BEFORE_ANOTHER or last.endswith(("'s", "\u2019s")) or _ENDS_WITH_DAY.search(found["what"]):
        return False
    return found["count"] is not None or (len(before) >= _LEAST_WORDS and not _PERHAPS.match(found["what"]))


def _due(found: re.Match[str], owner: Person, today: date) -> date | None:
    if said := found["day"]:
        return _named(said, found["weekday"], today)
    if count := found["count"]:
        return _ahead(count_said(count), found["unit"].casefold(), owner, today)
    if which := found["whole"]:
        return _end("week" if which.casefold() == "this" else "next week", owner, today)
    end = _SHORT_FOR[found["short"].casefold()].removeprefix("end of ") if found["short"] else found["end"].casefold()
    return _end(end, owner, today)


def _named(said: str, weekday: str | None, today: date) -> date | None:
    """ "Thu 3 Dec" is none if that is no Thursday."""
    day = one_day(said, today)
    return day if day and (not weekday or day_name[day.weekday()].casefold().startswith(weekday.casefold())) else None


def _ahead(count: int, unit: str, owner: Person, today: date) -> date | None:
    """As said, so that only working days leave any out."""
    if unit == "month":
        return _months_ahead(today, count)
    if unit in ("day", "week"):
        return today + timedelta(days=count * (WEEK if unit == "week" else 1)) if count else None
    return last_of(owner, today + DAY, count, is_weeks=False)


def _months_ahead(today: date, count: int) -> date | None:
    """The same day of that month, or its last."""
    year, month = divmod(today.year * MONTHS_A_YEAR + today.month - 1 + count, MONTHS_A_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(today.day, last)) if count else None


def _end(of: str, owner: Person, today: date) -> date | None:
    """The last working day of it that is not over; None if there is none."""
    if of == "day":
        return today
    if of.endswith("week"):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=WEEK * of.startswith("next"))
        return _last_working(owner, max(monday, today), monday + timedelta(days=WEEK - 1))
    named = {"month": today.replace(day=1), "next month": _months_ahead(today.replace(day=1), 1)}
    first = named[of] if of in named else one_day(f"{of} 1", today)
    if of not in named and month_name[today.month].casefold().startswith(of):
        first = today.replace(day=1)
    if first is None:
        return None
    return _last_working(owner, max(first, today), first.replace(day=monthrange(first.year, first.month)[1]))


def _last_working(owner: Person, first: date, last: date) -> date | None:
    days = (last - timedelta(days=each) for each in range((last - first).days + 1))
    return next((day for day in days if not owner.is_off(day)), None)
