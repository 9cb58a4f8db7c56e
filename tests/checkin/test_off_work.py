"""Nobody is reminded outside their working time, whatever kept the reminder from coming earlier."""

from dataclasses import replace
from datetime import time

from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Hours
from domain.runs import PromptState
from services import absences
from storage.engine import Database
from tests.checkin.team import ANA, BERLIN, DEV, GRACE, WORKSPACE, Team, settle_in, utc, weekly

HALF_PAST_THREE, HALF_PAST_FOUR = utc(23, 14, 30), utc(23, 15, 30)
"""In Berlin, where reminders are due at half past three."""


def test_a_reminder_that_comes_too_late_for_somebodys_hours_does_not_come(database: Database) -> None:
    early = replace(ANA, hours=Hours(time(8), time(16)))
    team = settle_in(database, everybody=(early, DEV, GRACE))
    team.at(BERLIN)
    team.at(HALF_PAST_FOUR)
    assert not team.messages(Kind.REMINDER, ANA), "it is 16:30, and Ana went home at 16:00"
    assert team.prompt(ANA).state is PromptState.SENT


def test_in_time_it_comes(database: Database) -> None:
    early = replace(ANA, hours=Hours(time(8), time(16)))
    team = settle_in(database, everybody=(early, DEV, GRACE))
    team.at(BERLIN)
    team.at(HALF_PAST_THREE)
    assert len(team.messages(Kind.REMINDER, ANA)) == 1


def test_somebody_away_for_a_day_of_a_long_window_is_not_reminded_that_day(database: Database) -> None:
    at_half_past_one = replace(weekly(), closes=Duration(days=2), remind=(Duration(hours=44),))
    team = settle_in(database, at_half_past_one)
    team.at(BERLIN)
    let_go = go_away_today(team)
    assert let_go == [], "Ana is back on Tuesday, in the first half of the window"
    team.at(utc(23, 12, 30))
    assert not team.messages(Kind.REMINDER, ANA)
    assert team.messages(Kind.REMINDER, GRACE)


def go_away_today(team: Team) -> list[str]:
    now, today = utc(23, 11), "2026-11-23"
    place = {"workspace_id": WORKSPACE, "person_id": ANA.id, "draft_id": "d1"}
    return list(absences.away(team.db, **place, first=today, last=today, now=now).let_go)
