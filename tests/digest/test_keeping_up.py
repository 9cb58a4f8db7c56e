"""Whether what people say is heeded, and how evenly they take part, counted for one reader on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.blockers import BlockerState
from domain.keeping_up import KeepingUp
from domain.metrics.participation import Count
from domain.runs import RunState
from services.keeping_up import kept
from storage import channels, engagement, people
from storage.engine import Database
from storage.tables import BlockerRow, RunRow
from surface.keeping_up import keeping_up_line
from tests.checkin.team import (
    AFTER,
    ANA,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
FIVE = (ANA, BEN, GRACE, *(replace(ANA, id=f"U{n}", name=f"Person {n}", function="legal") for n in (5, 6)))
NOW = BERLIN + 4 * WEEK


@pytest.fixture
def team(database: Database) -> Team:
    """Three weeks: Ana is blocked in each, Ben answers once, the others never."""
    found = settle_in(database, weekly(), everybody=FIVE)
    for number in range(3):
        found.at(BERLIN + number * WEEK)
        found.answer(ANA, BERLIN + number * WEEK, blocked=f"No data {number}", unblocker=GRACE.id)
        if not number:
            found.answer(BEN, BERLIN)
        found.at(BERLIN_ENDS + AFTER + number * WEEK)
    return found


def settle_blocker(team: Team, number: int, **values: object) -> None:
    with team.db.write() as session:
        row = session.get(BlockerRow, number)
        assert row
        row.sqlmodel_update(values)


def counted(team: Team, reader_id: str = GRACE.id) -> KeepingUp:
    with team.db.read() as session:
        reader = people.person(session, workspace_id=WORKSPACE, person_id=reader_id)
        assert reader
        places = channels.readable(session, workspace_id=WORKSPACE, person_id=reader_id, now=NOW)
        runs = engagement.closed(session, workspace_id=WORKSPACE, channels=[CHANNEL], start=BERLIN, end=NOW)
        return kept(session, reader, places, runs, NOW)


def test_what_is_taken_up_in_time_and_leads_to_something_counts(team: Team) -> None:
    settle_blocker(team, 1, state=BlockerState.ACKNOWLEDGED.value, acknowledged_at=BERLIN + 2 * DAY)
    settle_blocker(team, 2, state=BlockerState.CLEARED.value, cleared_at=BERLIN + WEEK + 5 * DAY)
    found = counted(team)
    assert found.clock == Count(1, 3), "five days are more than three working days"
    assert found.loop == Count(1, 3), "who takes something up has not settled it yet"


def test_a_run_without_an_answer_or_closed_late_did_not_go_as_planned(team: Team) -> None:
    assert counted(team).rhythm == Count(3, 3)
    with team.db.write() as session:
        row = session.get(RunRow, 2)
        assert row
        assert row.closed_at
        row.sqlmodel_update({"closed_at": row.closed_at + DAY, "skipped": 2})
        assert row.state == RunState.CLOSED
    assert counted(team).rhythm == Count(2, 5), "two were never asked"


def test_evenness_is_of_functions_by_share_and_of_people_by_answers(team: Team) -> None:
    found = counted(team)
    assert found.functions == 0, "of two functions one alone was heard"
    assert found.people == pytest.approx(7 / 8), "three answers of one, one of another, none of three"


def test_whoever_reads_nothing_there_is_told_nothing(team: Team) -> None:
    with team.db.write() as session:
        stranger = replace(DEV, id="U9", is_guest=True)
        people.save_person(session, person=stranger)
    found = counted(team, "U9")
    assert (found.clock, found.loop) == (Count(0, 0), Count(0, 0))


def test_it_is_one_line_of_what_can_be_told() -> None:
    nothing = KeepingUp(Count(0, 0), Count(0, 0), Count(0, 0), None, None)
    assert keeping_up_line(nothing) == ""
    assert keeping_up_line(KeepingUp(Count(3, 4), Count(6, 8), Count(11, 12), 0.94, 0.21)) == (
        "Blockers taken up within three working days: 3 of 4. Blockers that led to something within 14 days: 6 of 8 "
        "(75 %). Check-ins as planned: 11 of 12 (92 %). Evenness of functions 0.94 (1 is all alike). Answers by person "
        "0.21 (0 is all alike, 1 is one for all)."
    )
