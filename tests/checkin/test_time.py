"""What time does to a run: when each is asked, reminded and no longer heard, and when it closes."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from domain.cadence import parse
from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Hours
from domain.runs import PromptState
from services import home
from services.people import set_up
from storage import people, prompts
from storage.engine import Database
from storage.tables import ChannelRow
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    CHANNEL,
    DEV,
    EVERYBODY,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    utc,
    weekly,
)


def test_each_is_asked_at_their_own_half_past_nine(team: Team) -> None:
    team.at(BERLIN - AFTER)
    assert not team.runs
    team.at(BERLIN)
    assert [len(team.messages(Kind.PROMPT, person)) for person in EVERYBODY] == [1, 1, 0, 1]
    team.at(ANGELES - AFTER)
    assert not team.messages(Kind.PROMPT, DEV)
    team.at(ANGELES)
    assert len(team.messages(Kind.PROMPT, DEV)) == 1


def test_the_invitation_says_what_it_is_for_and_until_when(team: Team) -> None:
    team.at(BERLIN)
    said = team.messages(Kind.PROMPT, ANA)[0]
    assert "Line up research progress" in said
    assert "Please answer by Mon 23 Nov 2026 17:30 CET." in said
    assert "for #forecast, facilitated by Grace" in said
    assert "Answer" in said.splitlines()
    assert "Skip today" in said.splitlines()


def test_nobody_is_asked_outside_working_hours(database: Database) -> None:
    late = replace(ANA, hours=Hours(time(11), time(19)))
    off = replace(BEN, hours=Hours(days=frozenset({1, 2, 3})))
    team = settle_in(database, everybody=(late, off, DEV, GRACE))
    team.at(BERLIN)
    assert not team.messages(Kind.PROMPT, ANA) + team.messages(Kind.PROMPT, BEN)
    team.at(utc(23, 10))
    assert team.messages(Kind.PROMPT, ANA)
    team.at(utc(24, 8))
    assert team.messages(Kind.PROMPT, BEN), "Tuesday 09:00 is Ben's next working moment"


def test_skips_and_answers_of_all_close_the_run_at_once(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER)
    team.skip(GRACE, BERLIN + AFTER)
    team.answer(BEN, BERLIN + AFTER)
    assert team.is_open(), "Dev is still asleep"
    team.at(ANGELES)
    team.answer(DEV, ANGELES + AFTER)
    assert not team.is_open()
    team.at(ANGELES + AFTER)
    summary = team.messages(Kind.RUN)[0]
    assert "3 of 4 answered · skipped: Grace" in summary


def test_the_run_closes_after_the_last_deadline(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER)
    team.at(BERLIN_ENDS)
    assert team.states() == [PromptState.ANSWERED, PromptState.SENT, PromptState.PENDING, PromptState.SENT]
    team.at(BERLIN_ENDS + AFTER)
    assert team.states() == [PromptState.ANSWERED, "no answer", PromptState.PENDING, "no answer"]
    team.at(ANGELES)
    team.at(ANGELES_ENDS)
    assert team.is_open()
    team.at(ANGELES_ENDS + AFTER)
    assert not team.is_open()
    assert "1 of 4 answered · not heard from: Ben, Dev and Grace" in team.messages(Kind.RUN)[0]


def test_a_reminder_goes_once_and_only_to_those_who_have_not_answered(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN + AFTER)
    team.skip(GRACE, BERLIN + AFTER)
    team.at(BERLIN_ENDS - timedelta(hours=2))
    team.at(BERLIN_ENDS - timedelta(hours=1))
    reminded = [key for key in team.sent if key.startswith(Kind.REMINDER)]
    assert len(reminded) == 1
    assert reminded[0].endswith(BEN.id)
    team.answer(BEN, BERLIN_ENDS - timedelta(minutes=30))
    team.at(BERLIN_ENDS - timedelta(minutes=30))
    assert "answered, thank you" in team.messages(Kind.REMINDER, BEN)[0], "its buttons are gone"
    assert "Skip today" not in team.messages(Kind.REMINDER, BEN)[0]


def test_the_count_in_the_channel_follows(team: Team) -> None:
    team.at(BERLIN)
    assert "0 of 4 answered" in team.messages(Kind.RUN)[0]
    team.answer(ANA, BERLIN + AFTER)
    team.at(BERLIN + AFTER)
    assert "1 of 4 answered" in team.messages(Kind.RUN)[0]


def test_two_prompts_that_would_meet_become_the_newer_one(database: Database) -> None:
    daily = replace(weekly(), cadence=replace(parse(weekly().when), days=frozenset(range(5))), closes=Duration(days=3))
    team = settle_in(database, daily)
    off = replace(BEN, hours=Hours(days=frozenset({2, 3})))
    with database.write() as session:
        people.set_up_person(session, person=off)
    team.at(BERLIN)
    monday = team.prompt(BEN)
    assert monday.due_at == utc(25, 8)
    team.at(BERLIN + timedelta(days=1))
    with database.read() as session:
        older = prompts.prompt(session, workspace_id=WORKSPACE, prompt_id=monday.id)
    assert older
    assert older.missed == "newer"
    team.at(utc(25, 8))
    assert len(team.messages(Kind.PROMPT, BEN)) == 1


def test_a_new_zone_moves_only_what_has_not_been_sent(team: Team) -> None:
    team.at(BERLIN)
    team.change(replace(ANA, zone_name="America/Los_Angeles"))
    team.change(replace(DEV, zone_name="America/New_York"))
    assert team.prompt(ANA).due_at == BERLIN
    assert team.prompt(ANA).state is PromptState.SENT
    assert team.prompt(DEV).due_at == utc(23, 14, 30)


@pytest.mark.parametrize(
    "journey",
    [
        ["Asia/Tokyo", "America/Los_Angeles", "", "Pacific/Kiritimati", "Pacific/Pago_Pago"],
        ["Pacific/Pago_Pago", "Asia/Kathmandu", "America/New_York", "", "Asia/Tokyo"],
        ["America/New_York", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe", ""],
    ],
)
def test_whoever_travels_is_asked_once(team: Team, journey: list[str]) -> None:
    """Both what Slack says of Dev and what Dev says of himself change as he goes."""
    flights = {(9 * number + 1): zone for number, zone in enumerate(journey)}
    for hour in range(72):
        now = utc(22, 14) + timedelta(hours=hour)
        if (zone := flights.get(hour)) is not None:
            given = {"zone": zone}
            set_up(team.db, workspace_id=WORKSPACE, actor_id=DEV.id, person_id=DEV.id, given=given, shown={}, now=now)
            team.change(replace(DEV, zone_name=zone or DEV.zone_name))
        team.at(now)
    assert len(team.messages(Kind.PROMPT, DEV)) == 1


@pytest.mark.parametrize("how", ["archived", "removed"])
def test_nobody_is_asked_for_a_channel_muster_cannot_post_in(team: Team, how: str) -> None:
    with team.db.write() as session:
        row = session.get(ChannelRow, (WORKSPACE, CHANNEL))
        assert row
        row.is_archived, row.has_bot = how == "archived", how == "archived"
    team.at(BERLIN)
    assert not team.runs


def test_nobody_is_left_out_because_others_begin_the_next_day_before_them(database: Database) -> None:
    """A day begins in Auckland before the evening shift in Los Angeles has been asked for the day before."""
    auckland = replace(ANA, zone_name="Pacific/Auckland")
    evening = replace(DEV, hours=Hours(time(14), time(20)))
    daily = replace(weekly(), when="every weekday at 09:30", cadence=parse("every weekday at 09:30"))
    team = settle_in(database, daily, everybody=(auckland, evening, GRACE))
    for hour in range(24 * 4):
        team.at(utc(22, 18) + timedelta(hours=hour))
    assert len(team.messages(Kind.PROMPT, evening)) >= 3


def test_the_channel_reads_the_true_end_after_a_change_of_zone(team: Team) -> None:
    team.at(BERLIN)
    team.change(replace(DEV, zone_name="America/New_York"))
    team.at(BERLIN + AFTER)
    assert f"<!date^{int(utc(23, 22, 30).timestamp())}^" in team.messages(Kind.RUN)[0]


def test_a_home_shows_a_check_in_from_when_it_asks_and_only_if_it_is_shown(database: Database) -> None:
    team = settle_in(database)
    home.open_page(database, workspace_id=WORKSPACE, person_id=ANA.id, now=FRIDAY)
    team.at(FRIDAY)
    team.open_and_ask(BERLIN)
    assert team.owed_homes(BERLIN) == [ANA.id]
