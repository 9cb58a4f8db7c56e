"""What comes with the acceptance of a decision, however that came about: it takes the place of those it supersedes."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from domain.decision_cards import News
from domain.decision_refusals import NoLongerToSupersede
from domain.decision_states import OPEN, DecisionState, Move
from domain.decisions import Decision
from domain.whom import who_may
from services import lineage, owing, unread
from services.decision_cards import caretakers_of
from services.decision_moves import audit, states
from services.decision_news import tell, tell_objector, tell_superseded
from storage import decisions, people


def accept(session: Session, decision: Decision, *, was: DecisionState | None, by: str, now: datetime) -> None:
    """Once it is written as accepted. `was`: its state before; None of what is recorded as accepted.

    Raises NoLongerToSupersede.
    """
    others = _others(session, decision)
    for other in others:
        if other.state is not DecisionState.ACCEPTED:
            raise _overtaken(session, decision, other, by)
    if was in OPEN:
        audit(session, decision, "approved", by, now, before=was, after=decision.state)
        overruled = [each for each in decision.objections if each.overruled_at == now]
        tell(session, decision, News.APPROVED, but=[each.person_id for each in overruled], now=now)
        for each in overruled:
            tell_objector(session, decision, News.OVERRULED, each, now=now)
    for other in others:
        _supersede(session, other, decision, by, now)
    if others:
        audit(session, decision, "supersedes", by, now, others=[other.name for other in others])
    owing.owe_decision(session, decision, now=now)
    unread.plan(session, decision, now=now)


def is_overtaken(session: Session, decision: Decision) -> bool:
    """Whether something that it is to supersede no longer holds, so that it cannot be accepted as it is."""
    return any(each.state is not DecisionState.ACCEPTED for each in _others(session, decision))


def _others(session: Session, decision: Decision) -> list[Decision]:
    numbers = decision.form.supersedes
    return [*decisions.numbered(session, workspace_id=decision.workspace_id, numbers=numbers, lock=True).values()]


def _supersede(session: Session, other: Decision, decision: Decision, by: str, now: datetime) -> None:
    moved = other.moved(Move.SUPERSEDE)
    ended = replace(moved, ended_at=now, ended_by=by, superseded_by=decision.number)
    decisions.move(session, decision=ended)
    owing.owe_decision(session, ended, now=now)
    tell_superseded(session, ended, decision, by=by, now=now)
    audit(session, ended, "superseded", by, now, superseded_by=decision.name, **states(other, ended))


def _overtaken(session: Session, decision: Decision, other: Decision, by: str) -> NoLongerToSupersede:
    """As far as whoever accepts it may know."""
    numbers = {each for each in (other.number, other.superseded_by) if each}
    seen = lineage.seen_of(session, other.workspace_id, numbers, by)
    first = seen.get(other.superseded_by)
    why = f"which {first.name} has superseded since" if first else "which has been superseded since"
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    drivers = decision.movers(Move.EDIT)
    return NoLongerToSupersede(
        name=decision.name,
        other=other.name if other.number in seen else "an earlier decision",
        why="which no longer holds" if other.state is DecisionState.DEPRECATED else why,
        who=who_may(drivers, known, caretakers_of(session, decision, known)),
    )
