"""People: function, role, zone, working hours, days off, absences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.regions import is_holiday
from domain.zones import zone

FUNCTIONS = (
    "research",
    "ml",
    "mlops",
    "engineering",
    "product",
    "design",
    "support",
    "annotation",
    "legal",
    "gtm",
    "analytics",
    "users",
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EN_DASH = "\N{EN DASH}"
HOURS = re.compile(r"(?P<days>[a-z,-]+) (?P<start>\d{1,2}(?::\d\d)?)-(?P<end>\d{1,2}(?::\d\d)?)")
HOURS_FIRST = re.compile(r"(?P<start>\d{1,2}(?::\d\d)?)-(?P<end>\d{1,2}(?::\d\d)?) (?P<days>[a-z,-]+)")
NOON = time(12)
SPAN = re.compile(r"(\d{1,2}(?::\d\d)?)-(\d{1,2}(?::\d\d)?)")


class Role(StrEnum):
    CONTRIBUTOR = "contributor"
    LEAD = "lead"
    MANAGER = "manager"
    EXEC = "exec"


GONE = "somebody who left"
ERASED = "UERASED"
"""How the ids begin that stand in records for those who were erased; none of Slack's does."""
ERASED_NAME = "somebody erased"
LEADING = frozenset({Role.LEAD, Role.MANAGER, Role.EXEC})


@dataclass(frozen=True)
class Hours:
    """Working hours on the person's own clock; half-open, so `end` itself is no longer working time."""

    start: time = time(9)
    end: time = time(17, 30)
    days: frozenset[int] = frozenset(range(5))
    """Weekdays, Monday is 0."""

    def __str__(self) -> str:
        return f"{days_text(self.days)} {self.start:%H:%M}-{self.end:%H:%M}"


def days_text(days: frozenset[int]) -> str:
    """`mon-fri` for a run of days, else `mon,wed`."""
    ordered = sorted(days)
    if len(ordered) > 1 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{DAYS[ordered[0]]}-{DAYS[ordered[-1]]}"
    return ",".join(DAYS[day] for day in ordered)


@lru_cache(maxsize=256)
def parse_hours(text: str) -> Hours | None:
    """None if the text is not of that form, or the end does not come after the begin."""
    hours = read_hours(text)
    return hours if hours and hours.start < hours.end else None


def read_hours(text: str) -> Hours | None:
    """`mon-fri 09:00-17:30`, also `sun-thu 8-16:30`, `mon, wed 9-17` or `9-5 mon-fri`; the end may come before the
    begin."""
    said = re.sub(r"\s*([-,])\s*", r"\1", text.strip().lower().replace(EN_DASH, "-"))
    found = HOURS.fullmatch(said) or HOURS_FIRST.fullmatch(said)
    if found is None:
        return None
    try:
        start, end = _time(found["start"]), _time(found["end"])
        if end < start < NOON:
            end = end.replace(hour=end.hour + NOON.hour)
        return Hours(start, end, _days(found["days"]))
    except ValueError:
        return None


def _time(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute or 0))


def _days(text: str) -> frozenset[int]:
    """`fri-mon` goes over the weekend."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        found.update((begin + step) % len(DAYS) for step in range((end - begin) % len(DAYS) + 1))
    return frozenset(found)


@dataclass(frozen=True)
class Span:
    """A part of every day on the person's own clock; half-open. It goes over midnight if it ends before it begins."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@lru_cache(maxsize=256)
def parse_span(text: str) -> Span | None:
    """`12:00-13:00`, also `17-10:30`; None if the text is not of that form, or the span would be empty."""
    found = SPAN.fullmatch(re.sub(r"\s*-\s*", "-", text.strip().replace(EN_DASH, "-")))
    try:
        span = Span(_time(found[1]), _time(found[2])) if found else None
    except ValueError:
        return None
    return span if span and span.start != span.end else None


class Nudges(StrEnum):
    """How often Muster reminds somebody in a day, at most."""

    STANDARD = "standard"
    LIGHT = "light"
    NONE = "none"

    @property
    def a_day(self) -> int:
        return {Nudges.STANDARD: 3, Nudges.LIGHT: 1, Nudges.NONE: 0}[self]


class Source(StrEnum):
    """Where Muster knows an absence from."""

    SAID = ""
    STATUS = "status"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Absence:
    """Away from the first day to the last, both included, on the person's own calendar."""

    first: date
    last: date
    reason: str = ""
    """For the person and their manager only."""
    rituals: frozenset[str] = frozenset()
    """The ids of the templates it is for; for everything if there are none."""
    id: int = field(default=0, compare=False)
    """Of what is kept of it."""
    source: Source = field(default=Source.SAID, compare=False)

    def covers(self, day: date, ritual: str = "") -> bool:
        return self.first <= day <= self.last and (not self.rituals or ritual in self.rituals)


