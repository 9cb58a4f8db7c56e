"""People: function, role, zone, working hours, absences."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

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


class Role(StrEnum):
    CONTRIBUTOR = "contributor"
    LEAD = "lead"
    MANAGER = "manager"
    EXEC = "exec"


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


def parse_hours(text: str) -> Hours | None:
    """`mon-fri 09:00-17:30`; None if the text is not of that form."""
    try:
        days_part, _, span = text.strip().lower().partition(" ")
        start, _, end = span.strip().partition("-")
        hours = Hours(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()), _days(days_part))
    except ValueError:
        return None
    return hours if hours.days and hours.start < hours.end else None


def _days(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        found.update(range(begin, end + 1))
    return frozenset(found)


@dataclass(frozen=True)
class Absence:
    """Away from the first day to the last, both included, on the person's own calendar."""

    first: date
    last: date


@dataclass(frozen=True)
class Person:
    workspace_id: str
    id: str
    name: str
    zone_name: str = "UTC"
    function: str | None = None
    role: Role = Role.CONTRIBUTOR
    manager_id: str | None = None
    hours: Hours = Hours()
    is_admin: bool = False
    is_guest: bool = False
    left: bool = False
    absences: tuple[Absence, ...] = ()
    updated: int = 0
    """Slack's own stamp of the last change."""

    @property
    def zone(self) -> ZoneInfo:
        return zone(self.zone_name)

    @property
    def leads(self) -> bool:
        """May set up other people and rituals: leads, managers, execs, and Slack's admins."""
        return self.is_admin or self.role in LEADING

    def is_away(self, day: date) -> bool:
        return any(absence.first <= day <= absence.last for absence in self.absences)
