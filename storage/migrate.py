"""Bringing a database to this version's tables, and telling how far it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from domain.errors import UserError
from storage.engine import Database

UPGRADE_LOCK = 77_117_115
"""A number that nobody else locks in Muster's database."""


class Schema(StrEnum):
    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    """Made by a later Muster, so not known here."""


class BrokenReferences(UserError):
    """The upgrade would leave rows that refer to rows that are not there ({tables}), and nothing was changed.
    Keep the database as it is, go on with the Muster you had, and report this as a defect.
    """


def schema(database: Database) -> Schema:
    """Reads only. Raises DatabaseBusy."""
    with database.read() as session:
        found = MigrationContext.configure(session.connection()).get_current_revision()
    if found is None:
        return Schema.EMPTY
    scripts = ScriptDirectory.from_config(_config())
    known = {script.revision for script in scripts.walk_revisions()}
    if found not in known:
        return Schema.NEWER
    return Schema.CURRENT if found == scripts.get_current_head() else Schema.OLDER


def upgrade(database: Database) -> None:
    """Runs all migrations that are missing, in one transaction."""
    with database.engine.connect() as connection, _references_aside(database, connection), connection.begin():
        if not database.is_sqlite:
            # Replicas that start at once take turns; the later ones wait, and find nothing left to do.
            connection.execute(select(func.set_config("lock_timeout", "60s", True)))
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        command.upgrade(_config(connection), "head")
        if database.is_sqlite:
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    """Raises BrokenReferences, so that nothing is committed."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check")
    broken = sorted({f"{table} to {parent}" for table, _row, parent, _key in found})
    if broken:
        raise BrokenReferences(tables=", ".join(broken))


@contextmanager
def _references_aside(database: Database, connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and would take the drop of the old one for the loss of its rows.

    It can be told otherwise only outside of a transaction.
    """
    if not database.is_sqlite:
        yield
        return
    sqlite = connection.connection.driver_connection
    assert sqlite is not None  # noqa: S101 - only a connection that was given back has none
    sqlite.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        sqlite.execute("PRAGMA foreign_keys=ON")


def write_migration(database: Database, message: str) -> None:
    """For developers: drafts the migration from a current database to the tables as they are now."""
    with database.engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
