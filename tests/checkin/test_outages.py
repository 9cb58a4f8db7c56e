"""Who could not answer because Muster was not running is not told of as silent."""

from datetime import timedelta

import pytest

from domain.deliveries import Kind
from domain.heard import heard
from domain.runs import Missed, Outage, PromptState
from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from services import outages, unreached
from storage import outages as stored
from storage.engine import Database
from surface.digest_rows import heard as heard_row
from tests.checkin import slack
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    BERLIN_ENDS,
    DEV,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
)
from tests.counting import one_by_one
from tests.digest.cards import CARD
from tests.muster import FRIDAY, MANIFEST, Running, muster_beside

BACK = BERLIN_ENDS + timedelta(hours=1)
STOPPED = BERLIN_ENDS - timedelta(minutes=10)


def outage(db: Database) -> Outage | None:
    with db.read() as session:
        return stored.newest(session, workspace_id=WORKSPACE)


@pytest.fixture
def team(team: Team) -> Team:
    """Asked in time; then Muster was stopped before the deadline in Berlin, and is running again after it."""
    team.at(BERLIN)
    team.answer(GRACE, BERLIN + AFTER)
    outages.note_alive(team.db, now=STOPPED)
    outages.note_start(team.db, now=BACK)
    return team


def test_whose_deadline_passed_in_an_outage_is_not_silent(team: Team) -> None:
    team.at(BACK)
    assert [team.prompt(person).missed for person in (ANA, BEN)] == [Missed.STOPPED] * 2
    said = team.messages(Kind.PROMPT, ANA)[0]
    assert "Mon 23 Nov 2026. Muster was not running until the deadline. You can still answer until the next one" in said


def test_the_summary_and_the_digest_say_why(team: Team) -> None:
    team.at(BACK)
    team.at(ANGELES_ENDS + AFTER)
    (summary,) = team.messages(Kind.RUN)
    assert "1 of 4 answered" in summary
    assert "not heard, because Muster was not running until the deadline: Ana and Ben" in summary
    (line,) = heard([one_by_one(team.runs[0], team.prompts)], {})
    assert heard_row(CARD, line).endswith("Muster was not running until the deadline: 2.")
    (told,) = unreached.lately(team.db, workspace_id=WORKSPACE, now=ANGELES_ENDS + AFTER)
    assert "Not heard, because Muster was not running until the deadline: Ana and Ben" in told.text
    assert told.reasons == {Missed.STOPPED, *([Missed.DOWN] if team.prompt(DEV).missed is Missed.DOWN else [])}


def test_they_can_still_answer_late(team: Team) -> None:
    team.at(BACK)
    team.answer(ANA, BACK + AFTER)
    assert team.prompt(ANA).state is PromptState.ANSWERED
    team.at(ANGELES_ENDS + AFTER)
    assert "Ana (late)" in team.messages(Kind.RUN)[0]


def test_whoever_had_until_later_is_silent_if_they_say_nothing(team: Team) -> None:
    team.at(BACK)
    team.at(ANGELES)
    team.at(ANGELES_ENDS + AFTER)
    assert team.prompt(DEV).missed is Missed.NO_ANSWER


def test_a_clock_that_jumps_while_muster_runs_is_no_outage(database: Database) -> None:
    team = settle_in(database)
    team.at(BERLIN)
    outages.note_alive(database, now=BERLIN)
    team.at(BACK)
    assert team.prompt(ANA).missed is Missed.NO_ANSWER


@pytest.mark.parametrize("since", [timedelta(minutes=5), timedelta(0), -timedelta(hours=1)])
def test_a_sign_of_life_that_is_fresh_or_of_a_clock_that_was_set_back_is_no_outage(
    database: Database, since: timedelta
) -> None:
    settle_in(database)
    outages.note_alive(database, now=BERLIN)
    outages.note_start(database, now=BERLIN + since)
    assert outage(database) is None


def test_the_first_start_ever_is_no_outage(database: Database) -> None:
    settle_in(database)
    outages.note_start(database, now=BERLIN)
    assert outage(database) is None


def test_a_start_that_fails_is_part_of_the_outage(database: Database) -> None:
    settle_in(database)
    outages.note_alive(database, now=STOPPED)
    for start in (BACK, BACK + timedelta(minutes=10)):
        outages.note_start(database, now=start)
    assert outage(database) == Outage(STOPPED, BACK + timedelta(minutes=10))


def test_a_replica_that_starts_beside_another_finds_no_outage(database: Database) -> None:
    settle_in(database)
    outages.note_alive(database, now=BERLIN)
    outages.note_alive(database, now=BACK)
    outages.note_start(database, now=BACK + AFTER)
    assert outage(database) is None


def test_a_clock_set_back_does_not_hide_the_outage_after_it(database: Database) -> None:
    settle_in(database)
    outages.note_alive(database, now=BACK)
    outages.note_alive(database, now=STOPPED)
    outages.note_start(database, now=BACK)
    assert outage(database) == Outage(STOPPED, BACK)


def test_muster_started_again_after_the_deadline_says_so_to_those_it_had_asked(tables_url: str) -> None:
    with Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box, Client(box.url) as people:
        with muster_beside(box, tables_url) as process:
            Running(box, process, people).switch_on()
            people.jump_to(BERLIN)
            chloe = people.person("Chloe")
            assert eventually(chloe.dm)
        people.jump_to(BACK)
        with muster_beside(box, tables_url):
            closed = "Muster was not running until the deadline. You can still answer"
            assert eventually(lambda: closed in slack.newest(chloe))
