"""What the channel reads of a run that is open for more than a day."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.deliveries import Kind
from domain.hours import Duration
from domain.templates import Post, QuestionType
from schedules.loop import STEPS
from services import absences, blockers, history, interim
from storage import agenda
from storage.engine import Database
from surface.reading import run_view
from tests.checkin.team import ANA, BEN, BERLIN, GRACE, WORKSPACE, Team, settle_in, utc, weekly

NEXT_DAY = BERLIN + timedelta(days=1)
HOUR = timedelta(hours=1)
BLOCKED = "The disk is full"


def of_two_days(db: Database, *, is_early: bool = False, days: int = 2) -> Team:
    post = Post(by="function", early=is_early)
    return settle_in(db, replace(weekly(), closes=Duration(days=days), post=post))


def at(team: Team, now: datetime) -> None:
    """As the loop does it."""
    while any(step(team.db, now=now) for step in STEPS):
        continue
    team.at(now)


def interims(team: Team) -> list[str]:
    return team.messages(Kind.INTERIM)


def test_a_run_that_is_open_for_a_day_is_summed_up_once_with_counts_and_blockers_only(database: Database) -> None:
    team = of_two_days(database)
    at(team, BERLIN)
    team.answer(BEN, BERLIN + HOUR, blocked=BLOCKED)
    at(team, NEXT_DAY - HOUR)
    assert interims(team) == []
    at(team, NEXT_DAY)
    (said,) = interims(team)
    assert "so far: 1 of 4 answered." in said
    assert BLOCKED in said
    assert "The summary comes" in said
    assert "The backfill" not in said
    team.answer(GRACE, NEXT_DAY + HOUR)
    at(team, NEXT_DAY + 2 * HOUR)
    assert len(interims(team)) == 1


def test_it_follows_what_becomes_of_a_blocker_and_gives_way_to_the_summary(database: Database) -> None:
    team = of_two_days(database)
    at(team, BERLIN)
    team.answer(BEN, BERLIN + HOUR, blocked=BLOCKED)
    at(team, NEXT_DAY)
    blockers.take(team.db, workspace_id=WORKSPACE, person_id=GRACE.id, blocker_id=1, now=NEXT_DAY + HOUR)
    at(team, NEXT_DAY + HOUR)
    assert "taken up by Grace" in interims(team)[0]
    at(team, utc(27, 12))
    assert interims(team)[0].splitlines()[0].endswith("so far: the summary stands at the head of this thread.")
    assert not team.is_open()


def test_it_waits_for_its_facilitator(database: Database) -> None:
    team = of_two_days(database, days=4)
    tuesday = NEXT_DAY.date().isoformat()
    away = {"workspace_id": WORKSPACE, "actor_id": GRACE.id, "person_id": GRACE.id, "draft_id": "d1"}
    absences.away(team.db, **away, first=tuesday, last=tuesday, now=BERLIN)
    at(team, BERLIN)
    at(team, NEXT_DAY)
    assert interims(team) == []
    at(team, utc(25, 8))
    assert len(interims(team)) == 1


@pytest.mark.parametrize("closes", [Duration(hours=8), Duration(hours=15)])
def test_a_run_that_ends_within_the_day_or_the_next_hour_is_not_summed_up_twice(
    database: Database, closes: Duration
) -> None:
    team = settle_in(database, replace(weekly(), closes=closes))
    for hour in range(60):
        at(team, BERLIN + hour * HOUR)
    assert not team.is_open()
    assert interims(team) == []
    with database.read() as session:
        assert interim.sum_up_due(database, now=utc(30, 8)) == 0
        assert agenda.next_at(session)


def test_with_early_the_answers_are_shown_as_they_come(database: Database) -> None:
    team = of_two_days(database, is_early=True)
    at(team, BERLIN)
    assert "Ana" not in team.messages(Kind.RUN)[0]
    team.answer(ANA, BERLIN + HOUR)
    at(team, BERLIN + HOUR)
    assert "The backfill is done." in team.messages(Kind.RUN)[0]
    at(team, NEXT_DAY)
    assert "The backfill is done." in interims(team)[0]


def test_with_early_what_does_not_fit_goes_on_in_the_thread(database: Database) -> None:
    long = replace(weekly().ask[0], type=QuestionType.LONG)
    more = tuple(replace(long, id=f"q{number}", text=f"{number}. {long.text}") for number in range(7))
    template = replace(weekly(), ask=(*weekly().ask, *more), post=Post(early=True))
    team = settle_in(database, template)
    at(team, BERLIN)
    for person in (ANA, GRACE, BEN):
        team.answer(person, BERLIN + HOUR, None, **{each.id: "word " * 560 for each in more})
    at(team, BERLIN + HOUR)
    assert "The other answers are in the thread." in team.messages(Kind.RUN)[0]
    assert "Read all" in team.messages(Kind.RUN)[0]
    assert team.messages(Kind.RUN_PART)
    run_id = team.runs[0].id
    card, start = history.folded_run(
        database, workspace_id=WORKSPACE, run_id=run_id, page=2, reader_id=GRACE.id, now=BERLIN + HOUR
    )
    assert str(run_view(card, start)).count("word " * 559) > 3, "it can be read whole while it is open"
