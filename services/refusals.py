"""When a channel does not take what belongs there, whoever answers for it is told once; what they read then follows
how the message goes on."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from domain.cards import RitualCard
from domain.decision_cards import DecisionCard
from domain.deliveries import Delivery, Kind, Standing, Subject
from domain.runs import RunState
from services import anonymous, decision_cards, owing, ritual_cards
from storage import decisions, delivery_queries, rituals
from storage.engine import Database

TOLD = frozenset({Kind.RUN, Kind.DECISION, Kind.RITUAL})


def is_told(delivery: Delivery) -> bool:
    return delivery.subject.kind in TOLD and bool(delivery.subject.channel_id)


def tell(session: Session, delivery: Delivery, *, now: datetime) -> None:
    """Slack refused it for good. A run that is still open is told of at its close, when its message is tried again."""
    about = _about(session, delivery)
    if about and _matters(session, delivery):
        owing.owe(session, delivery.workspace_id, about, now=now)


def _matters(session: Session, delivery: Delivery) -> bool:
    """A summary whenever it shows answers, for it may be an update; any other message when it has never been there."""
    subject = delivery.subject
    if subject.kind is not Kind.RUN:
        return not delivery.ts
    run = rituals.run(session, workspace_id=delivery.workspace_id, run_id=subject.id)
    if run is None or run.state is not RunState.CLOSED or not run.template.post.is_in_channel:
        return False
    return anonymous.is_told(session, run)


def follow(db: Database, tried: Iterable[Delivery], *, now: datetime) -> None:
    """Whoever was told of one of these reads how it stands now."""
    with db.read() as session:
        told = [
            (delivery.workspace_id, about)
            for delivery in filter(is_told, tried)
            if (about := _about(session, delivery)) and _standing(session, delivery.workspace_id, about)
        ]
    if told:
        with db.write() as session:
            for workspace_id, about in told:
                owing.owe_again(session, workspace_id, about, now=now)


def _about(session: Session, delivery: Delivery) -> Subject | None:
    """The message that tells of it."""
    workspace_id, subject = delivery.workspace_id, delivery.subject
    if subject.kind is Kind.RUN:
        run = rituals.run(session, workspace_id=workspace_id, run_id=subject.id)
        return owing.unposted_message(run) if run else None
    if subject.kind is Kind.DECISION:
        decision = decisions.decision(session, workspace_id=workspace_id, decision_id=subject.id)
        return Subject(Kind.UNPOSTED_DECISION, subject.id, person_id=decision.recorded_by) if decision else None
    ritual = rituals.ritual(session, workspace_id=workspace_id, ritual_id=subject.id)
    return Subject(Kind.UNPOSTED_RITUAL, subject.id, person_id=ritual.started_by) if ritual else None


def decision(
    db: Database, *, workspace_id: str, decision_id: int, reader_id: str, now: datetime
) -> tuple[DecisionCard, Standing] | None:
    """With how its card stands in its channel. None for those who may not see it."""
    card = decision_cards.reader_card(
        db, workspace_id=workspace_id, decision_id=decision_id, reader_id=reader_id, now=now
    )
    with db.read() as session:
        standing = _standing(session, workspace_id, owing.decision_card(card.decision)) if card else None
    return (card, standing) if card and standing else None


def ritual(db: Database, *, workspace_id: str, ritual_id: int, reader_id: str) -> tuple[RitualCard, Standing] | None:
    """With how the message that it is on stands in its channel."""
    card = ritual_cards.card(db, workspace_id=workspace_id, ritual_id=ritual_id, reader_id=reader_id)
    with db.read() as session:
        standing = _standing(session, workspace_id, owing.ritual_message(card.ritual)) if card else None
    return (card, standing) if card and standing else None


def _standing(session: Session, workspace_id: str, subject: Subject) -> Standing | None:
    return delivery_queries.standing(session, workspace_id=workspace_id, key=subject.key)
