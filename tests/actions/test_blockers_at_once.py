"""A blocker is edited away at the moment in which an action item is made of it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from domain.blockers import NoBlocker
from domain.submissions import Submission
from sandbox.client import eventually
from services import actions
from storage import actions as stored
from storage import blockers
from storage.engine import Database
from storage.tables import BlockerRow
from tests import records
from tests.team import ANA, FORECAST, NOW, WORKSPACE, settle

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    records.run(database, blocker="No labels")
    return database


def blocker(db: Database) -> BlockerRow | None:
    with db.read() as session:
        return session.exec(select(BlockerRow)).first()


def meanwhile(db: Database, first: Callable[[Session], object], then: Callable[[], object]) -> Future[object]:
    """Does `then` while the transaction of `first` is not over; `then` waits for it."""
    with ThreadPoolExecutor(1) as pool:
        with db.write() as session:
            first(session)
            waiting = pool.submit(then)
            assert eventually(lambda: waiting.done() or is_waiting(db))
            assert not waiting.done()
        return waiting


def is_waiting(db: Database) -> bool:
    with db.read() as session:
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        return bool(session.execute(text(query)).scalar())


def edit_away(session: Session, row: BlockerRow) -> None:
    blockers.set_of_prompt(session, prompt_id=row.prompt_id or 0, blockers=[], next_at=None)


def make_action(db: Database, row: BlockerRow) -> None:
    sent = Submission(WORKSPACE, ANA, "d1", {"what": "Relabel", "owner": ANA, "due": "2026-11-26"})
    actions.submit(db, sent=sent, channel_id=FORECAST, blocker_id=row.id, now=NOW)


def test_what_was_edited_away_just_before_is_no_blocker(db: Database) -> None:
    row = blocker(db)
    assert row
    made = meanwhile(db, lambda session: edit_away(session, row), lambda: make_action(db, row))
    assert isinstance(made.exception(), NoBlocker)
    assert blocker(db) is None


def test_what_became_an_action_item_just_before_stays(db: Database) -> None:
    row, item = blocker(db), records.action(db)
    assert row

    def take(session: Session) -> None:
        blockers.lock(session, blocker_id=row.id or 0)
        stored.add(session, item=replace(item, id=0, number=2, blocker_id=row.id), next_at=None)

    def edit() -> None:
        with db.write() as session:
            edit_away(session, row)

    assert meanwhile(db, take, edit).exception() is None
    assert blocker(db)
