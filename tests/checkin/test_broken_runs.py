"""One run that does not load stops nobody else's check-in."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import col, select

from domain.runs import PromptState, Run, RunState
from services import asking, opening
from storage import prompts
from storage import rituals as stored
from storage.tables import PromptRow, RunRow
from tests.checkin.team import AFTER, ANGELES_ENDS, BERLIN, FRIDAY, WORKSPACE, Team


@pytest.fixture
def pair(team: Team) -> tuple[Run, Run]:
    """The runs of two rituals that ask the same people at the same moments; nobody has been asked yet."""
    with team.db.write() as session:
        stored.add(session, ritual=replace(team.ritual, next_day=BERLIN.date(), next_at=BERLIN), at=FRIDAY)
    opening.open_due(team.db, now=BERLIN)
    first, second = team.runs
    return first, second


def break_run(team: Team, run: Run) -> None:
    with team.db.write() as session:
        row = session.get(RunRow, run.id)
        assert row
        row.template = {**row.template, "who": 5}


def next_moments(team: Team, run: Run) -> set[datetime | None]:
    with team.db.read() as session:
        return set(session.exec(select(col(PromptRow.next_at)).where(PromptRow.run_id == run.id)))


def test_those_of_a_healthy_run_are_asked_beside_a_broken_one(team: Team, pair: tuple[Run, Run]) -> None:
    broken, healthy = pair
    break_run(team, broken)
    assert asking.ask_due(team.db, now=BERLIN)
    with team.db.read() as session:
        assert [each.asked for each in prompts.of_run(session, run_id=healthy.id)].count(True) == 3
        assert not any(each.asked for each in prompts.of_run(session, run_id=broken.id))
    assert BERLIN + opening.PUT_OFF in next_moments(team, broken)
    assert asking.ask_due(team.db, now=BERLIN) == 0, "what is broken is left alone for an hour"


def test_a_healthy_run_closes_beside_a_broken_one(team: Team, pair: tuple[Run, Run]) -> None:
    broken, healthy = pair
    team.at(BERLIN)
    break_run(team, broken)
    assert asking.ask_due(team.db, now=ANGELES_ENDS + AFTER)
    with team.db.read() as session:
        closed = stored.run(session, workspace_id=WORKSPACE, run_id=healthy.id)
        assert closed
        assert closed.state is RunState.CLOSED
        assert {each.state for each in prompts.of_run(session, run_id=broken.id)} <= {
            PromptState.PENDING,
            PromptState.SENT,
        }
    assert next_moments(team, broken) == {ANGELES_ENDS + AFTER + opening.PUT_OFF}
