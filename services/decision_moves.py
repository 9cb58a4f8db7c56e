"""What every move of a decision begins and ends with: finding it for whoever makes it, and the audit trail."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.decision_refusals import NoSuchDecision, TextChanged
from domain.decision_states import Move
from domain.decisions import Decision
from services import audience
from services.decision_cards import caretakers_of
from storage import decisions, people, trail


def for_form(
    session: Session, workspace_id: str, decision_id: int, person_id: str, move: Move, *, lock: bool = False
) -> Decision:
    """To edit or complete it. Raises NoSuchDecision, MoveRefused, NotYourDecision, NotYoursToComplete."""
    decision = found(session, workspace_id, decision_id, person_id, lock=lock)
    check_mover(session, decision, move, person_id)
    decision.moved(move)
    return decision


def check_mover(session: Session, decision: Decision, move: Move, person_id: str) -> None:
    """Raises what `Decision.check_mover` does."""
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    decision.check_mover(move, person_id, known, caretakers_of(session, decision, known))


def check_version(decision: Decision, version: str) -> None:
    """What somebody presses about one text must not count for another that they have not read. Raises TextChanged."""
    if version != decision.version:
        raise TextChanged(name=decision.name)


def audit(session: Session, decision: Decision, what: str, actor_id: str, now: datetime, **details: Any) -> None:
    trail.note(
        session,
        workspace_id=decision.workspace_id,
        at=now,
        actor_id=actor_id,
        what=f"decision {what}",
        subject=decision.name,
        details=details,
    )


def states(before: Decision, decision: Decision) -> dict[str, str]:
    """What a move leads from and to, for the audit trail."""
    return {"before": before.state, "after": decision.state}


def found(session: Session, workspace_id: str, decision_id: int, person_id: str, *, lock: bool = True) -> Decision:
    """For whoever pressed a button of it. Raises NoSuchDecision, also where they may not see it."""
    decision = decisions.decision(session, workspace_id=workspace_id, decision_id=decision_id, lock=lock)
    if decision is None or not audience.may_press(session, record=decision, person_id=person_id):
        raise NoSuchDecision(name="behind this button")
    return decision
