"""Absences that follow somebody's Slack status."""

from datetime import datetime

from sqlmodel import Session

from domain.people import Person
from domain.statuses import last_day
from services import absence_plans
from storage import absences as stored


def follow(session: Session, person: Person, *, now: datetime) -> None:
    """After the status changed: they are away from today on, or no longer. What they said themselves stays."""
    today = now.astimezone(person.zone).date()
    workspace_id, last = person.workspace_id, last_day(person, now)
    stored.follow_status(session, workspace_id=workspace_id, person_id=person.id, today=today, last=last)
    absence_plans.follow(session, person, now=now)
