import pytest

from storage.engine import Database
from tests.checkin.team import Team, settle_in


@pytest.fixture
def team(database: Database) -> Team:
    return settle_in(database)
