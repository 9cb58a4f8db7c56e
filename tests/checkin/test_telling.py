"""A channel hears once that a summary is there, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deliveries import Delivery, Kind
from domain.templates import Post
from schedules.contents import contents
from services import blockers, deliveries, forgetting
from services.telling import STALE
from storage.engine import Database
from surface.kit import Message
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    DEV,
    GIVEN,
    GRACE,
    WORKSPACE,
    Team,
    settle_in,
    weekly,
)

CLOSED = ANGELES_ENDS + AFTER
LATER = CLOSED + timedelta(hours=1)
LINE = "*Weekly sync, Mon 23 Nov 2026*: 1 of 4 answered. <https://northlight.slack.com/archives/C1/p"


def answered(team: Team, *, blocked: str = "") -> Team:
    team.at(BERLIN)
    team.answer(ANA, BERLIN, blocked=blocked)
    team.at(ANGELES)
    return team


def told(team: Team) -> list[str]:
    return team.messages(Kind.SUMMED_UP)


def test_it_is_told_when_the_run_closes_with_counts_and_a_link_to_the_summary(database: Database) -> None:
    team = answered(settle_in(database))
    assert told(team) == []
    team.at(CLOSED)
    (said,) = told(team)
    assert said.splitlines()[0] == "Weekly sync, Mon 23 Nov 2026: 1 of 4 answered. Read the summary."
    assert LINE in said
    assert said.endswith("|Read the summary>")


def test_it_follows_late_answers_and_cleared_blockers_and_never_comes_again(database: Database) -> None:
    team = answered(settle_in(database), blocked="No disk")
    team.at(CLOSED)
    assert "1 of 4 answered, 1 blocker open. " in told(team)[0]
    team.answer(DEV, LATER)
    team.at(LATER)
    assert "2 of 4 answered, 1 blocker open. " in told(team)[0]
    blockers.clear(team.db, workspace_id=WORKSPACE, blocker_id=1, person_id=ANA.id, now=LATER)
    team.at(LATER)
    assert "2 of 4 answered, no blockers open. " in told(team)[0]
    assert len(told(team)) == 1


def test_that_nobody_answered_is_not_told_but_a_late_answer_is(database: Database) -> None:
    team = settle_in(database)
    for moment in (BERLIN, ANGELES, CLOSED):
        team.at(moment)
    assert told(team) == []
    team.answer(GRACE, LATER)
    team.at(LATER)
    assert "1 of 4 answered" in told(team)[0]


@pytest.mark.parametrize("post", [Post(quiet=True), Post(to=("facilitator",)), Post(to=("facilitator",), quiet=True)])
def test_what_is_new_in_the_channel_or_not_there_is_not_told(database: Database, post: Post) -> None:
    team = answered(settle_in(database, replace(weekly(), post=post)))
    team.at(CLOSED)
    team.at(LATER)
    assert told(team) == []


@pytest.mark.parametrize(("least", "is_told"), [(3, True), (4, False)])
def test_of_an_anonymous_run_it_is_told_only_if_enough_have_answered(
    database: Database, least: int, is_told: bool
) -> None:
    ask = tuple(each for each in weekly().ask if each.id in GIVEN)
    team = settle_in(database, replace(weekly(), ask=ask, anonymous=least, post=Post()))
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(replace(person), BERLIN)  # Not Ben himself, who would answer more.
    for moment in (ANGELES, CLOSED):
        team.at(moment)
    assert ["3 of 4 answered. <" in said for said in told(team)] == [True] * is_told


def held(team: Team) -> Delivery:
    """That the summary is there, owed and claimed; nothing of it has been sent."""
    due = deliveries.claim(team.db, now=CLOSED, limit=100, paces={})
    (found,) = [each for each in due if each.subject.kind is Kind.SUMMED_UP]
    return found


def test_it_waits_until_the_summary_stands_and_is_no_news_after_a_day(database: Database) -> None:
    team = answered(settle_in(database))
    team.open_and_ask(CLOSED)
    due = deliveries.claim(database, now=CLOSED, limit=100, paces={})
    assert Kind.RUN in {each.subject.kind for each in due}
    assert Kind.SUMMED_UP not in {each.subject.kind for each in due}, "the summary does not stand yet"
    team.send(due, CLOSED)
    found = held(team)
    assert found.thread_ts == "ts of run:1::C1"
    assert found.is_broadcast
    assert found.not_after == CLOSED + STALE


def test_after_a_first_late_answer_it_waits_until_that_stands_in_the_summary(database: Database) -> None:
    team = settle_in(database)
    for moment in (BERLIN, ANGELES, CLOSED):
        team.at(moment)
    team.answer(GRACE, LATER)
    due = deliveries.claim(database, now=LATER, limit=100, paces={})
    assert Kind.RUN in {each.subject.kind for each in due}
    assert Kind.SUMMED_UP not in {each.subject.kind for each in due}, "nothing can be read there yet"
    team.send(due, LATER)
    team.at(LATER)
    assert "1 of 4 answered" in told(team)[0]


def test_what_has_been_forgotten_before_it_is_out_is_not_told(database: Database) -> None:
    team = answered(settle_in(database))
    team.open_and_ask(CLOSED)
    team.send(deliveries.claim(database, now=CLOSED, limit=100, paces={}), CLOSED)
    found = held(team)
    assert isinstance(contents(database, [found], CLOSED)[found.id], Message)
    forgetting.forget_due(database, keep=timedelta(), now=LATER)
    assert contents(database, [found], LATER)[found.id] is None


def test_after_the_answers_are_forgotten_it_goes_on_saying_what_was_counted(database: Database) -> None:
    team = answered(settle_in(database), blocked="No disk")
    team.at(CLOSED)
    forgetting.forget_due(database, keep=timedelta(), now=LATER)
    blockers.clear(team.db, workspace_id=WORKSPACE, blocker_id=1, person_id=ANA.id, now=LATER)
    team.at(LATER)
    assert "1 of 4 answered, no blockers open. " in told(team)[0]
