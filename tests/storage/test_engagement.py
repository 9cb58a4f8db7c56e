"""What runs count, added up in the database, as the rules count them one by one."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import Session, col, select

from domain.engagement import RunCount, week_of
from domain.metrics.participation import Count
from domain.runs import Missed, Prompt, PromptState, Response, Run
from storage import engagement, prompts, rituals
from storage.engine import Database
from storage.tables import ChannelRow, PromptRow, RunRow
from tests.counting import one_by_one
from tests.records import run
from tests.team import FORECAST, NOW, PRICING, WORKSPACE, settle

HOUR = timedelta(hours=1)
WEEK = (NOW - timedelta(days=3), NOW + timedelta(days=4))


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def test_all_that_can_become_of_a_prompt_counts_as_the_rules_say(db: Database) -> None:
    everything(db)
    known, asked = read(db)
    assert {each.missed for each in asked} >= set(Missed)
    assert week(db) == [one_by_one(known, asked)]


def test_without_names_whoever_was_asked_stays_and_no_function_is_told(db: Database) -> None:
    everything(db)
    (named,) = week(db)
    anonymous(db, 1, fewest=3)
    (one,) = week(db)
    assert one == one_by_one(*read(db))
    assert one.total.asked > named.total.asked
    counts = week_of(NOW.date(), [one])
    assert (counts.functions, counts.named) == ((), Count(0, 0))


def test_below_its_minimum_a_run_without_names_tells_nothing(db: Database) -> None:
    found = run(db, answered=2)
    anonymous(db, found.id, fewest=3)
    assert week_of(NOW.date(), week(db)).total == Count(0, 0)
    anonymous(db, found.id, fewest=2)
    assert week_of(NOW.date(), week(db)).total == Count(2, 3)


def test_runs_are_pooled_and_not_their_shares(db: Database) -> None:
    run(db, answered=3)
    run(db, answered=0, channel=PRICING)
    assert week_of(NOW.date(), week(db)).total == Count(3, 6)


def test_a_run_belongs_to_the_week_in_which_it_closed(db: Database) -> None:
    begin, end = WEEK
    for closed_at in (begin - timedelta(seconds=1), begin, end - timedelta(seconds=1), end):
        run(db, closed_at=closed_at)
    run(db, closed_at=None)
    assert [each.closed_at for each in week(db)] == [begin, end - timedelta(seconds=1)]


def test_who_came_too_late_is_told_beside_who_was_in_time(db: Database) -> None:
    found = run(db, answered=3)
    respond(db, found, [(HOUR, False), (2 * HOUR, False), (30 * HOUR, True)])
    counts = week_of(NOW.date(), week(db))
    assert (counts.total, counts.on_time, counts.late) == (Count(3, 3), Count(2, 3), 1)


def test_the_wait_at_a_place_is_that_of_one_answer(db: Database) -> None:
    found = run(db, answered=3)
    respond(db, found, [(5 * HOUR, False), (HOUR, False), (3 * HOUR, False)])
    with db.read() as session:
        hours = [engagement.waited(session, run_ids=[found.id], place=place) for place in (1, 2, 3, 4)]
        assert engagement.waited(session, run_ids=[], place=1) is None
    assert hours == [3600, 3 * 3600, 5 * 3600, None]


def week(db: Database) -> list[RunCount]:
    with db.read() as session:
        places = select(ChannelRow.id).where(col(ChannelRow.id).in_([FORECAST, PRICING]))
        return engagement.closed(session, workspace_id=WORKSPACE, channels=places, start=WEEK[0], end=WEEK[1])


def everything(db: Database) -> None:
    """A run with a prompt in each state, missed for each reason, of several functions; some were out, some joined."""
    found = run(db, answered=0)
    with db.write() as session:
        for at, (state, missed, joined) in enumerate(product(PromptState, [None, *Missed], [False, True])):
            session.add(
                PromptRow(
                    workspace_id=WORKSPACE,
                    run_id=found.id,
                    person_id=f"U{at}",
                    function=("research", "legal", "tribe", None)[at % 4],
                    state=state.value,
                    missed=missed.value if missed else None,
                    joined=joined,
                    due_at=NOW - 4 * HOUR,
                    deadline=NOW,
                    asked_at=(NOW - 4 * HOUR, None)[at % 3 == 0],
                )
            )


def anonymous(db: Database, run_id: int, *, fewest: int) -> None:
    with db.write() as session:
        row = session.get(RunRow, run_id)
        assert row
        row.template = {**row.template, "anonymous": fewest}
        session.add(row)


def read(db: Database) -> tuple[Run, list[Prompt]]:
    with db.read() as session:
        known = rituals.run(session, workspace_id=WORKSPACE, run_id=1)
        assert known
        return known, list(of(session, known))


def respond(db: Database, found: Run, given: list[tuple[timedelta, bool]]) -> None:
    with db.write() as session:
        for prompt, (after, late) in zip(of(session, found), given, strict=True):
            response = Response(prompt.id, {}, NOW, late=late, waited=round(after.total_seconds()))
            prompts.save_response(session, workspace_id=WORKSPACE, response=response)


def of(session: Session, found: Run) -> Iterator[Prompt]:
    yield from prompts.of_runs(session, run_ids=[found.id])
