"""Opening the database for the process that sends: the lock, the schema, and what a crash left behind."""

import fcntl
import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TextIO

from bot.reaching import name_of, reaching
from domain.errors import UserError
from storage import migrate
from storage.engine import Database
from storage.migrate import Schema


class DatabaseInUse(UserError):
    """Another Muster is running on {name}. Stop it first, or set MUSTER_DATABASE_URL to another database."""


class DatabaseNewer(UserError):
    """{name} was made by a newer Muster. Install that version again, or restore a backup made with this one."""


class DatabaseOlder(UserError):
    """{name} was made by an older Muster. Type `muster db upgrade`, after a backup."""


_locks: dict[str, TextIO] = {}
"""Held until the process ends."""


def open_database(url: str) -> Database:
    """Opens the database, up to date. On SQLite this process becomes the only one that sends. Raises UserError."""
    db = Database(url)
    with ExitStack() as undo, reaching(db):
        undo.callback(db.close)
        _lock(db)
        undo.callback(unlock, db)
        _bring_up_to_date(db)
        undo.pop_all()
    return db


def upgrade(url: str) -> str:
    """`muster db upgrade`: brings the tables up to this version; says what it did. Raises UserError."""
    db = Database(url)
    with ExitStack() as undo, reaching(db):
        undo.callback(db.close)
        _lock(db)
        undo.callback(unlock, db)
        before = migrate.schema(db)
        if before is Schema.NEWER:
            raise DatabaseNewer(name=name_of(db))
        migrate.upgrade(db)
    return "The database was up to date." if before is Schema.CURRENT else "The database is up to date now."


def _lock(db: Database) -> None:
    """The operating system frees the lock when the process ends, however it ends."""
    if not db.is_sqlite or not db.url.database:
        return
    path = f"{Path(db.url.database).resolve()}.lock"
    # Not emptied before it is ours: whoever holds it has its number in it.
    handle = Path(path).open("a")  # noqa: SIM115 - kept open as long as the process lives
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise DatabaseInUse(name=db.url.database) from error
    handle.truncate(0)
    handle.write(f"{os.getpid()}\n")
    handle.flush()
    _locks[path] = handle


def unlock(db: Database) -> None:
    handle = _locks.pop(f"{Path(db.url.database or '').resolve()}.lock", None)
    if handle:
        handle.close()


def _bring_up_to_date(db: Database) -> None:
    found = migrate.schema(db)
    if found is Schema.NEWER:
        raise DatabaseNewer(name=name_of(db))
    if found is Schema.OLDER and not db.is_sqlite:
        raise DatabaseOlder(name=name_of(db))
    if found is Schema.OLDER:
        _copy_before_upgrade(db)
    if found is not Schema.CURRENT:
        migrate.upgrade(db)


def _copy_before_upgrade(db: Database) -> None:
    """SQLite's own copy, which is whole even while others read; it stands beside the database."""
    path = f"{db.url.database}.before-upgrade"
    Path(path).unlink(missing_ok=True)
    # Not within a transaction, which SQLAlchemy would begin.
    with closing(sqlite3.connect(str(db.url.database))) as connection:
        connection.execute("VACUUM INTO ?", (path,))
