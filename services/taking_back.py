"""Taking back an absence that is not over."""

from datetime import datetime

from sqlmodel import Session

from domain.absences import said_once
from domain.errors import NotAllowed, NotSetUp, UserError
from domain.people import Person, Source, TakenBack
from services import absence_news, absence_plans
from services.asking_rituals import titles
from storage import absences, people
from storage.engine import Database

WHERE = {Source.STATUS: "Slack status", Source.CALENDAR: "calendar"}


class NotSaidHere(UserError):
    """That comes from {whose} {where}. Change it there, and Muster follows. `/muster back` ends what has begun."""


def take_back(db: Database, *, workspace_id: str, actor_id: str, absence_id: int, now: datetime) -> TakenBack:
    """By the person, by whoever said it for them, or by their manager. What has passed of it stays.

    Raises NotAllowed, and NotSaidHere for what follows a Slack status or a calendar.
    """
    with db.write() as session:
        people.workspace(session, workspace_id=workspace_id, lock=True)
        found = absences.said(session, workspace_id=workspace_id, absence_id=absence_id)
        person = _person(session, workspace_id, found.person_id if found else actor_id)
        today = now.astimezone(person.zone).date()
        if found is None or found.absence.last < today:
            return TakenBack(None)
        _check(found, person, actor_id)
        is_theirs = actor_id in (person.id, person.manager_id)
        said_by = None if is_theirs else actor_id
        absences.take_back(session, found, workspace_id=workspace_id, day=today, said_by=said_by)
        if actor_id != person.id:
            absence_news.tell_taken_back(session, person, found.absence, today, actor_id=actor_id, now=now)
        person = absence_plans.replan(session, person, now)
        recalled = absence_plans.recall_all(session, person, now)
        return TakenBack(
            found.absence,
            has_begun=found.absence.first <= today,
            recalled=tuple(absence_plans.told(session, recalled, person, actor_id=actor_id, now=now)),
            other=person.name if actor_id != person.id else "",
            known=said_once(person.absences_from(today)) if is_theirs else (),
            rituals=titles(session, workspace_id=workspace_id, person_id=person.id, reader_id=actor_id),
        )


def _person(session: Session, workspace_id: str, person_id: str) -> Person:
    found = people.person(session, workspace_id=workspace_id, person_id=person_id)
    if found is None:
        raise NotSetUp
    return found


def _check(found: absences.Said, person: Person, actor_id: str) -> None:
    """Raises NotAllowed and NotSaidHere."""
    if actor_id not in (person.id, person.manager_id, found.said_by):
        raise NotAllowed(who=f"{person.name}, their manager and whoever said it")
    if where := WHERE.get(found.absence.source):
        raise NotSaidHere(whose="your" if actor_id == person.id else f"{person.name}\u2019s", where=where)
