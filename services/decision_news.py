"""Who is told what became of a decision that waits for a verdict."""

from datetime import datetime

from sqlmodel import Session

from domain.decision_cards import DecisionNews, News
from domain.decisions import Decision
from services import owing
from services.decision_cards import caretakers_of
from storage import people


def tell(session: Session, decision: Decision, news: News, *, now: datetime) -> None:
    """Those who wait for the verdict; not the approver, who gave it. Of those who look after the channel, the first."""
    waiting = people.people(session, workspace_id=decision.workspace_id, ids=decision.drivers)
    here = [each for each in waiting.values() if not each.left] or caretakers_of(session, decision, waiting)[:1]
    readers = [each.id for each in here if each.id != decision.form.approver_id]
    told = owing.decision_news(decision, DecisionNews.of(decision, news), readers)
    owing.owe(session, decision.workspace_id, *told, now=now)
