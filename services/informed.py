"""What people say of a decision that is accepted: that they have read it, or what worries them about it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.decision_form import read_reason
from domain.decision_states import Move
from domain.decisions import Decision
from domain.objections import Concern
from domain.submissions import Submission
from services import drafts, owing
from services.decision_moves import audit, check_version, found
from services.decision_news import tell_concern
from storage import decisions
from storage import objections as stored
from storage.engine import Database

WHAT = "Please write what worries you, even in a few words."


def read(db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str, now: datetime) -> None:
    """Counts each person once. Raises MoveRefused and TextChanged."""
    with db.write() as session:
        decision = found(session, workspace_id, decision_id, person_id)
        check_version(decision, version)
        decision.moved(Move.READ)
        if person_id not in decision.read_by:
            _count(session, decision, person_id, now)


def concern_form(
    db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str
) -> tuple[Decision, str]:
    """With the id of a new draft. Raises MoveRefused and TextChanged."""
    with db.read() as session:
        decision = found(session, workspace_id, decision_id, person_id, lock=False)
        decision.moved(Move.CONCERN)
        check_version(decision, version)
        return decision, new_id()


def raise_concern(db: Database, *, sent: Submission, decision_id: int, version: str, now: datetime) -> None:
    """Whoever answers for it is told once, it stays in the record, and the decision stays as it is. Whoever is worried
    has read it. The same form with other words words it anew.

    Raises MoveRefused, FieldErrors and TextChanged.
    """
    with db.write() as session:
        decision = found(session, sent.workspace_id, decision_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        decision.moved(Move.CONCERN)
        check_version(decision, version)
        words = read_reason(sent.given.get("reason", ""), otherwise=WHAT)
        concern = _kept(session, decision, drafts.made(session, sent), Concern(0, sent.person_id, words, now))
        drafts.keep(session, sent, result_id=concern.id)
        audit(session, decision, "concern raised", sent.person_id, now, concern=words)
        tell_concern(session, decision, concern, now=now)
        if sent.person_id in decision.read_by:
            owing.owe_read(session, decision, sent.person_id, now=now)
        else:
            _count(session, decision, sent.person_id, now)


def _kept(session: Session, decision: Decision, concern_id: int | None, concern: Concern) -> Concern:
    if concern_id is None:
        return stored.add_concern(session, workspace_id=decision.workspace_id, decision_id=decision.id, concern=concern)
    stored.reword_concern(session, concern_id=concern_id, words=concern.words)
    return replace(concern, id=concern_id)


def _count(session: Session, decision: Decision, person_id: str, now: datetime) -> None:
    decisions.add_reader(session, workspace_id=decision.workspace_id, decision_id=decision.id, person_id=person_id)
    owing.owe_read(session, decision, person_id, now=now)
    audit(session, decision, "read", person_id, now)
