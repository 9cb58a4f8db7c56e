"""Reminding, once, those who are to know of a decision and have not said that they have read it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from domain.decisions import Decision
from domain.deliveries import Kind, Subject
from domain.hours import Duration, add, back_at_work
from domain.people import has_left
from services import nudges
from services.isolation import apart
from storage import decisions, people, unread
from storage.ending import makes_nothing_due
from storage.engine import Database
from storage.owed import Want

AFTER = Duration(days=3)
BATCH = 100
PUT_OFF = timedelta(hours=1)


def plan(session: Session, decision: Decision, *, but: Collection[str] = (), now: datetime) -> None:
    """Once it is accepted: in three working days of each, but of those who have been told before."""
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.unread_by.difference(but))
    moments = {each.id: back_at_work(each, add(each, now, AFTER)) for each in known.values() if not each.left}
    unread.plan(session, decision_id=decision.id, moments=moments)


def remind_due(db: Database, *, now: datetime) -> int:
    """Reminds people in their working hours, as far as their limit goes; answers how many decisions it looked at."""
    with db.write() as session:
        found = unread.due(session, now=now, limit=BATCH)
        if not found:
            makes_nothing_due(session)
        for (workspace_id, decision_id), ids in found.items():
            later = dict.fromkeys(ids, now + PUT_OFF)
            apart(
                session,
                partial(_remind, session, workspace_id, decision_id, ids, now),
                partial(unread.plan, session, decision_id=decision_id, moments=later),
                "reminding of a decision to read",
            )
    return len(found)


def _remind(session: Session, workspace_id: str, decision_id: int, ids: Collection[str], now: datetime) -> None:
    decision = decisions.decision(session, workspace_id=workspace_id, decision_id=decision_id)
    waits = decision.unread_by if decision else frozenset()
    known = people.people(session, workspace_id=workspace_id, ids=ids)
    for person_id in sorted(ids):
        at = None
        if person_id in waits and not has_left(known, person_id):
            # Their zone, hours or absences may have changed since, or Muster was not running.
            at = back_at_work(known[person_id], now)
            if at <= now:
                at = None
                due = Want(Subject(Kind.UNREAD, decision_id, person_id=person_id))
                nudges.nudge(session, known[person_id], due, now=now, is_last=True)
        unread.plan(session, decision_id=decision_id, moments={person_id: at})
