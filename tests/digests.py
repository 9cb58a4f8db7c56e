"""Writing and showing Ben's digest in the database of tests.team."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlmodel import select, update

from domain.digests import DigestCard
from services import digest_cards, digests
from storage import people
from storage.engine import Database
from storage.tables import ChannelRow, DigestRow, PersonRow
from surface.digest import digest_message
from tests.team import ANA, BEN, CHLOE, DEV, NOW, WORKSPACE, owed

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
"""08:00 in Berlin, where Ben is."""
WEEK = date(2026, 11, 16)


def assign(db: Database, *ids: str, manager: str | None = BEN) -> None:
    """Everybody else, if nobody is named."""
    with db.write() as session:
        known = people.people(session, workspace_id=WORKSPACE)
        for person_id in ids or (ANA, CHLOE, DEV):
            people.set_up_person(session, person=replace(known[person_id], manager_id=manager, function="research"))
        digests.plan(session, workspace_id=WORKSPACE, person_id=BEN, now=NOW)


def planned(db: Database, person_id: str = BEN) -> datetime | None:
    with db.read() as session:
        return session.exec(select(PersonRow.next_at).where(PersonRow.id == person_id)).one()


def weeks(db: Database) -> list[date]:
    with db.read() as session:
        return sorted(row.week for row in session.exec(select(DigestRow)))


def write(db: Database, now: datetime = MONDAY) -> None:
    fresh(db, now)
    while digests.digests_due(db, now=now):
        continue


def fresh(db: Database, now: datetime) -> None:
    with db.write() as session:
        session.execute(update(ChannelRow).values(checked_at=now))


def show(db: Database, now: datetime = MONDAY, *, digest_id: int = 1) -> DigestCard:
    card = digest_cards.card(db, workspace_id=WORKSPACE, digest_id=digest_id, now=now)
    assert card
    return card


def written(db: Database, now: datetime = MONDAY) -> DigestCard:
    write(db, now)
    return show(db, now)


def text(db: Database, now: datetime = MONDAY, *, digest_id: int = 1) -> str:
    return digest_message(show(db, now, digest_id=digest_id)).text


def wanted(db: Database, kind: str) -> int:
    return sum(row.wanted for row in owed(db, kind))
