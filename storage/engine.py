"""Opening SQLite or PostgreSQL, and the two kinds of transaction."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolIsEmpty
from sqlmodel import Session

from domain.errors import UserError
from storage import ending

BUSY_SECONDS = 1.5
"""How long a transaction waits for others: less than Slack waits for an acknowledgement."""
FILE_SECONDS = 0.4
"""How long it then waits for another program that writes to the same file."""
LOCK_SECONDS = BUSY_SECONDS / 2
"""PostgreSQL counts two waits for one row: first for one's turn among those who wait, then for the row itself."""
POOL_SECONDS = 0.5
"""How long it waits for a connection before that. Twice this, to read and then to write, and once for others is still
less than Slack waits."""
GONE_MILLISECONDS = 10_000
"""After so long without a sign of life a connection to PostgreSQL counts as broken."""
POOL_SIZE = 20

BUSY_STATES = frozenset({"55P03", "40P01"})
"""PostgreSQL's words for a lock not given in time, and for a deadlock."""


class DatabaseBusy(UserError):
    """Muster is very busy. Wait a few seconds, and look whether it was done before you try again."""


class Database:
    """One database. `write()` and `read()` are short transactions; `changed` is set after each commit, unless what was
    written makes nothing due (`ending.makes_nothing_due`).

    Opened `read_only` it changes nothing, waits for nobody who writes, and makes no file.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.url = make_url(url)
        self._read_only = read_only
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.changed = threading.Event()
        self._writer = self._engine()
        # A reader that began with BEGIN IMMEDIATE would queue behind the writers for nothing.
        self._reader = self._engine() if self.is_sqlite else self._writer
        # SQLite's writers back off at random; taking turns in the process first keeps their wait short and fair.
        self._turn = threading.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            event.listen(self._writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
            event.listen(self._reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            read_only = " -c default_transaction_read_only=on" if self._read_only else ""
            options = {
                "options": f"-c lock_timeout={LOCK_SECONDS * 1000:.0f} -c timezone=UTC{read_only}",
                "connect_timeout": 2,
                "tcp_user_timeout": GONE_MILLISECONDS,
            }
            return self._pool(options, pool_pre_ping=True)
        engine = self._pool({"timeout": FILE_SECONDS})
        event.listen(engine, "connect", _begin_ourselves if self._read_only else _prepare_sqlite)
        return engine

    def _pool(self, connect_args: dict[str, Any], **options: Any) -> Engine:
        return create_engine(
            _only_to_read(self.url) if self._read_only and self.is_sqlite else self.url,
            hide_parameters=True,
            pool_size=POOL_SIZE,
            pool_timeout=POOL_SECONDS,
            connect_args=connect_args,
            **options,
        )

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that commits at the end, or changes nothing when an error is raised. Raises DatabaseBusy."""
        with (
            _busy_in_words(),
            self._my_turn(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
            ending.end(session)
        if not ending.is_nothing_due(session):
            self.changed.set()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise DatabaseBusy
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A view of the database as it is. Raises DatabaseBusy."""
        with _busy_in_words(), Session(self._reader, autoflush=False) as session:
            yield session

    @property
    def engine(self) -> Engine:
        """For migrations only."""
        return self._writer

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


@contextmanager
def _busy_in_words() -> Iterator[None]:
    try:
        yield
    except PoolIsEmpty as error:
        raise DatabaseBusy from error
    except OperationalError as error:
        if _is_busy(error):
            raise DatabaseBusy from error
        raise


def _is_busy(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) in BUSY_STATES or "database is locked" in str(error.orig)


def _only_to_read(url: URL) -> URL:
    """SQLite reads a file in WAL mode through two more beside it, and makes them even to read.

    While neither is there nobody has the file open to write, and it can be read as it stands, without them.
    """
    path = Path(url.database or "").absolute()
    how = {} if _is_in_use(path) else {"immutable": "1"}
    return url.set(database=f"file:{quote(str(path))}", query={"mode": "ro", **how, "uri": "true"})


def _is_in_use(path: Path) -> bool:
    try:
        return any(Path(f"{path}{beside}").exists() for beside in ("-wal", "-journal"))
    except PermissionError:  # The connection will fail, and say so.
        return True


def _begin_ourselves(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # See the "begin" listeners.


def _prepare_sqlite(connection: Any, record: object) -> None:
    _begin_ourselves(connection, record)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    # What is deleted is to be gone: its place in the file is overwritten.
    connection.execute("PRAGMA secure_delete=ON")
