"""What those who answer for a decision say of it: it is withdrawn as a proposal, still holds, or no longer does."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.clock import new_id
from domain.decision_form import read_next_day, read_reason, read_result
from domain.decision_refusals import ResultTold
from domain.decision_results import Result
from domain.decision_states import Move
from domain.decisions import Decision
from domain.errors import FieldErrors
from domain.people import name_of
from domain.submissions import Submission
from services import drafts, owing, rounds
from services.decision_moves import audit, check_mover, found, states
from services.decision_news import tell_end, tell_withdrawn
from services.decision_reminders import who_looks
from services.decisions import next_look
from storage import decisions, people
from storage.engine import Database

WHY = {
    Move.WITHDRAW_PROPOSAL: "Please write why it is withdrawn, even in a few words.",
    Move.DEPRECATE: "Please write why it no longer holds, even in a few words.",
}
NOTHING_SAID = "Please write what came of it, even in a few words."


def form(db: Database, *, workspace_id: str, decision_id: int, person_id: str, move: Move) -> tuple[Decision, str]:
    """What the form is about, with the id of a new draft. Raises MoveRefused, what `Decision.check_mover`
    does, and ResultTold."""
    with db.read() as session:
        decision = found(session, workspace_id, decision_id, person_id, lock=False)
        _moved(session, decision, move, person_id)
        if move is Move.TELL_RESULT:
            _check_untold(session, decision)
        return decision, new_id()


def withdraw(db: Database, *, sent: Submission, decision_id: int, now: datetime) -> None:
    """Takes a proposal back, whatever its text is by now; those it waited for are told.

    Raises FieldErrors, MoveRefused, NotYoursToWithdraw.
    """
    with db.write() as session:
        before = found(session, sent.workspace_id, decision_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        ended = _ended(session, before, Move.WITHDRAW_PROPOSAL, sent, now)
        rounds.end(session, before, now=now)
        tell_withdrawn(session, before, ended, now=now)
        reason = ended.ended_because
        audit(session, ended, "withdrawn", sent.person_id, now, reason=reason, **states(before, ended))


def keep(db: Database, *, sent: Submission, decision_id: int, now: datetime) -> None:
    """It still holds, and is looked at again on the day given, if any.

    Raises FieldErrors, MoveRefused, NotYoursToEnd.
    """
    with db.write() as session:
        before = found(session, sent.workspace_id, decision_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        kept = _moved(session, before, Move.KEEP, sent.person_id)
        day, looks = read_next_day(sent.given.get("look_again_on", "")), who_looks(session, before)
        next_at = next_look(looks, day, now) if looks else None
        said = read_result(sent.given)
        drafts.keep(session, sent, result_id=before.id)
        _say(session, before, said, sent.person_id, now)
        kept = replace(kept, form=replace(kept.form, look_again_on=day), kept_at=now, kept_by=sent.person_id)
        decisions.keep(session, decision=kept, next_at=next_at)
        owing.owe_decision(session, kept, now=now)
        days = {"before": f"{before.form.look_again_on or ''}", "after": f"{day or ''}"}
        audit(session, kept, "still right", sent.person_id, now, look_again_on=days, **said)


def deprecate(db: Database, *, sent: Submission, decision_id: int, now: datetime) -> None:
    """It no longer holds; whoever relied on it is told. Raises FieldErrors, MoveRefused, NotYoursToEnd."""
    with db.write() as session:
        before = found(session, sent.workspace_id, decision_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        ended = _ended(session, before, Move.DEPRECATE, sent, now)
        said = read_result(sent.given)
        _say(session, before, said, sent.person_id, now)
        tell_end(session, ended, now=now)
        reason = ended.ended_because
        audit(session, ended, "no longer holds", sent.person_id, now, reason=reason, **states(before, ended), **said)


def tell_result(db: Database, *, sent: Submission, decision_id: int, now: datetime) -> None:
    """What came of one that another has taken the place of; the same form again words it anew.

    Raises FieldErrors, MoveRefused, NotYoursToTell and ResultTold.
    """
    with db.write() as session:
        before = found(session, sent.workspace_id, decision_id, sent.person_id)
        if drafts.is_repeat(session, sent):
            return
        _moved(session, before, Move.TELL_RESULT, sent.person_id)
        if drafts.made(session, sent) is None:
            _check_untold(session, before)
        said = read_result(sent.given)
        if not said:
            raise FieldErrors({"result": NOTHING_SAID})
        drafts.keep(session, sent, result_id=before.id)
        _say(session, before, said, sent.person_id, now)
        owing.owe_decision(session, before, now=now)
        audit(session, before, "result told", sent.person_id, now, **said)


def _check_untold(session: Session, decision: Decision) -> None:
    if decision.result and decision.is_result_told:
        by = decision.result.by
        known = people.people(session, workspace_id=decision.workspace_id, ids=[by])
        raise ResultTold(who=name_of(known, by), name=decision.name)


def _ended(session: Session, before: Decision, move: Move, sent: Submission, now: datetime) -> Decision:
    """By that move, with the reason that was sent."""
    moved = _moved(session, before, move, sent.person_id)
    reason = read_reason(sent.given.get("reason", ""), otherwise=WHY[move])
    drafts.keep(session, sent, result_id=before.id)
    ended = replace(moved, in_round=False, ended_at=now, ended_by=sent.person_id, ended_because=reason)
    decisions.move(session, decision=ended)
    owing.owe_decision(session, ended, now=now)
    return ended


def _say(session: Session, decision: Decision, said: dict[str, str], person_id: str, now: datetime) -> None:
    """What came of it; where nothing is said of that now, what was said before stays."""
    if said:
        decisions.say_result(session, decision_id=decision.id, result=Result(**said, by=person_id, at=now))


def _moved(session: Session, decision: Decision, move: Move, person_id: str) -> Decision:
    """Its state first: who could have ended it is of no use once it has ended."""
    moved = decision.moved(move)
    check_mover(session, decision, move, person_id)
    return moved
