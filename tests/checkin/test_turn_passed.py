"""A run that is still open when the turn has gone on to somebody else, and those who join one, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deliveries import Kind
from domain.hours import Duration
from domain.people import Person, Role
from domain.runs import PromptState
from domain.templates import Template
from services import checkins, sync
from services.roster import roster_of
from storage import people
from storage import rituals as stored
from storage.engine import Database
from tests.checkin.team import AFTER, ANA, ANGELES, BEN, BERLIN, CHANNEL, DEV, GRACE, WORKSPACE, Team, settle_in, weekly
from tests.checkin.test_joining import NOON, filled, offered, send
from tests.checkin.test_late_answers import listed

LEADS = tuple(replace(each, role=Role.LEAD) for each in (BEN, DEV, GRACE))
NEXT = ANGELES + timedelta(days=7)


def taking_turns(db: Database, *who: str, days: int = 9) -> Team:
    template: Template = replace(weekly(), who=who, closes=Duration(days=days))
    return settle_in(db, template, everybody=(ANA, *LEADS))


def next_asked(team: Team) -> list[str]:
    with team.db.read() as session:
        ritual = stored.ritual(session, workspace_id=WORKSPACE, ritual_id=team.ritual.id)
        assert ritual
        return [each.name for each in roster_of(session, ritual)]


def asked(team: Team) -> list[str]:
    """Of the newest run."""
    return [each.person_id for each in team.prompts]


@pytest.fixture
def passed(database: Database) -> Team:
    """The run that asked Ben is open when the next one asks Dev."""
    team = taking_turns(database, "1 of leads")
    team.at(BERLIN)
    assert asked(team) == [BEN.id]
    team.at(NEXT)
    assert asked(team) == [DEV.id]
    return team


def test_whoevers_turn_it_was_still_answers_the_open_run(passed: Team) -> None:
    assert passed.runs[0].state == "open"
    assert listed(passed, BEN, NEXT) == (["2026-11-23"], [])
    (own,) = open_for(passed, BEN)
    checkins.skip(passed.db, workspace_id=WORKSPACE, prompt_id=own, person_id=BEN.id, now=NEXT)
    passed.at(NEXT + AFTER)
    assert passed.runs[0].state == "closed"
    assert passed.prompt(DEV).state is not PromptState.SKIPPED
    assert next_asked(passed) == ["Grace"]


def open_for(team: Team, person: Person) -> list[int]:
    found = checkins.open_prompts(team.db, workspace_id=WORKSPACE, person_id=person.id, now=NEXT)
    return [prompt.id for prompt, _run in found.in_time]


def test_nobody_joins_the_open_run_of_another_turn(passed: Team) -> None:
    for person in (ANA, DEV, GRACE):
        assert offered(passed, NEXT, person) == []


def test_whoever_joins_a_run_that_asks_in_turn_moves_no_turn(database: Database) -> None:
    """Amy is of research, which is asked each time, and a lead, one of whom is."""
    team = taking_turns(database, "research", "1 of leads", days=1)
    amy = Person(WORKSPACE, "U5", "Amy", zone_name="Europe/Berlin", function="research", role=Role.LEAD)
    team.at(BERLIN)
    sync.save_people(team.db, workspace_id=WORKSPACE, found=[amy], now=NOON)
    ids = [each.id for each in (ANA, *LEADS, amy)]
    sync.save_members(team.db, workspace_id=WORKSPACE, channel_id=CHANNEL, ids=ids, read_at=NOON, now=NOON)
    set_up(team, amy)
    send(team, filled(team, person=amy))
    assert "+1 joined" in team.messages(Kind.RUN)[0]
    set_up(team, replace(amy, function="legal"))
    assert next_asked(team) == ["Amy"], "she has had no turn yet"
    team.at(NEXT)
    assert asked(team) == [amy.id]
    assert next_asked(team) == ["Dev"]


def set_up(team: Team, person: Person) -> None:
    with team.db.write() as session:
        people.set_up_person(session, person=person)
