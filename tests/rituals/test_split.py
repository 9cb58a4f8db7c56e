"""A long answer of which each line is a blocker, on both databases."""

from dataclasses import replace

import pytest

from domain.templates import Question, QuestionType
from services import rituals
from storage import blockers
from storage.engine import Database
from tests.checkin.team import BERLIN, CHANNEL, FRIDAY, GRACE, WORKSPACE, Team, settle_in, weekly

LINES = Question("unclear", "Which?", QuestionType.LONG, optional=True, split=True, into="blocker:cases.title")
KNOWS = Question("knows", "Who?", QuestionType.USER, optional=True, into="blocker:cases.owner")


@pytest.fixture
def asked(database: Database) -> Team:
    team = settle_in(database)
    place = {"workspace_id": WORKSPACE, "channel_id": CHANNEL, "person_id": GRACE.id}
    rituals.switch_off(database, **place, name="weekly-sync", now=FRIDAY)
    template = replace(weekly(), id="lines", title="Lines", ask=(*weekly().ask, LINES, KNOWS))
    rituals.switch_on(database, **place, template=template, now=FRIDAY)
    team.at(BERLIN)
    return team


def found(team: Team) -> list[tuple[int, str, str]]:
    with team.db.read() as session:
        return [(each.id, each.title, each.owner_id) for each in blockers.of_run(session, run_id=team.runs[-1].id)]


def test_each_line_is_a_blocker_of_its_own_and_named_people_can_clear_them_all(asked: Team) -> None:
    asked.answer(GRACE, BERLIN, unclear=" Refunds \n\nGift  cards\nRefunds", knows="U2")
    assert [(title, owner) for _, title, owner in found(asked)] == [("Refunds", "U2"), ("Gift cards", "U2")]


def test_whoever_is_named_clears_the_blockers_of_the_same_label(asked: Team) -> None:
    asked.answer(GRACE, BERLIN, blocked="No GPUs", unblocker="U1", unclear="Refunds", knows="U2")
    assert [(title, owner) for _, title, owner in found(asked)] == [("No GPUs", "U1"), ("Refunds", "U2")]


def test_a_line_that_stays_is_the_same_blocker_after_an_edit(asked: Team) -> None:
    asked.answer(GRACE, BERLIN, unclear="Refunds\nGift cards")
    before = {title: number for number, title, _ in found(asked)}
    asked.answer(GRACE, BERLIN, unclear="Returns\nGift cards")
    after = {title: number for number, title, _ in found(asked)}
    assert after.keys() == {"Returns", "Gift cards"}
    assert after["Gift cards"] == before["Gift cards"]
