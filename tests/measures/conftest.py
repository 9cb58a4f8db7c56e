"""The team, and the same team in the sandbox."""

from collections.abc import Iterator

import pytest

from storage.engine import Database
from tests.muster import Running, running
from tests.team import settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found
