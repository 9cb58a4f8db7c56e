"""One prompt of one person, and one run of a ritual: when they begin, remind and end."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from simulation.rituals import ME, Duration, Template
from simulation.switching import On
from simulation.working import Calendar

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Span:
    """Any moment of it will do."""

    first: datetime
    last: datetime


@dataclass(frozen=True)
class Due:
    """One prompt of one person."""

    on: On
    day: date
    """The local date of the occurrence."""
    person: str
    calendar: Calendar
    at: datetime
    until: datetime
    """Up to here it is not late. Later than `at` only where the design leaves it open, as after a change of zone."""
    deadline: datetime
    certain: bool = True
    """False: they may be asked, and need not be, because something changed just then."""
    away: bool = False
    """To be counted as away, and not asked."""
    recalled: bool = False
    """They were away when it began, have taken that back, and are asked if their run is still open."""
    would_be: datetime | None = None
    """When they would have been asked if they had not been away then."""
    gone: bool = False
    """They have left before they would be asked, or are asked for a newer run: what they answered before stays."""

    @property
    def template(self) -> Template:
        return self.on.template

    @property
    def begins(self) -> datetime:
        """At which the run may open."""
        return min(self.at, self.would_be or self.at)

    @property
    def is_of_starter(self) -> bool:
        """They have started it themselves, and were there, whatever the hour."""
        return self.on.started is not None and ME in self.template.who and self.person == self.on.starter

    def asked_at(self, sent: datetime) -> "Due":
        """The window runs from when it was really sent, if that is later."""
        return (
            self
            if sent <= self.at + MINUTE
            else replace(self, deadline=closes(self.calendar, sent, self.template.closes))
        )

    def is_until(self, said: str) -> bool:
        """Whether that is its deadline as its person reads it, "Mon 23 Nov 2026 17:30"."""
        local = self.deadline.astimezone(self.calendar.zone)
        return said == f"{local:%a} {local.day} {local:%b %Y %H:%M}"

    def reminders(self, sent: datetime) -> tuple[Span, ...]:
        asked = self.asked_at(sent)
        start = max(sent, self.at)
        found = (reminder(self.calendar, start, asked.deadline, before) for before in self.template.remind)
        return tuple(sorted({span for span in found if span}, key=lambda span: span.first))


@dataclass(frozen=True)
class Run:
    """One occurrence, with those who are asked."""

    on: On
    day: date
    dues: tuple[Due, ...] = field(default=())
    gone: tuple[Due, ...] = field(default=())
    """Of those who were there when it opened, and are not asked."""

    @property
    def opens(self) -> datetime:
        return self.on.started or min(due.at for due in self.dues if not due.away)

    @property
    def may_open(self) -> datetime:
        """Whether the moment of somebody who is away opens it, the design leaves open."""
        return self.on.started or min(due.begins for due in self.dues)

    @property
    def closes(self) -> datetime:
        """The last window that a prompt sent in time can have."""
        return max(due.deadline for due in self.dues)


def closes(calendar: Calendar, start: datetime, span: Duration) -> datetime:
    if span.hours:
        return start + timedelta(hours=span.hours)
    return calendar.working_days_later(start, span.days)


def reminder(calendar: Calendar, asked: datetime, deadline: datetime, before: Duration) -> Span | None:
    wanted = (
        deadline - timedelta(hours=before.hours)
        if before.hours
        else calendar.working_days_later(deadline, -before.days)
    )
    if calendar.is_working(wanted):
        return Span(wanted, wanted) if wanted > asked else None
    end = calendar.end_before(wanted)
    return Span(end - MINUTE, end) if end - MINUTE > asked else None
