"""Who is told what became of a decision that waits for a verdict."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from domain.decision_cards import DecisionNews, News
from domain.decisions import Decision
from services import owing
from services.decision_cards import caretakers_of
from storage import people


def tell(session: Session, decision: Decision, news: News, *, now: datetime) -> None:
    """Those who wait for the verdict; not the approver, who gave it. Of those who look after the channel, the first."""
    known = people.people(session, workspace_id=decision.workspace_id, ids=decision.named)
    waiting = [known[each] for each in sorted(decision.drivers) if each in known and not known[each].left]
    here = waiting or caretakers_of(session, decision, known)[:1]
    _owe(session, decision, news, {each.id for each in here} - {decision.form.approver_id}, now)


def tell_end(session: Session, decision: Decision, *, now: datetime) -> None:
    """Whoever has acknowledged it, recorded, drives or approved it; not whoever ended it."""
    relied = {*decision.acknowledged, *decision.drivers, decision.form.approver_id} - {decision.ended_by}
    known = people.people(session, workspace_id=decision.workspace_id, ids=relied)
    here = {each.id for each in known.values() if not each.left}
    _owe(session, decision, News.NO_LONGER_HOLDS, here, now)


def _owe(session: Session, decision: Decision, news: News, readers: Iterable[str], now: datetime) -> None:
    told = owing.decision_news(decision, DecisionNews.of(decision, news), sorted(readers))
    owing.owe(session, decision.workspace_id, *told, now=now)
