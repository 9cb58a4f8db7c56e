"""Answers that are values of measures: the newest counts, several are their median, and what is withdrawn goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.measures import Good, Measure, Role
from domain.runs import Prompt
from domain.submissions import Submission
from domain.templates import Post, Question, QuestionType, Template
from services import erasing, forgetting, measures
from storage import channels, prompts
from storage import measures as stored
from storage.engine import Database
from tests.checkin.team import (
    AFTER,
    ANA,
    ANGELES,
    ANGELES_ENDS,
    BEN,
    BERLIN,
    CHANNEL,
    FRIDAY,
    GRACE,
    WORKSPACE,
    Team,
    also,
    settle_in,
    utc,
    weekly,
)
from tests.team import audited

DRIFT = Question("drift", "How far has it drifted?", QuestionType.NUMBER, optional=True, into="measure:drift.value")
CLOSED = ANGELES_ENDS + AFTER


def template() -> Template:
    return replace(weekly(), ask=(*weekly().ask, DRIFT))


@pytest.fixture
def team(database: Database) -> Team:
    return settle_in(database, template())


def known(team: Team) -> list[Measure]:
    with team.db.read() as session:
        return stored.of_channel(session, workspace_id=WORKSPACE, channel_id=CHANNEL)


def values(team: Team) -> list[tuple[float, str]]:
    with team.db.read() as session:
        found = stored.latest(session, measure_id=known(team)[0].id, limit=100) if known(team) else []
    return [(each.value, each.source) for each in found]


def test_the_answer_is_a_value_once_its_run_closes(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN, drift="0.31")
    assert known(team) == [], "answers are not told before the run closes"
    team.at(ANGELES)
    team.at(CLOSED)
    (measure,) = known(team)
    assert (measure.name, measure.role, measure.good) == ("Drift", Role.DRIFT, Good.DOWN)
    assert (measure.source, measure.recorded_by) == ("Weekly sync", "")
    assert values(team) == [(0.31, "Weekly sync")]


def test_several_answers_are_their_median_which_says_so(team: Team) -> None:
    team.at(BERLIN)
    for person, drift in ((ANA, "0.1"), (BEN, "0.2"), (GRACE, "")):
        team.answer(person, BERLIN, drift=drift)
    team.at(CLOSED)
    assert values(team) == [(0.15, "Weekly sync, median of 2 answers")]


def test_an_edit_before_the_close_counts_and_a_late_answer_afterwards_does_too(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN, drift="0.1")
    team.answer(ANA, BERLIN + AFTER, drift="0.3")
    team.at(CLOSED)
    assert values(team) == [(0.3, "Weekly sync")]
    team.answer(BEN, CLOSED + AFTER, drift="0.5")
    assert values(team) == [(0.4, "Weekly sync, median of 2 answers")]
    assert [what for what, *_ in audited(team.db) if what.startswith("measure value")] == [
        "measure value recorded", "measure value corrected",
    ]  # fmt: skip


def test_an_answer_that_is_taken_out_takes_its_value_away(database: Database) -> None:
    team = settle_in(database, template(), everybody=(ANA, BEN, GRACE))
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN, drift="0.1" if person is ANA else "")
    team.at(BERLIN + AFTER)
    assert values(team) == [(0.1, "Weekly sync")], "all have answered"
    team.answer(ANA, BERLIN + 2 * AFTER, drift="0.2")
    assert values(team) == [(0.2, "Weekly sync")]
    team.answer(ANA, BERLIN + 3 * AFTER, drift="")
    assert values(team) == []
    assert audited(team.db)[-1][0] == "measure value removed"


def test_nothing_is_recorded_where_nobody_says_a_number(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN)
    team.at(CLOSED)
    assert known(team) == []


def test_two_rituals_that_close_at_once_fill_one_measure(team: Team) -> None:
    other = replace(template(), id="retro", title="Retro")
    also(team, other)
    team.at(BERLIN)
    for prompt in _prompts(team):
        if prompt.person_id == ANA.id:
            team.answer(ANA, BERLIN, prompt, drift=str(prompt.run_id))
    team.at(CLOSED)
    assert sorted(values(team)) == [(1, "Weekly sync"), (2, "Retro")]


def _prompts(team: Team) -> list[Prompt]:
    with team.db.read() as session:
        return [each for run in team.runs for each in prompts.of_run(session, run_id=run.id)]


def test_a_ritual_and_a_form_fill_the_same_measure(team: Team) -> None:
    sent = Submission(WORKSPACE, ANA.id, "d", {"name": "DRIFT"})
    measures.add(team.db, sent=sent, channel_id=CHANNEL, now=FRIDAY)
    team.at(BERLIN)
    team.answer(ANA, BERLIN, drift="0.3")
    team.at(CLOSED)
    assert [each.name for each in known(team)] == ["DRIFT"]
    assert len(values(team)) == 1


@pytest.mark.parametrize("other", [{"anonymous": 2}, {"post": Post(to=("facilitator",))}])
def test_answers_that_not_everybody_may_read_with_a_name_are_no_values(
    database: Database, other: dict[str, object]
) -> None:
    team = settle_in(database, replace(template(), **other))  # type: ignore[arg-type] # Whatever is asked for.
    team.at(BERLIN)
    for person in (ANA, BEN, GRACE):
        team.answer(person, BERLIN, drift="0.3")
    team.at(CLOSED)
    assert known(team) == []


def test_a_value_outlives_the_answers_it_was_worked_out_of(team: Team) -> None:
    team.at(BERLIN)
    for person in (ANA, BEN):
        team.answer(person, BERLIN, drift="0.2")
    team.at(CLOSED)
    erasing.erase(team.db, ANA, now=CLOSED)
    assert values(team) == [(0.2, "Weekly sync, median of 2 answers")]
    forgetting.forget_due(team.db, keep=timedelta(hours=1), now=CLOSED + timedelta(hours=2))
    team.answer(GRACE, CLOSED + timedelta(hours=3), drift="9")
    assert values(team) == [(0.2, "Weekly sync, median of 2 answers")]


def test_what_was_answered_in_a_private_channel_is_no_value_that_all_may_read(team: Team) -> None:
    team.at(BERLIN)
    team.answer(ANA, BERLIN, drift="0.3")
    now = utc(23, 12)
    with team.db.write() as session:
        channels.was_private(session, workspace_id=WORKSPACE, channel_id=CHANNEL, until=now)
    sent = Submission(WORKSPACE, ANA.id, "d", {"name": "Drift"})
    measures.add(team.db, sent=sent, channel_id=CHANNEL, now=now + AFTER)
    team.at(CLOSED)
    assert values(team) == []
