"""Whose day it is when something is overdue, and for how long."""

from datetime import UTC, date, datetime, timedelta

from domain.people import Person

SATURDAY = 5
EAST = timedelta(hours=14)
"""The earliest clock on earth is that far ahead of UTC."""


def latest_due(now: datetime) -> date:
    """The newest day on earth: what is due before it may be overdue on its owner's calendar."""
    return (now + EAST).date()


def days_over(due: date, today: date) -> int:
    """Days from Monday to Friday after it was due, `today` included."""
    later = (due + timedelta(days=n) for n in range(1, (today - due).days + 1))
    return sum(day.weekday() < SATURDAY for day in later)


def today_of(person: Person | None, now: datetime) -> date:
    """The date on that person's calendar; UTC for somebody unknown."""
    return now.astimezone(person.zone if person else UTC).date()
