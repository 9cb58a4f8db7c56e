"""The team, with Ana as Slack's admin."""

from collections.abc import Iterator

import pytest

from domain.people import Person
from storage import people as stored
from storage.engine import Database
from tests.muster import Running, running
from tests.team import ANA, WORKSPACE, settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    with database.write() as session:
        ana = Person(WORKSPACE, ANA, "Ana", "America/Sao_Paulo", is_admin=True)
        stored.save_person(session, person=ana)
    return database


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found
