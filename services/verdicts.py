"""The verdicts of an approver, approving and rejecting; and who is told of them."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.decision_cards import News
from domain.decision_form import read_reason
from domain.decision_refusals import OthersObject
from domain.decision_states import DecisionState, Move
from domain.decisions import Decision
from domain.people import Person, name_of
from domain.submissions import Submission
from domain.words import joined
from services import drafts, owing
from services.acceptance import accept
from services.decision_moves import audit, check_mover, check_version, found, states
from services.decision_news import tell
from services.objections import withdrawn
from services.rounds import check_no_round, end
from storage import decisions, leaderless, people
from storage.engine import Database

WHY = "Please write why, even in a few words."


def approve(db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str, now: datetime) -> None:
    """Approves that version once, and so withdraws what the approver held against it; pressed again it changes nothing.

    Raises TextChanged, and OthersObject.
    """
    with db.write() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id, Move.APPROVE)
        if decision.state is DecisionState.ACCEPTED:
            return
        check_no_round(decision)
        approved = replace(decision.moved(Move.APPROVE), decided_at=now)
        check_version(decision, version)
        _check_unopposed(session, decision)
        approved = withdrawn(session, approved, person_id, now)
        decisions.move(session, decision=approved)
        accept(session, approved, was=decision.state, by=person_id, now=now)


def reject_form(
    db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str
) -> tuple[Decision, str]:
    """With the id of a new draft. Raises MoveRefused and TextChanged."""
    with db.read() as session:
        decision = _for_approver(session, workspace_id, decision_id, person_id, Move.REJECT)
        decision.moved(Move.REJECT)
        check_version(decision, version)
        return decision, new_id()


def reject(db: Database, *, sent: Submission, decision_id: int, version: str, now: datetime) -> None:
    """Rejects that version for good. Raises MoveRefused, FieldErrors and TextChanged."""
    with db.write() as session:
        decision = _for_approver(session, sent.workspace_id, decision_id, sent.person_id, Move.REJECT)
        if drafts.is_repeat(session, sent):
            return
        rejected = replace(decision.moved(Move.REJECT), in_round=False)
        check_version(decision, version)
        reason = read_reason(sent.given.get("reason", ""), otherwise=WHY)
        drafts.keep(session, sent, result_id=decision.id)
        end(session, decision, now=now)
        rejected = replace(rejected, ended_at=now, ended_by=sent.person_id, ended_because=reason)
        _move(session, rejected, News.REJECTED, now)
        audit(session, rejected, "rejected", sent.person_id, now, reason=reason, **states(decision, rejected))


def _move(session: Session, decision: Decision, news: News, now: datetime) -> None:
    decisions.move(session, decision=decision)
    owing.owe_decision(session, decision, now=now)
    tell(session, decision, news, now=now)


def left_or_returned(session: Session, person: Person, *, now: datetime) -> None:
    """What waited for them waits for nobody, or for them again, and what shows it says so. Who is told:
    `services/leavers.py`."""
    place = {"workspace_id": person.workspace_id}
    back = [] if person.left else decisions.awaiting(session, **place, person_id=person.id)
    for decision in back:
        owing.owe_decision(session, decision, now=now)
    for decision in leaderless.of_person(session, **place, person_id=person.id):
        owing.owe_decision(session, decision, now=now)


def _check_unopposed(session: Session, decision: Decision) -> None:
    others = {each.person_id for each in decision.standing} - {decision.form.approver_id}
    if others:
        known = people.people(session, workspace_id=decision.workspace_id, ids=others)
        who = joined(sorted(name_of(known, each) for each in others))
        raise OthersObject(name=decision.name, who=who)


def _for_approver(session: Session, workspace_id: str, decision_id: int, person_id: str, move: Move) -> Decision:
    decision = found(session, workspace_id, decision_id, person_id)
    check_mover(session, decision, move, person_id)
    return decision
