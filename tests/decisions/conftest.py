"""The team, before anything is decided."""

import pytest

from storage.engine import Database
from tests.team import settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database
