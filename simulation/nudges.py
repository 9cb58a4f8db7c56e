"""How many reminders somebody gets in a day, at most."""

from datetime import datetime

from simulation.case import Case
from simulation.recognition import Kind

REMINDERS = (Kind.REMINDER, Kind.ROUND_REMINDER, Kind.ACTION_DUE, Kind.ACTION_LATE, Kind.BLOCKED, Kind.UNREAD)
"""What counts as one."""


def is_spent(case: Case, person: str, at: datetime) -> bool:
    """Whether all reminders of that day, on the person's own calendar, have been sent: what was over it is dropped or
    comes on another day."""
    zone, most = case.team.zone(person, at), case.team.nudges_at(person, at)
    day = at.astimezone(zone).date()
    sent = (owed for owed in case.of(*REMINDERS) if owed.reader == person)
    return len({owed.line for owed in sent if owed.at.astimezone(zone).date() == day}) >= most
