"""Whoever's turn it is to facilitate is told, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.deliveries import Kind
from domain.people import Role
from services import manual_runs, ritual_changes
from storage import people
from storage.engine import Database
from tests.checkin.team import ANA, BEN, BERLIN, DEV, GRACE, WORKSPACE, Team, settle_in, utc, weekly

WEEK = timedelta(days=7)
LEADS = tuple(replace(each, role=Role.LEAD) for each in (BEN, DEV, GRACE))


@pytest.fixture
def team(database: Database) -> Team:
    """Ben facilitates the first run, then Dev, then Grace, who has switched it on."""
    template = replace(weekly(), facilitator="1 of leads", who=("everyone",))
    found = settle_in(database, template, everybody=(ANA, *LEADS))
    found.at(BERLIN)
    return found


def turns(team: Team) -> dict[str, list[str]]:
    """What each such message said, oldest first, by whom it is for."""
    said = ((key, [each.text for each in texts]) for key, texts in team.sent.items() if key.startswith(f"{Kind.TURN}:"))
    return {key.rpartition(":")[2]: texts for key, texts in said}


def next_week(team: Team, *, hours: float = 0, weeks: int = 1) -> datetime:
    now = BERLIN + weeks * WEEK + timedelta(hours=hours)
    team.at(now)
    return now


def test_the_first_is_told_when_it_is_switched_on_and_hears_of_no_turn(team: Team) -> None:
    assert "with you as its facilitator" in team.messages(Kind.FACILITATOR, BEN)[0]
    assert turns(team) == {}


def test_whose_turn_comes_hears_once_when_they_are_at_work(team: Team) -> None:
    next_week(team)
    assert turns(team) == {}, "it is half past midnight where Dev is"
    next_week(team, hours=8.5)
    next_week(team, hours=9)
    ((reader, said),) = turns(team).items()
    assert reader == DEV.id
    (told,) = said
    assert told == (
        "It is your turn to facilitate Weekly sync in #forecast, Mon 30 Nov 2026: its facilitators take turns, and you "
        "come after Ben. Muster asks and sums up by itself. Please read the summary, and see that somebody takes up "
        "what blocks people; you hear when nobody answers. No time for it? Hand it over."
    )


def test_a_run_that_is_over_before_they_are_at_work_tells_nobody(team: Team) -> None:
    now = next_week(team)
    for person in (ANA, BEN, GRACE):
        team.answer(person, now)
    with team.db.write() as session:
        people.set_up_person(session, person=replace(LEADS[1], hours=replace(DEV.hours, days=frozenset({4}))))
    next_week(team, weeks=1, hours=24 * 4 + 10)
    assert turns(team) == {}


def test_who_hands_it_over_reads_that_it_was_theirs(team: Team) -> None:
    now = next_week(team, hours=8.5)
    about: Any = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": DEV.id}
    ritual_changes.hand_over(team.db, **about, to=ANA.id, now=now)
    team.at(now)
    assert turns(team)[DEV.id][-1] == "It was your turn to facilitate Weekly sync in #forecast, Mon 30 Nov 2026."
    assert "in the place of Dev" in team.messages(Kind.FACILITATOR, ANA)[0]


def test_when_the_run_has_closed_it_was_their_turn(team: Team) -> None:
    now = next_week(team, hours=8.5)
    for person in (ANA, BEN, DEV, GRACE):
        team.answer(person, now)
    team.at(now)
    assert turns(team)[DEV.id][-1] == "It was your turn to facilitate Weekly sync in #forecast, Mon 30 Nov 2026."


def test_when_the_turn_has_passed_nothing_offers_to_hand_it_over(team: Team) -> None:
    now = next_week(team, hours=9.5)
    (told,) = team.messages(Kind.FACILITATOR, BEN)
    assert told.startswith("You facilitated Weekly sync in #forecast. Now Dev does.")
    assert "Hand" not in told
    about: Any = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": BEN.id}
    assert "Hand to" in team.messages(Kind.TURN, DEV)[0]
    team.all_answer(now)
    manual_runs.run_now(team.db, **about, draft_id="d1", now=now)
    team.at(now)
    (told,) = team.messages(Kind.TURN, DEV)
    assert told.startswith("It was your turn")
    assert "Hand" not in told


def test_who_starts_a_run_knows_that_it_is_theirs(team: Team) -> None:
    about: Any = {"workspace_id": WORKSPACE, "ritual_id": team.ritual.id, "person_id": DEV.id}
    manual_runs.run_now(team.db, **about, draft_id="d1", now=utc(25, 18))
    assert team.runs[-1].facilitator_id == DEV.id
    team.at(utc(25, 18))
    assert turns(team) == {}
    team.at(utc(27, 9))
    manual_runs.run_now(team.db, **about, draft_id="d2", now=utc(27, 9))
    team.at(utc(27, 9))
    assert list(turns(team)) == [GRACE.id]
