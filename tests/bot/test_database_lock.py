"""On SQLite one process has the database to itself."""

from contextlib import closing

import pytest

from bot.database import DatabaseInUse, open_database, unlock, upgrade


def test_tables_are_not_changed_under_a_muster_that_runs(sqlite_url: str) -> None:
    with closing(open_database(sqlite_url)) as running:
        with pytest.raises(DatabaseInUse, match=r"Another Muster is running on .*Stop it first"):
            upgrade(sqlite_url)
        unlock(running)
    assert upgrade(sqlite_url) == "The database was up to date."


def test_an_upgrade_leaves_the_database_to_whoever_comes_next(sqlite_url: str) -> None:
    assert upgrade(sqlite_url) == "The database is up to date now."
    with closing(open_database(sqlite_url)) as running:
        unlock(running)
