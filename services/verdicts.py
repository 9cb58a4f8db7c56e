"""What people do with a decision: approve, object, acknowledge; and who is told of it."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.decision_cards import News
from domain.decision_form import read_reason
from domain.decision_states import DecisionState, Move
from domain.decisions import Decision, TextChanged
from domain.people import Person
from domain.submissions import Submission
from services import drafts, owing
from services.acceptance import accept
from services.decision_moves import audit, check_mover, found, states
from services.decision_news import tell
from storage import decisions
from storage.engine import Database


def approve(db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str, now: datetime) -> None:
    """Approves that version once; pressed again it changes nothing. Raises TextChanged."""
    with db.write() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id, Move.APPROVE)
        if decision.state is DecisionState.ACCEPTED:
            return
        approved = replace(decision.moved(Move.APPROVE), decided_at=now)
        _check_version(decision, version)
        decisions.move(session, decision=approved)
        accept(session, approved, was=decision.state, by=person_id, now=now)


def objection_form(
    db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str
) -> tuple[Decision, str]:
    """With the id of a new draft. Raises MoveRefused and TextChanged."""
    with db.read() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id, Move.OBJECT)
        decision.moved(Move.OBJECT)
        _check_version(decision, version)
        return decision, new_id()


def object_to(db: Database, *, sent: Submission, decision_id: int, version: str, now: datetime) -> None:
    """Contests that version, or words the objection anew; the same words again change nothing. Or rejects it for good.

    Raises MoveRefused, FieldErrors and TextChanged.
    """
    with db.write() as session:
        move = Move.REJECT if sent.given.get("verdict") == Move.REJECT else Move.OBJECT
        decision = _for_approver(session, sent.workspace_id, decision_id, sent.person_id, move)
        if drafts.is_repeat(session, sent):
            return
        moved = decision.moved(move)
        _check_version(decision, version)
        reason = read_reason(sent.given.get("reason", ""))
        drafts.keep(session, sent, result_id=decision.id)
        if moved.state is DecisionState.CONTESTED is decision.state and decision.objection == reason:
            return
        if move is Move.REJECT:
            moved = replace(moved, ended_at=now, ended_by=sent.person_id, ended_because=reason)
            news = News.REJECTED
        else:
            moved = replace(moved, objection=reason, objected_by=sent.person_id)
            news = News.OBJECTED
        _move(session, moved, news, now)
        audit(session, moved, news, sent.person_id, now, reason=reason, **states(decision, moved))


def _move(session: Session, decision: Decision, news: News, now: datetime) -> None:
    decisions.move(session, decision=decision)
    owing.owe_decision(session, decision, now=now)
    tell(session, decision, news, now=now)


def left_or_returned(session: Session, person: Person, *, now: datetime) -> None:
    """What waited for them waits for nobody: those who drive it can name another approver. What waits for somebody who
    is back says so no longer."""
    place = {"workspace_id": person.workspace_id}
    back = [] if person.left else decisions.awaiting(session, **place, person_id=person.id)
    for decision in back:
        owing.owe_decision(session, decision, now=now)
    for decision in decisions.left_behind(session, **place, person_id=person.id):
        owing.owe_decision(session, decision, now=now)
        tell(session, decision, News.APPROVER_LEFT, now=now)


def acknowledge(
    db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str, now: datetime
) -> None:
    """Counts each person once. Raises MoveRefused and TextChanged."""
    with db.write() as session:
        decision = found(session, workspace_id, decision_id, person_id)
        _check_version(decision, version)
        decision.moved(Move.ACKNOWLEDGE)
        if person_id in decision.acknowledged:
            return
        decisions.acknowledge(session, workspace_id=workspace_id, decision_id=decision_id, person_id=person_id)
        owing.owe_acknowledged(session, decision, person_id, now=now)
        audit(session, decision, "acknowledged", person_id, now)


def _check_version(decision: Decision, version: str) -> None:
    """What somebody presses about one text must not count for another that they have not read."""
    if version != decision.version:
        raise TextChanged(name=decision.name)


def _for_approver(session: Session, workspace_id: str, decision_id: int, person_id: str, move: Move) -> Decision:
    decision = found(session, workspace_id, decision_id, person_id)
    check_mover(session, decision, move, person_id)
    return decision
