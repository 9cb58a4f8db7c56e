"""Databases come to this version's tables, keep moments as they are, and say what is wrong with them."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import Session, func, select

from bot.database import DatabaseInUse, DatabaseNewer, DatabaseOlder, open_database, unlock, upgrade
from bot.reaching import DatabaseNotReached
from storage import migrate
from storage.engine import BUSY_SECONDS, Database, DatabaseBusy
from storage.migrate import Schema
from storage.tables import Row, WorkspaceRow

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def empty(database_url: str) -> str:
    return database_url


def test_the_migrations_from_empty_make_the_tables(empty: str) -> None:
    with closing(Database(empty)) as db:
        assert migrate.schema(db) is Schema.EMPTY
        migrate.upgrade(db)
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Row.metadata) == []


def test_sqlite_gives_no_id_again_where_rows_are_deleted(sqlite_url: str) -> None:
    """Alembic does not compare it; PostgreSQL never does."""
    wanted = {each.name for each in Row.metadata.sorted_tables if each.dialect_options["sqlite"]["autoincrement"]}
    with closing(Database(sqlite_url)) as db:
        migrate.upgrade(db)
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"))
            assert set(found.scalars()) == wanted == {"absence", "blocker"}


def test_indexes_of_what_is_due_hold_only_what_is_to_come(database: Database) -> None:
    """Alembic compares no conditions of indexes."""
    names = "name, sql FROM sqlite_master" if database.is_sqlite else "indexname, indexdef FROM pg_indexes"
    with database.engine.connect() as connection:
        found = {name: sql for name, sql in connection.execute(text(f"SELECT {names}")) if name.endswith("_due")}
    assert len(found) == 13
    assert all("next_at IS NOT NULL" in sql for sql in found.values())


def test_an_upgrade_of_sqlite_refuses_to_leave_rows_that_refer_to_nothing(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as db:
        migrate.upgrade(db)
        with closing(sqlite3.connect(str(db.url.database))) as file:  # Which checks no references unless told to.
            file.execute("INSERT INTO channel VALUES ('T0', 'C1', 'forecast', 0, 0, 0, 1, NULL, NULL, NULL)")
            file.commit()
        with pytest.raises(migrate.BrokenReferences, match="channel to workspace"):
            migrate.upgrade(db)
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_an_upgrade_of_an_up_to_date_database_changes_nothing(empty: str) -> None:
    assert upgrade(empty) == "The database is up to date now."
    with closing(Database(empty)) as db, db.write() as session:
        session.add(WorkspaceRow(id="T1"))
    assert upgrade(empty) == "The database was up to date."
    with closing(Database(empty)) as db:
        migrate.upgrade(db)
        assert migrate.schema(db) is Schema.CURRENT
        with db.read() as session:
            assert session.exec(select(WorkspaceRow.id)).all() == ["T1"]


def set_revision(url: str, revision: str) -> None:
    with closing(Database(url)) as db:
        migrate.upgrade(db)
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": revision})


@pytest.mark.parametrize("opening", [open_database, upgrade])
def test_a_newer_database_is_refused_with_what_to_do(empty: str, opening: Callable[[str], object]) -> None:
    set_revision(empty, "9999")
    for _ in range(2):
        with pytest.raises(DatabaseNewer, match=r"was made by a newer Muster\. Install that version again"):
            opening(empty)


def test_the_sentence_for_an_older_database_names_the_command_to_type() -> None:
    assert str(DatabaseOlder(name="x")).endswith("Type `muster db upgrade`, after a backup.")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReached, match=r"there is no folder .*nowhere\. Make it"):
        open_database(f"sqlite:///{tmp_path / 'nowhere' / 'muster.db'}")


def test_a_server_that_is_not_there_is_named_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReached, match=r"cannot be opened: .*\. Start the server") as found:
        open_database(f"postgresql+psycopg://muster:secret@/muster?host={tmp_path}")
    assert "secret" not in str(found.value)


HOLD = """
import sys
from bot.database import open_database
db = open_database(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_process_on_one_sqlite_file_is_refused_until_the_first_has_ended(sqlite_url: str) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, sqlite_url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(DatabaseInUse, match=r"Another Muster is running on .*muster\.db"):
            open_database(sqlite_url)
        holder.kill()
    with closing(open_database(sqlite_url)) as db:
        assert migrate.schema(db) is Schema.CURRENT
        unlock(db)


def remember(db: Database, workspace_id: str) -> None:
    with db.write() as session:
        session.add(WorkspaceRow(id=workspace_id))


def test_a_database_locked_by_another_program_says_so_within_slacks_patience(sqlite_url: str) -> None:
    with closing(open_database(sqlite_url)) as db, closing(sqlite3.connect(str(db.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match=r"very busy\. Wait a few seconds"):
            remember(db, "T1")
        other.rollback()
        remember(db, "T1")
        unlock(db)


def test_a_writer_does_not_wait_for_ever_for_its_turn(database: Database) -> None:
    with database.write() as session:
        session.add(WorkspaceRow(id="T1"))
    with database.write() as session:
        session.get(WorkspaceRow, "T1", with_for_update=True)
        with pytest.raises(DatabaseBusy), database.write() as second:
            second.get(WorkspaceRow, "T1", with_for_update=True)


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    def fail(session: Session) -> None:
        session.add(WorkspaceRow(id="T1"))
        session.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.write() as session:
        fail(session)
    with database.read() as session:
        assert session.get(WorkspaceRow, "T1") is None


def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    moment = datetime(2026, 11, 23, 14, 15, 16, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with database.write() as session:
        session.add(WorkspaceRow(id="T1", people_checked_at=moment))
    with database.read() as session:
        found = session.exec(select(WorkspaceRow.people_checked_at)).one()
        assert found == moment
        assert found.tzinfo is UTC
        assert session.exec(select(WorkspaceRow.id).where(WorkspaceRow.people_checked_at <= moment)).all() == ["T1"]  # type: ignore[operator] # never None here


def test_a_replica_that_starts_while_another_makes_the_tables_waits_for_its_turn(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as first, closing(Database(postgres_url)) as second:
        with ThreadPoolExecutor(1) as pool, first.engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(migrate.UPGRADE_LOCK)))
            later = pool.submit(migrate.upgrade, second)
            with pytest.raises(TimeoutError):
                later.result(BUSY_SECONDS + 0.5)
            connection.rollback()
            later.result(20)
        assert migrate.schema(second) is Schema.CURRENT
