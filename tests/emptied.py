"""Muster's databases with their tables and nothing in them, the same ones again for each test.

A copy for each test would take several times as long, and would begin by compiling every statement anew. A test that
listens to the engine must stop at its end, and what it sets in PostgreSQL it sets with SET LOCAL: the next one gets the
same connections.
"""

import shutil
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from storage.engine import Database
from tests.databases import connect, fresh_database, text_of

_TABLES = """
SELECT relkind, relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname <> 'alembic_version'
"""
# What a test has left at work ends first, as it might hold rows. What is idle holds none and may stay: a new connection
# begins by reading anew what the tables are like.
_END = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle';
"""
# The triggers that keep the audit trail are left out.
_UNGUARDED = "SET session_replication_role = replica"


class EmptiedFile:
    def __init__(self, folder: Path, template: Path) -> None:
        self.file, self.template = folder / "muster.db", template
        self.database = Database(f"sqlite:///{self.file}")

    def for_a_test(self) -> Database:
        self.close()
        # New files: what a test has left open goes on with the old ones.
        for each in self.file.parent.iterdir():
            each.unlink()
        shutil.copy(self.template, self.file)
        self.database.changed.clear()
        return self.database

    def close(self) -> None:
        self.database.close()


class EmptiedPostgres:
    def __init__(self, server: URL, template: str) -> None:
        self.server, self.template = server, template
        self.copy = ExitStack()
        self._copy()

    def for_a_test(self) -> Database:
        """Also after one that has renamed a table."""
        try:
            self.connection.execute(self.empty)
        except psycopg.Error:
            self.close()
            self._copy()
        self.database.changed.clear()
        return self.database

    def _copy(self) -> None:
        url = self.copy.enter_context(fresh_database(self.server, template=self.template))
        self.database = self.copy.enter_context(closing(Database(text_of(url))))
        self.connection = self.copy.enter_context(closing(connect(url)))
        self.connection.execute(_UNGUARDED)
        found = self.connection.execute(_TABLES).fetchall()
        tables = (sql.SQL("DELETE FROM {};").format(sql.Identifier(name)) for kind, name in found if kind == "r")
        # To restart a sequence would make a new file, and all who are connected forget what they know of the tables.
        counts = (sql.SQL("SELECT setval({}, 1, false);").format(name) for kind, name in found if kind == "S")
        self.empty = sql.SQL("").join([sql.SQL(_END), *tables, *counts])

    def close(self) -> None:
        self.copy.close()
