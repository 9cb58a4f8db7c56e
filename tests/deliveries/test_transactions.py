"""What SQLite and PostgreSQL are told, and what many writers at once get from them."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest
from sqlalchemy import event
from sqlmodel import col, select, text, update

from storage.engine import POOL_SECONDS, POOL_SIZE, Database, DatabaseBusy
from storage.migrate import upgrade
from storage.tables import WorkspaceRow

SLACKS_PATIENCE = 2.0


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    with closing(Database(sqlite_url)) as db:
        upgrade(db)
        yield db


def pragmas(db: Database) -> list[list[object]]:
    """Of a writer and of a reader."""
    found: list[list[object]] = []
    for way in (db.write, db.read):
        with way() as session:
            names = ("journal_mode", "synchronous", "foreign_keys")
            found.append([session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names])
    return found


def test_sqlite_writes_ahead_syncs_each_commit_and_checks_references(sqlite: Database) -> None:
    assert pragmas(sqlite) == [["wal", 2, 1]] * 2


def test_a_writer_locks_at_its_begin_and_a_reader_never(sqlite: Database) -> None:
    with sqlite.write() as session:
        session.connection()
        with closing(sqlite3.connect(str(sqlite.url.database), timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            assert other.execute("SELECT count(*) FROM workspace").fetchone() == (0,)
        with sqlite.read() as reader:
            assert list(reader.exec(select(WorkspaceRow.id))) == []
    with sqlite.read() as reader:
        reader.exec(select(WorkspaceRow.id)).all()
        remember(sqlite, "T1")


def remember(db: Database, workspace_id: str) -> None:
    with db.write() as session:
        session.add(WorkspaceRow(id=workspace_id))


def test_a_reader_sees_one_moment_however_long_it_looks(sqlite: Database) -> None:
    with sqlite.read() as reader:
        assert list(reader.exec(select(WorkspaceRow.id))) == []
        remember(sqlite, "T1")
        assert list(reader.exec(select(WorkspaceRow.id))) == []


def test_twenty_writers_at_once_lose_nothing_and_none_is_told_to_wait(database: Database) -> None:
    remember(database, "T1")

    def add(_number: int) -> None:
        with database.write() as session:
            counted = update(WorkspaceRow).where(col(WorkspaceRow.id) == "T1")
            session.execute(counted.values(grace_hours=WorkspaceRow.grace_hours + 1))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(add, range(200)))
    with database.read() as session:
        assert session.exec(select(WorkspaceRow.grace_hours)).one() == 2 + 200


def test_a_file_that_is_locked_for_seconds_gives_every_waiter_a_sentence_in_time(sqlite: Database) -> None:
    def waited(number: int) -> float:
        began = time.monotonic()
        with pytest.raises(DatabaseBusy, match="very busy"):
            remember(sqlite, f"T{number}")
        return time.monotonic() - began

    with closing(sqlite3.connect(str(sqlite.url.database))) as other, ThreadPoolExecutor(8) as pool:
        other.execute("BEGIN IMMEDIATE")
        assert max(pool.map(waited, range(8))) < SLACKS_PATIENCE + 0.3
        other.rollback()
    remember(sqlite, "T9")


def test_a_pool_without_a_free_connection_gives_a_sentence(database: Database) -> None:
    with ExitStack() as stack:
        for _ in range(POOL_SIZE + 10):
            stack.enter_context(database.read()).connection()
        began = time.monotonic()
        with pytest.raises(DatabaseBusy), database.read() as session:
            session.connection()
        assert POOL_SECONDS - 0.1 < time.monotonic() - began < SLACKS_PATIENCE + 0.3


def test_a_connection_that_postgresql_has_dropped_is_replaced(postgres_url: str) -> None:
    with closing(Database(postgres_url)) as db, closing(Database(postgres_url)) as killer:
        with db.read() as session:
            mine = session.exec(text("SELECT pg_backend_pid()")).scalar_one()  # type: ignore[call-overload] # plain SQL
        with killer.write() as session:
            session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        with db.read() as session:
            other = session.exec(text("SELECT pg_backend_pid()")).scalar_one()  # type: ignore[call-overload] # plain SQL
        assert other != mine


def test_begin_is_said_once_and_rightly(sqlite: Database) -> None:
    said: list[str] = []
    for engine in (sqlite.engine, sqlite._reader):  # noqa: SLF001 - what the two engines say is the point
        event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    remember(sqlite, "T1")
    with sqlite.read() as session:
        session.exec(select(WorkspaceRow.id)).all()
    assert [each for each in said if each.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]
