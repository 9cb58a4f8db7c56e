"""The sentences that say when a ritual asks, read once more than Muster does: those that people live, and no others."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta

from simulation.trace import Unreadable

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}
CLOCK = r"at (?P<at>\d\d:\d\d)(?: in (?P<zone>\S+))?"
SENTENCES = (
    re.compile(rf"every (?P<all>day|weekday) {CLOCK}"),
    re.compile(rf"every (?P<days>[a-z]{{3}}(?:, [a-z]{{3}})*) {CLOCK}"),
    re.compile(rf"every (?P<weeks>\d+) weeks on (?P<days>[a-z]{{3}}) {CLOCK}"),
    re.compile(rf"every (?P<period>month|quarter) on (?P<number>\d+) {CLOCK}"),
    re.compile(rf"every (?P<period>month|quarter) on (?P<which>first|second|third|last) (?P<days>[a-z]{{3}}) {CLOCK}"),
)
CRON = re.compile(r"cron (?P<minute>\d+) (?P<hour>\d+) (?P<number>\d+|\*) \* (?P<days>[a-z,]+|\*) in (?P<zone>\S+)")
MANUAL = "manual"
WEEK = 7
QUARTER = 3
"""Months, of which the first counts."""


@dataclass(frozen=True)
class When:
    at: time
    zone: str = ""
    """Empty: each person's own."""
    days: tuple[int, ...] = tuple(range(WEEK))
    """0 is Monday."""
    weeks: int = 1
    number: int = 0
    """Of the day in its month; 0 for any."""
    which: int | None = None
    """Of that weekday in its month: 0 is the first, -1 the last."""
    is_quarterly: bool = False
    skips_days_off: bool = False
    """Otherwise who has a day off is asked when they are back."""

    def falls_on(self, day: date, counted_from: date) -> bool:
        """`counted_from`: a day of the week that counts as the first."""
        weeks = (monday(day) - monday(counted_from)).days // WEEK
        return (
            day.weekday() in self.days
            and weeks % self.weeks == 0
            and self.number in (0, day.day)
            and (self.which is None or _is_nth(day, self.which))
            and (not self.is_quarterly or day.month % QUARTER == 1)
        )


def _is_nth(day: date, which: int) -> bool:
    if which >= 0:
        return (day.day - 1) // WEEK == which
    return day.day + WEEK > monthrange(day.year, day.month)[1]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def read_when(sentence: str) -> When | None:
    """None for what is only started by hand."""
    if sentence == MANUAL:
        return None
    if found := CRON.fullmatch(sentence):
        days = () if found["days"] == "*" else _days(found["days"].split(","), sentence)
        number = 0 if found["number"] == "*" else int(found["number"])
        at = time(int(found["hour"]), int(found["minute"]))
        return When(at, found["zone"], days or tuple(range(WEEK)), number=number)
    told = next((match.groupdict() for each in SENTENCES if (match := each.fullmatch(sentence))), None)
    if told is None:
        raise Unreadable(f"the judge does not understand when: {sentence!r}.")
    plain = {"day": tuple(range(WEEK)), "weekday": tuple(range(WEEK - 2))}.get(told.get("all") or "")
    named = _days(told["days"].split(", "), sentence) if told.get("days") else tuple(range(WEEK))
    return When(
        at=time.fromisoformat(str(told["at"])),
        zone=told["zone"] or "",
        days=plain or named,
        weeks=int(told.get("weeks") or 1),
        number=int(told.get("number") or 0),
        which=PLACES.get(told.get("which") or ""),
        is_quarterly=told.get("period") == "quarter",
        skips_days_off=plain is not None,
    )


def _days(names: list[str], sentence: str) -> tuple[int, ...]:
    if unknown := [name for name in names if name not in WEEKDAYS]:
        raise Unreadable(f"the judge does not understand {unknown[0]!r} in when: {sentence!r}.")
    return tuple(WEEKDAYS.index(name) for name in names)
