"""Telling people that somebody else marked them as away, or ended that; the audit trail keeps both, no reasons."""

from datetime import date, datetime

from sqlmodel import Session

from domain.deliveries import Kind, Subject
from domain.people import Absence, Person, name_of
from services import owing
from storage import people, trail
from storage.engine import Database


def tell_away(session: Session, person: Person, absence: Absence, *, made: int, actor_id: str, now: datetime) -> None:
    days = {"first": str(absence.first), "last": str(absence.last)}
    _audit(session, person, "marked as away", days, by=actor_id, now=now)
    owing.owe(session, person.workspace_id, Subject(Kind.AWAY, made, person_id=person.id), now=now)


def tell_back(session: Session, person: Person, day: date, *, actor_id: str, now: datetime) -> None:
    """Once, however often it is typed on that day: then they are no longer away."""
    _audit(session, person, "marked as back", {"from": str(day)}, by=actor_id, now=now)
    subject = Subject(Kind.BACK, part=f"{actor_id}.{day}", person_id=person.id)
    owing.owe(session, person.workspace_id, subject, now=now)


def tell_taken_back(
    session: Session, person: Person, absence: Absence, today: date, *, actor_id: str, now: datetime
) -> None:
    """Of what has begun they hear that it has ended."""
    days = {"first": str(max(absence.first, today)), "last": str(absence.last)}
    _audit(session, person, "absence taken back", days, by=actor_id, now=now)
    part = f"{actor_id}.{today}" if absence.first <= today else f"{actor_id}.{absence.first}.{absence.last}"
    owing.owe(session, person.workspace_id, Subject(Kind.BACK, absence.id, part=part, person_id=person.id), now=now)


def _audit(session: Session, person: Person, what: str, details: dict[str, str], *, by: str, now: datetime) -> None:
    trail.note(
        session,
        workspace_id=person.workspace_id,
        at=now,
        actor_id=by,
        what=what,
        subject=person.id,
        details=dict(details),
    )


def ended_by_other(db: Database, *, workspace_id: str, part: str) -> tuple[str, date, date | None]:
    """The name of who ended it, and the first day on which the person is asked again; of what was taken back before it
    began, its first and last day."""
    actor_id, first, *last = part.split(".")
    with db.read() as session:
        known = people.people(session, workspace_id=workspace_id, ids=[actor_id])
    return name_of(known, actor_id), date.fromisoformat(first), date.fromisoformat(last[0]) if last else None
