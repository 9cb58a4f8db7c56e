"""The team, before anything is to be done."""

import pytest

from storage.engine import Database
from tests.team import settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database
