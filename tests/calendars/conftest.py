"""The small team, on both databases."""

from collections.abc import Iterator

import pytest

from storage.engine import Database
from tests.calendars.server import calendar_server
from tests.calendars.world import World
from tests.team import settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


@pytest.fixture
def world(db: Database) -> Iterator[World]:
    with calendar_server() as server:
        yield World(db, server)
