"""In which order a decision and what it supersedes are locked, on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlmodel import select, text

from sandbox.client import eventually
from storage import decisions as stored
from storage.engine import Database
from storage.tables import DecisionRow
from tests.decisions.test_superseding import approve, get, old, proposed
from tests.team import WORKSPACE, settle

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture
def db(postgres_tables_url: str) -> Iterator[Database]:
    with closing(Database(postgres_tables_url)) as found:
        settle(found)
        yield found


def waiting(db: Database) -> int:
    with db.read() as session:  # Each anew: in one transaction the server counts once.
        return int(session.execute(WAITING).scalar_one())


def test_whoever_waits_for_the_older_one_holds_nothing_newer(db: Database) -> None:
    old(db)
    proposed(db)
    newer = select(DecisionRow.id).where(DecisionRow.id == 2).with_for_update(nowait=True)
    with ThreadPoolExecutor(1) as pool:
        with db.write() as session:
            stored.decision(session, workspace_id=WORKSPACE, decision_id=1, lock=True)
            attempt = pool.submit(approve, db, 2)
            assert eventually(lambda: waiting(db), within=1.5)
            assert session.exec(newer).one() == 2
        attempt.result()
    assert get(db, 1).superseded_by == 2
