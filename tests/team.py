"""A small team in a database, for tests of use cases: Friday 20 November 2026, 15:00 UTC."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.channels import Channel
from domain.people import Person
from storage import channels, people
from storage.engine import Database
from storage.tables import DeliveryRow, Row
from tests.remembered import remembered
from tests.trail import entries

WORKSPACE = "T1"
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
FORECAST, PRICING, ELSEWHERE = "C1", "C2", "C3"
ANA, BEN, CHLOE, DEV, GONE = "UANA", "UBEN", "UCHLOE", "UDEV", "UGONE"
ZONES = {
    ANA: "America/Sao_Paulo",
    BEN: "Europe/Berlin",
    CHLOE: "Europe/Berlin",
    DEV: "America/Los_Angeles",
    GONE: "Europe/Berlin",
}


def settle(db: Database) -> None:
    """Everybody but Gone is here; all are in #forecast, Ben and Chloe in the private #pricing."""
    remembered(db, _settle)


def _settle(db: Database) -> None:
    with db.write() as session:
        people.save_workspace(session, workspace_id=WORKSPACE, name="Northlight", url="https://northlight.slack.com/")
        for person_id, zone in ZONES.items():
            name = person_id[1:].capitalize()
            people.save_person(session, person=Person(WORKSPACE, person_id, name, zone, left=person_id == GONE))
        _channel(session, Channel(WORKSPACE, FORECAST, "forecast", is_private=False, has_bot=True), set(ZONES))
        _channel(session, Channel(WORKSPACE, PRICING, "pricing", is_private=True, has_bot=True), {BEN, CHLOE})
        channels.save(session, channel=Channel(WORKSPACE, ELSEWHERE, "elsewhere", is_private=False))


def _channel(session: Session, channel: Channel, ids: set[str]) -> None:
    channels.save(session, channel=channel)
    channels.set_members(session, workspace_id=WORKSPACE, channel_id=channel.id, ids=ids, at=NOW)


def audited(db: Database) -> list[tuple[str, str, str]]:
    """(what, subject, actor) of every line."""
    return [(line.what, line.subject or "", line.actor_id or "") for line in entries(db)]


def owed(db: Database, kind: str) -> list[DeliveryRow]:
    """The deliveries of a kind, by whom they are for."""
    with db.read() as session:
        query = select(DeliveryRow).where(DeliveryRow.kind == kind)
        return list(session.exec(query.order_by(col(DeliveryRow.person_id), col(DeliveryRow.part))))


def readers(db: Database, kind: str) -> list[str]:
    return [row.person_id or row.channel_id for row in owed(db, kind)]


@contextmanager
def unchanged(db: Database) -> Iterator[None]:
    """Not a row is written meanwhile: what comes next finds what this found."""
    before = _written(db)
    yield
    assert _written(db) == before


def _written(db: Database) -> dict[str, Sequence[Any]]:
    with db.read() as session:
        return {table.name: session.execute(table.select()).all() for table in Row.metadata.sorted_tables}
