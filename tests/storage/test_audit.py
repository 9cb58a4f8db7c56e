"""Nobody rewrites the audit trail, and what must be forgotten can be."""

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import delete, select, update

from storage.engine import Database
from storage.tables import AuditRow
from tests.team import ANA, NOW, WORKSPACE

LINE = AuditRow(workspace_id=WORKSPACE, at=NOW, actor_id=ANA, what="decision accepted", subject="D-1")


@pytest.fixture
def db(database: Database) -> Database:
    with database.write() as session:
        session.add(AuditRow(**LINE.model_dump()))
    return database


def test_a_line_cannot_be_changed(db: Database) -> None:
    with pytest.raises(DBAPIError, match="the audit trail is append-only"), db.write() as session:
        session.execute(update(AuditRow).values(actor_id="somebody else"))
    with db.read() as session:
        assert session.exec(select(AuditRow.actor_id)).one() == ANA


def test_a_line_can_be_deleted_on_request(db: Database) -> None:
    with db.write() as session:
        session.execute(delete(AuditRow))
    with db.read() as session:
        assert session.exec(select(AuditRow)).first() is None
