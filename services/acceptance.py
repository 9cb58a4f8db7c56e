"""What comes with the acceptance of a decision, however that came about."""

from datetime import datetime

from sqlmodel import Session

from domain.decision_cards import News
from domain.decision_states import OPEN, DecisionState
from domain.decisions import Decision
from services import owing
from services.decision_moves import audit
from services.decision_news import tell, tell_objector


def accept(session: Session, decision: Decision, *, was: DecisionState | None, by: str, now: datetime) -> None:
    """Once it is written as accepted. `was`: its state before; None of what is recorded as accepted."""
    owing.owe_decision(session, decision, now=now)
    if was in OPEN:
        audit(session, decision, "approved", by, now, before=was, after=decision.state)
        overruled = [each for each in decision.objections if each.overruled_at == now]
        tell(session, decision, News.APPROVED, but=[each.person_id for each in overruled], now=now)
        for each in overruled:
            tell_objector(session, decision, News.OVERRULED, each, now=now)
