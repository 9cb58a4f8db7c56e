"""Objections to a decision: raised, withdrawn, overruled."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.decision_cards import News
from domain.decision_form import read_objection, read_reason
from domain.decision_refusals import NobodyObjects
from domain.decision_states import Move
from domain.decisions import Decision
from domain.objections import Objection
from domain.submissions import Submission
from services import drafts, owing
from services.acceptance import accept
from services.decision_moves import audit, check_mover, check_version, found, states
from services.decision_news import tell
from services.rounds import check_no_round
from storage import decisions
from storage import objections as stored
from storage.engine import Database

WHY = "Please write why it is accepted all the same, even in a few words."


def form(
    db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str, move: Move
) -> tuple[Decision, str]:
    """For an objection, or to overrule those of others; with the id of a new draft. Raises MoveRefused, TextChanged and
    NobodyObjects."""
    with db.read() as session:
        decision = found(session, workspace_id, decision_id, person_id, lock=False)
        check_mover(session, decision, move, person_id)
        if move is Move.OVERRULE:
            _overruled(decision, person_id)
        decision.moved(move)
        check_version(decision, version)
        check_no_round(decision)
        return decision, new_id()


def object_to(db: Database, *, sent: Submission, decision_id: int, version: str, now: datetime) -> None:
    """Contests that version, or words the objection anew. Raises MoveRefused, FieldErrors, NotYoursToObject and
    TextChanged."""
    with db.write() as session:
        decision = found(session, sent.workspace_id, decision_id, sent.person_id)
        check_mover(session, decision, Move.OBJECT, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        decision.moved(Move.OBJECT)
        check_version(decision, version)
        check_no_round(decision)
        reason, change = read_objection(sent.given)
        drafts.keep(session, sent, result_id=decision.id)
        contested = raise_objection(session, decision, person_id=sent.person_id, reason=reason, change=change, now=now)
        if contested != decision:
            about = contested.objection_of(sent.person_id)
            tell(session, contested, News.OBJECTED, about=about, now=now)


def raise_objection(
    session: Session, decision: Decision, *, person_id: str, reason: str, change: str, now: datetime
) -> Decision:
    """Contests its present text, or words anew what they hold against that; the same words change nothing.

    Every message there is says so, and nobody gets a new one. The decision is locked. Raises MoveRefused.
    """
    moved = decision.moved(Move.OBJECT)
    before = decision.objection_of(person_id)
    if before is None:
        made = Objection(0, person_id, decision.version, reason, change, now)
        made = stored.add(session, workspace_id=decision.workspace_id, decision_id=decision.id, objection=made)
        moved = replace(moved, objections=(*decision.objections, made))
    elif (before.reason, before.change) == (reason, change):
        return decision
    else:
        moved = _outcome(session, moved, replace(before, reason=reason, change=change))
    decisions.move(session, decision=moved)
    owing.owe_decision(session, moved, now=now)
    audit(session, moved, "objected", person_id, now, reason=reason, change=change, **states(decision, moved))
    return moved


def withdraw(db: Database, *, workspace_id: str, decision_id: int, version: str, person_id: str, now: datetime) -> None:
    """All that they hold against it, earlier texts included, now that they have read this one; twice changes nothing.

    When nobody objects any more it waits for its approver, who is told. Raises MoveRefused and TextChanged.
    """
    with db.write() as session:
        decision = found(session, workspace_id, decision_id, person_id)
        theirs, own = decision.unsettled_of(person_id), decision.objection_of(person_id)
        if not theirs:
            return
        check_version(decision, version)
        after = withdrawn(session, decision, person_id, now)
        is_free = own is not None and not after.standing
        if is_free:
            after = after.moved(Move.WITHDRAW)
            decisions.move(session, decision=after)
        owing.owe_decision(session, after, now=now)
        if is_free:
            tell(session, after, News.WITHDRAWN, about=own, now=now)
        audit(session, after, "objection withdrawn", person_id, now, **states(decision, after))


def withdrawn(session: Session, decision: Decision, person_id: str, now: datetime) -> Decision:
    """With nothing of theirs held against it any more; its state is for the caller to move."""
    for each in decision.unsettled_of(person_id):
        decision = _outcome(session, decision, replace(each, withdrawn_at=now))
    return decision


def overrule(db: Database, *, sent: Submission, decision_id: int, version: str, now: datetime) -> None:
    """The approver accepts that version although others object, and says why; each of them is told once. The approver's
    own objection, if any, is withdrawn with it.

    Raises MoveRefused, FieldErrors, NotTheApprover, NobodyObjects and TextChanged.
    """
    with db.write() as session:
        before = found(session, sent.workspace_id, decision_id, sent.person_id)
        check_mover(session, before, Move.OVERRULE, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        others = _overruled(before, sent.person_id)
        accepted = replace(before.moved(Move.OVERRULE), decided_at=now)
        check_version(before, version)
        because = read_reason(sent.given.get("reason", ""), otherwise=WHY)
        drafts.keep(session, sent, result_id=before.id)
        accepted = withdrawn(session, accepted, sent.person_id, now)
        for each in others:
            ruled = replace(each, overruled_at=now, overruled_by=sent.person_id, overruled_because=because)
            accepted = _outcome(session, accepted, ruled)
        decisions.move(session, decision=accepted)
        accept(session, accepted, was=before.state, by=sent.person_id, now=now)
        told = {"reason": because, "objections of": [each.person_id for each in others]}
        audit(session, accepted, "objection overruled", sent.person_id, now, **told)


def _overruled(decision: Decision, person_id: str) -> list[Objection]:
    """What stands in the approver's way. Raises NobodyObjects while it is open and nothing does."""
    others = [each for each in decision.standing if each.person_id != person_id]
    if decision.is_open and not others:
        raise NobodyObjects(name=decision.name)
    return others


def _outcome(session: Session, decision: Decision, objection: Objection) -> Decision:
    stored.update(session, objection=objection)
    kept = (objection if each.id == objection.id else each for each in decision.objections)
    return replace(decision, objections=tuple(kept))
