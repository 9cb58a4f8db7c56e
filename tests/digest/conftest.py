"""The team, with Ben as the manager of its others."""

import pytest

from storage.engine import Database
from tests.digests import assign
from tests.team import settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    assign(database)
    return database
