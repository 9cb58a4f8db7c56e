"""The team, with Ana as Slack's admin."""

import pytest

from domain.people import Person
from storage import people as stored
from storage.engine import Database
from tests.team import ANA, WORKSPACE, settle


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    with database.write() as session:
        ana = Person(WORKSPACE, ANA, "Ana", "America/Sao_Paulo", is_admin=True)
        stored.save_person(session, person=ana)
    return database