@dataclass(frozen=True)
class Person:
    workspace_id: str
    id: str
    name: str
    zone_name: str = "UTC"
    """What Slack says."""
    own_zone: str = ""
    """What they say themselves; it counts instead of Slack's."""
    function: str | None = None
    role: Role = Role.CONTRIBUTOR
    manager_id: str | None = None
    manager_by_profile: bool = False
    """Their Slack profile says so; nobody has chosen."""
    hours: Hours = Hours()
    quiet: Span | None = None
    """In it nobody is asked or reminded, although it may be working time."""
    nudges: Nudges = Nudges.STANDARD
    region: str = ""
    """Whose public holidays they keep; empty for the workspace's."""
    workspace_region: str = ""
    workspace_days_off: frozenset[date] = frozenset()
    is_admin: bool = False
    is_guest: bool = False
    left: bool = False
    email: str = ""
    """As Slack says it, where it tells Muster addresses."""
    leavings: int = field(default=0, compare=False)
    """How often they have left, as far as Muster knows."""
    absences: tuple[Absence, ...] = ()
    status_until: datetime | None = None
    """Until when their Slack status says that they are away."""
    updated: int = 0
    """Slack's own stamp of the last change."""

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.own_zone or self.zone_name)

    def is_off(self, day: date) -> bool:
        """No working day of theirs: another weekday, a public holiday, or a day off of the whole workspace."""
        if day.weekday() not in self.hours.days or day in self.workspace_days_off:
            return True
        return is_holiday(self.region or self.workspace_region, day)

    @property
    def calendar(self) -> tuple[object, ...]:
        """What decides when they are at work, but for absences."""
        return self.zone, self.hours, self.quiet, self.region or self.workspace_region, self.workspace_days_off

    @property
    def leads(self) -> bool:
        """May set up other people and rituals: leads, managers, execs, and Slack's admins."""
        return self.is_admin or self.role in LEADING

    def absences_from(self, day: date) -> tuple[Absence, ...]:
        """Those that are not over on that day."""
        return tuple(sorted((each for each in self.absences if each.last >= day), key=lambda each: each.first))

    def is_away(self, day: date) -> bool:
        """From everything, and not only from some rituals."""
        return any(absence.covers(day) for absence in self.absences)

    def seen_by(self, ritual: str) -> "Person":
        """With the absences that count for a ritual, by the id of its template."""
        if not any(absence.rituals for absence in self.absences):
            return self
        counting = [each for each in self.absences if each.covers(each.first, ritual)]
        return replace(self, absences=tuple(replace(each, rituals=frozenset()) for each in counting))


def name_of(people: Mapping[str, Person], person_id: str) -> str:
    """Of somebody who is named in what is kept; they may be known no more."""
    return people[person_id].name if person_id in people else GONE


def is_erased(person_id: str) -> bool:
    """Nobody is asked or told anything by that id, and Slack does not know it."""
    return person_id.startswith(ERASED)


def has_left(known: Mapping[str, Person], person_id: str) -> bool:
    return person_id not in known or known[person_id].left


@dataclass(frozen=True)
class AwayForm:
    draft_id: str
    today: date
    """On the person's own calendar."""
    known: tuple[Absence, ...]
    """What was said before and is not over."""
    person_id: str = ""
    other: str = ""
    """The name of whom it is about, if somebody else fills it in."""
    rituals: Mapping[str, str] = field(default_factory=dict)
    """Those the person may be away from, and their titles."""
    first: date | None = None
    last: date | None = None
    """As far as the days were understood that were typed after the command."""
    typed: str = ""
    """What was not understood as days."""
    reason: str = ""
    """Those of the words that may be meant as one."""


@dataclass(frozen=True)
class Away:
    """What came of saying that somebody is away."""

    absence: Absence
    let_go: tuple[str, ...]
    """The titles of open check-ins that do not wait for them."""
    back: date
    """The first day on which they are asked again."""
    other: str = ""
    """Their name, if somebody else said it."""
    rituals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenBack:
    """What came of taking an absence back."""

    absence: Absence | None
    """As it stood before; None if it was gone already."""
    has_begun: bool = False
    recalled: tuple[str, ...] = ()
    """The titles of check-ins that wait for the person again."""
    other: str = ""
    """Their name, if somebody else took it back."""
    known: tuple[Absence, ...] = ()
    """What is not over, and still stands."""
    rituals: Mapping[str, str] = field(default_factory=dict)
