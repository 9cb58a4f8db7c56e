"""What could not be sent in time is not sent to people who are not at work: an invitation waits, a reminder does not
come."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.cadence import parse
from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Absence
from domain.runs import Missed
from services import agenda, outages
from services import people as setting_up
from services.agenda import Outlook
from storage import absences as away_days
from storage import delivery_queries
from storage.engine import Database
from tests.checkin.team import AFTER, ANA, BEN, BERLIN, BERLIN_ENDS, GRACE, WORKSPACE, Team, settle_in, utc, weekly

ADMIN = replace(GRACE, is_admin=True)
FIVE = utc(23, 16)
"""In Berlin, where the day ends at half past."""
EVENING, NEXT_MORNING = utc(23, 17, 45), utc(24, 8)
LATE = "This comes late, because it could not be sent when it was due."


def at_five(database: Database, *, closes: Duration) -> Team:
    when = "every mon at 17:00"
    template = replace(weekly(), when=when, cadence=parse(when), closes=closes, remind=())
    return settle_in(database, template, everybody=(ANA, BEN, ADMIN))


@pytest.fixture
def team(database: Database) -> Team:
    return at_five(database, closes=Duration(days=1))


def is_late(team: Team) -> bool:
    (said,) = team.messages(Kind.PROMPT, ANA)
    return LATE in said


def test_after_a_downtime_nobody_is_asked_in_the_evening_but_in_the_morning_with_the_whole_window(team: Team) -> None:
    team.at(EVENING)
    assert not team.messages(Kind.PROMPT)
    assert agenda.outlook(team.db, now=EVENING) == Outlook(NEXT_MORNING, is_due=False, next_try=NEXT_MORNING)
    team.at(NEXT_MORNING - AFTER)
    assert not team.messages(Kind.PROMPT)
    team.at(NEXT_MORNING)
    assert is_late(team)
    assert team.prompt(ANA).deadline == utc(25, 8)


def test_when_slack_answers_again_in_the_evening_the_invitation_waits_and_is_no_failure_any_more(team: Team) -> None:
    team.fail(FIVE, "503 upstream", until=EVENING)
    team.at(EVENING)
    assert not team.messages(Kind.PROMPT)
    assert agenda.outlook(team.db, now=EVENING) == Outlook(NEXT_MORNING, is_due=False, next_try=NEXT_MORNING)
    with team.db.read() as session:
        trouble = delivery_queries.in_trouble(session, workspace_id=WORKSPACE, harmless=[], now=EVENING)
    assert not trouble
    team.at(NEXT_MORNING)
    assert is_late(team)


def test_it_waits_until_its_person_is_back(team: Team) -> None:
    team.fail(FIVE, "503 upstream", until=EVENING)
    with team.db.write() as session:
        tuesday = Absence(date(2026, 11, 24), date(2026, 11, 24))
        away_days.add(session, workspace_id=WORKSPACE, person_id=ANA.id, absence=tuesday)
    team.at(EVENING)
    team.at(NEXT_MORNING)
    assert team.messages(Kind.PROMPT, BEN)
    assert not team.messages(Kind.PROMPT, ANA)


def test_whoever_answers_without_the_invitation_gets_the_receipt_at_once(team: Team) -> None:
    team.at(EVENING)
    team.answer(ANA, EVENING + AFTER)
    team.at(EVENING + AFTER)
    assert "answered, thank you" in team.messages(Kind.PROMPT, ANA)[0]


def test_longer_hours_let_it_leave_at_once(team: Team) -> None:
    team.at(EVENING)
    longer = {"hours": "mon-fri 09:00-21:00"}
    ids = {"workspace_id": WORKSPACE, "actor_id": ADMIN.id, "person_id": ANA.id}
    setting_up.set_up(team.db, **ids, given=longer, shown={}, now=EVENING + AFTER)
    team.at(EVENING + AFTER)
    assert is_late(team)
    assert not team.messages(Kind.PROMPT, BEN)


@pytest.fixture
def tonight(database: Database) -> Team:
    """Its window ends before anybody is back at work."""
    return at_five(database, closes=Duration(hours=8))


ENDED = utc(24, 0, 0, 1)


def missed(team: Team, now: datetime = ENDED) -> set[Missed | None]:
    team.at(now)
    assert not team.messages(Kind.PROMPT)
    assert not team.is_open()
    team.at(NEXT_MORNING)
    assert not team.messages(Kind.PROMPT)
    return {prompt.missed for prompt in team.prompts}


def test_a_window_that_ends_before_the_morning_is_missed_because_muster_was_not_running(tonight: Team) -> None:
    tonight.at(EVENING)
    assert missed(tonight) == {Missed.DOWN}


def test_or_because_slack_did_not_answer(tonight: Team) -> None:
    tonight.fail(FIVE, "503 upstream", until=EVENING)
    tonight.at(EVENING)
    assert missed(tonight) == {Missed.UNANSWERED}


def test_or_because_muster_stopped_before_it_could_be_sent(tonight: Team) -> None:
    tonight.open_and_ask(FIVE)
    outages.note_alive(tonight.db, now=FIVE)
    outages.note_start(tonight.db, now=EVENING)
    tonight.at(EVENING)
    assert missed(tonight) == {Missed.DOWN}


def test_or_because_muster_did_not_get_round_to_it(tonight: Team) -> None:
    tonight.open_and_ask(FIVE)
    tonight.at(EVENING)
    assert missed(tonight) == {Missed.FAULT}


def test_a_reminder_that_slack_did_not_take_before_the_evening_does_not_come(database: Database) -> None:
    remind = (Duration(hours=17),)
    team = settle_in(database, replace(weekly(), closes=Duration(days=1), remind=remind), everybody=(ANA, BEN, ADMIN))
    team.at(BERLIN)
    moment = team.prompt(ANA).reminders[0]
    team.fail(moment, "503 upstream", until=BERLIN_ENDS + timedelta(hours=1))
    team.at(BERLIN_ENDS + timedelta(hours=1))
    team.at(NEXT_MORNING)
    assert not team.messages(Kind.REMINDER)
