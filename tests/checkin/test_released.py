"""Whoever is no longer meant before their moment is not asked, not waited for and not counted."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.cadence import parse
from domain.channels import Channel
from domain.deliveries import Kind
from domain.runs import Missed, PromptState
from services import home, people, sync
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    BEN,
    BERLIN,
    CHANNEL,
    DEV,
    EVERYBODY,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)

ADMIN = replace(GRACE, is_admin=True, function="research")
RESEARCH = tuple(replace(person, function="research") for person in (ANA, BEN, DEV))
LATER = BERLIN + AFTER


@pytest.fixture
def team(database: Database) -> Team:
    """Asks researchers, every weekday, in a private channel; Dev's moment is still to come."""
    when = "every weekday at 09:30"
    template = replace(weekly(), when=when, cadence=parse(when), who=("research",))
    found = settle_in(database, template, everybody=(*RESEARCH, ADMIN))
    private = Channel(WORKSPACE, CHANNEL, "forecast", is_private=True, has_bot=True)
    sync.save_channel(database, channel=private, now=FRIDAY)
    found.at(BERLIN)
    assert found.prompt(DEV).state is PromptState.PENDING
    return found


def members(team: Team, *ids: str) -> None:
    sync.save_members(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, read_at=LATER, now=LATER)


def leave(team: Team) -> None:
    members(team, ANA.id, BEN.id, GRACE.id)


def set_up(team: Team, **given: str) -> None:
    people.set_up(team.db, workspace_id=WORKSPACE, actor_id=GRACE.id, person_id=DEV.id, given=given, now=LATER)


def get_a_day_off(team: Team) -> None:
    set_up(team, hours="tue-fri 09:00-17:30")


def change_function(team: Team) -> None:
    set_up(team, function="legal")


@pytest.mark.parametrize("change", [leave, get_a_day_off, change_function])
def test_they_are_not_asked_and_the_run_does_not_wait_for_them(team: Team, change: Callable[[Team], None]) -> None:
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN)
    change(team)
    team.at(LATER)
    assert team.prompt(DEV).missed is Missed.RELEASED
    assert not team.is_open()
    assert "3 of 3 answered · no longer asked: Dev" in team.messages(Kind.RUN)[0]
    team.at(ANGELES)
    assert not team.messages(Kind.PROMPT, DEV)


def test_the_message_in_the_channel_no_longer_counts_them(team: Team) -> None:
    assert "0 of 4 answered" in team.messages(Kind.RUN)[0]
    leave(team)
    team.at(LATER)
    assert "0 of 3 answered" in team.messages(Kind.RUN)[0]
    assert team.is_open()


def test_whoever_comes_back_is_asked_the_next_time(team: Team) -> None:
    leave(team)
    members(team, *(person.id for person in EVERYBODY))
    team.at(ANGELES)
    assert not team.messages(Kind.PROMPT, DEV)


def test_another_role_counts_as_well(database: Database) -> None:
    team = settle_in(database, replace(weekly(), who=("leads", "mlops")), everybody=(ANA, BEN, DEV, ADMIN))
    set_up(team, role="lead")
    team.at(BERLIN)
    set_up(team, role="contributor")
    team.at(ANGELES)
    assert team.prompt(DEV).missed is Missed.RELEASED


def test_an_invitation_that_slack_has_not_taken_yet_is_withdrawn(team: Team) -> None:
    team.fail(ANGELES, "503 upstream", until=ANGELES + 2 * AFTER)
    leave(team)
    team.at(ANGELES + 2 * AFTER)
    assert team.prompt(DEV).missed is Missed.RELEASED
    assert not team.messages(Kind.PROMPT, DEV)


@pytest.mark.parametrize("change", [leave, get_a_day_off, change_function])
def test_what_has_been_asked_stays_open(team: Team, change: Callable[[Team], None]) -> None:
    team.at(ANGELES)
    change(team)
    team.at(ANGELES + AFTER)
    assert team.prompt(DEV).state is PromptState.SENT


def test_an_empty_run_names_them(team: Team) -> None:
    for person in (ANA, BEN, GRACE):
        team.skip(person, BERLIN)
    leave(team)
    team.at(LATER)
    assert "Closed, no answers. No longer asked: Dev." in team.messages(Kind.RUN)[0]


def test_a_home_shows_a_check_in_from_when_it_asks_and_only_if_it_is_shown(database: Database) -> None:
    team = settle_in(database)
    home.open_page(database, workspace_id=WORKSPACE, person_id=ANA.id, now=FRIDAY)
    team.at(FRIDAY)
    team.open_and_ask(BERLIN)
    assert team.owed_homes(BERLIN) == [ANA.id]
