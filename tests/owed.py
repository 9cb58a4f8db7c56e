"""Hands on the queue of what Muster owes: owing, claiming and recording."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from domain.deliveries import Delivery, Kind, Outcome, Subject
from services import deliveries as service
from services.deliveries import Paces
from storage import deliveries, delivery_queries, owed
from storage.engine import Database
from storage.owed import Want
from storage.tables import DeliveryRow

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def prompt(number: int = 1) -> Subject:
    return Subject(Kind.PROMPT, number, person_id=f"U{number}")


def card(number: int = 1, channel: str = "C1") -> Subject:
    return Subject(Kind.DECISION, number, channel_id=channel)


def owe(db: Database, *wants: Want | Subject, workspace_id: str = "T1", now: datetime = NOW) -> None:
    found = [each if isinstance(each, Want) else Want(each) for each in wants]
    with db.write() as session:
        owed.want(session, workspace_id=workspace_id, wants=found, now=now)


def owe_again(db: Database, *subjects: Subject, now: datetime = NOW) -> None:
    with db.write() as session:
        owed.want_again(session, workspace_id="T1", keys=[each.key for each in subjects], now=now)


def claim(db: Database, now: datetime = NOW, limit: int = 100, paces: Paces | None = None) -> list[Delivery]:
    return service.claim(db, now=now, limit=limit, paces=paces or {})


def settle(db: Database, *outcomes: Outcome, now: datetime = NOW) -> None:
    with db.write() as session:
        deliveries.settle(session, outcomes=outcomes, now=now)


def sent(delivery: Delivery, shown: int | None = None, ts: str = "1.1") -> Outcome:
    shown = delivery.wanted if shown is None else shown
    return Outcome(delivery, sent=True, shown=shown, channel="C1", ts=delivery.ts or ts)


def row(db: Database, subject: Subject) -> DeliveryRow:
    with db.read() as session:
        return session.exec(select(DeliveryRow).where(DeliveryRow.key == subject.key)).one()


def in_trouble(db: Database, now: datetime) -> list[DeliveryRow]:
    with db.read() as session:
        return delivery_queries.in_trouble(session, workspace_id="T1", harmless=(), now=now)
