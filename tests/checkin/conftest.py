"""Fixtures: a team for rules, and one in a Slack of its own."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from storage import people
from storage.engine import Database
from tests.checkin.slack import BERLIN, who
from tests.checkin.team import Team, settle_in
from tests.muster import Running, running


@pytest.fixture
def team(database: Database) -> Team:
    return settle_in(database)


@pytest.fixture
def muster(tables_url: str, over_http: bool) -> Iterator[Running]:
    """Half past nine on Monday in Berlin; Ben is set up as an engineer, and Erin as support."""
    with running(tables_url, over_http=over_http) as found:
        be_set_up(found, "Ben", "engineering")
        be_set_up(found, "Erin", "support")
        found.switch_on()
        found.people.jump_to(BERLIN)
        yield found


def be_set_up(muster: Running, name: str, function: str) -> None:
    with muster.process.db.write() as session:
        known = people.people(session, workspace_id=muster.workspace_id, ids=[who(muster, name).id])
        people.set_up_person(session, person=replace(known.popitem()[1], function=function))
