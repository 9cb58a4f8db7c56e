"""What stands above the answers of a run, worded by a language model where one may be asked."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from briefs.endpoint.contract import EndpointSettings
from domain.language_models import BRIEFS_OF_A_THREAD, DAY, Choice, NotWritten
from domain.run_briefs import COLLECTS
from schedules.brief_writing import Model
from services import run_briefs
from storage import language_models
from storage.engine import Database
from tests.checkin.team import ANA, ANGELES, BEN, BERLIN, CHANNEL, DEV, EVERYBODY, GRACE, WORKSPACE, settle_in
from tests.checkin.test_anonymous import answer as answer_unnamed
from tests.checkin.test_run_briefs import LATER, all_said, draw_up, kept, summary, template
from tests.model.answering import Answered, Lines, answering, honest, id_of
from tests.model.modes import error
from tests.model.server import Exchange, Mode, StandIn, standing_in

SAID = {
    ANA: ("The labelling backlog of Ben grew again, says Dev", "I am worried about the eval set"),
    BEN: ("Cleared half of the labelling backlog", "I will send the plan by Friday"),
    GRACE: ("The key is sk-proj-abcdefghijklmnopqrstuvwx1234567890", "Who looks at the invoices in Spanish?"),
    DEV: ("The backlog of labelling is a month old", ""),
}


@contextmanager
def asking(db: Database, mode: Mode, tokens_a_day: int = 500_000) -> Iterator[tuple[Model, StandIn]]:
    with standing_in(mode) as model:
        settings = EndpointSettings(model.url, "small-1")
        with closing(Model(db, lambda: LATER, settings, own=(), tokens_a_day=tokens_a_day)) as asked:
            yield asked, model


def of_backlog(lines: Lines) -> Answered:
    sources = [id_of(lines, "grew again"), id_of(lines, "month old")]
    weak = {"text": "Sales doubled in Portugal", "sources": sources}
    plan = next(each for each in lines if "send the plan" in each["text"])
    task = {"text": "Send the plan", "owner": plan["by"], "quote": "I will send the plan by Friday"}
    dated = {**task, "due_phrase": "by Friday", "due_date": "", "sources": [plan["id"]]}
    context = [{"text": "The labelling backlog grew again", "sources": sources}, weak]
    return {"context": context, "action_items": [dated]}


def test_a_model_words_it_and_each_line_says_whose_words_it_rests_on(database: Database) -> None:
    team = settle_in(database, template())
    all_said(team, SAID)
    with asking(database, answering(of_backlog)) as (model, server):
        draw_up(team, LATER, model)
        draw_up(team, LATER + COLLECTS, model)
    said = summary(team)
    assert "What changed" in said
    assert "The labelling backlog grew again (Ana and Dev)" in said
    assert "Ben: Send the plan, by Fri 27 Nov 2026\n" in said
    assert "Worded by small-1" in said
    assert "Portugal" not in said, "what may not be in its sources is not shown to all"
    (request,) = server.requests
    sent = request.raw.decode()
    assert "labelling backlog" in sent
    assert not any(each.id in sent for each in EVERYBODY)
    assert not any(f" {name}" in request.text for name in ("Ana", "Ben", "Dev", "Grace"))
    assert "sk-proj-" not in sent


def test_of_an_anonymous_one_no_name_leaves_and_nothing_tells_who_or_when(database: Database) -> None:
    team = settle_in(database, replace(template(), anonymous=3))
    team.at(BERLIN)
    team.at(ANGELES)
    for person, (moved, worry) in SAID.items():
        at = ANGELES if person is DEV else ANGELES - timedelta(hours=2)
        answer_unnamed(team, person, at, mood="", moved=moved, worry=worry)
    team.at(LATER)

    def by_somebody(lines: Lines) -> Answered:
        line = next(each for each in lines if "month old" in each["text"])
        return {"context": [{"text": f"{line['by']} says the backlog is a month old", "sources": [line["id"]]}]}

    with asking(database, answering(by_somebody)) as (model, server):
        draw_up(team, LATER, model)
    (request,) = server.requests
    lines = request.lines
    answers = [each for each in lines if each["by"].startswith("P")]
    assert len({each["by"] for each in answers}) == len(answers), "each is somebody else's"
    assert {each["at"] for each in lines} == {"+00:00"}
    assert not any(f" {name}" in request.text for name in ("Ana", "Ben", "Dev", "Grace"))
    assert "somebody says the backlog is a month old" in summary(team)
    assert not any(person.id in kept(database) for person in EVERYBODY)
    assert not any(person.name in summary(team).partition("Answers")[0] for person in EVERYBODY)


def foreign(_lines: Lines) -> Answered:
    return {"context": 2 * [{"text": "Made up", "sources": ["zzzz"]}]}


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (error(503), "The AI service did not answer."),
        (answering(foreign), "did not match the check-in"),
    ],
)
def test_whatever_becomes_of_the_model_there_are_the_words_of_people(
    database: Database, mode: Mode, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "schedules.run_briefs")
    team = settle_in(database, template())
    all_said(team, SAID)
    with asking(database, mode) as (model, _):
        draw_up(team, LATER, model)
    assert why in summary(team)
    assert "“I am worried about the eval set”" in summary(team)
    (line,) = [each.getMessage() for each in caplog.records if each.name == "schedules.run_briefs"]
    assert "small-1 at 127.0.0.1" in line
    assert "worried" not in line


def test_where_models_are_off_none_is_asked_and_nothing_is_said_of_it(database: Database) -> None:
    team = settle_in(database, template())
    all_said(team, SAID)
    with database.write() as session:
        choice = Choice(is_on=False, was_private=False)
        language_models.choose(session, workspace_id=WORKSPACE, channel_id=CHANNEL, choice=choice)
    with asking(database, honest) as (model, server):
        draw_up(team, LATER, model)
    assert server.requests == []
    assert "“I am worried about the eval set”" in summary(team)
    assert "AI" not in summary(team)


def test_what_a_workspace_has_used_up_is_not_asked_for(database: Database) -> None:
    team = settle_in(database, template())
    all_said(team, SAID)
    with asking(database, honest, tokens_a_day=10) as (model, server):
        draw_up(team, LATER, model)
    assert server.requests == []
    assert "The AI allowance is used up for now." in summary(team)


def test_a_run_that_changes_all_day_is_read_by_the_model_a_few_times_only(database: Database) -> None:
    team = settle_in(database, template())
    all_said(team, SAID)
    (due,) = run_briefs.claim(database, now=LATER, limit=5)
    for _ in range(BRIEFS_OF_A_THREAD):
        run_briefs.begin(database, due=due, now=LATER)
    with pytest.raises(NotWritten):
        run_briefs.begin(database, due=due, now=LATER)
    run_briefs.begin(database, due=due, now=LATER + DAY)


def test_what_changes_while_a_model_writes_is_read_again_and_not_shown_as_it_was(database: Database) -> None:
    team = settle_in(database, template())
    all_said(team, SAID, but=DEV)

    def meanwhile(exchange: Exchange) -> None:
        team.answer(DEV, LATER, moved=SAID[DEV][0])
        honest(exchange)

    with asking(database, meanwhile) as (model, _):
        draw_up(team, LATER, model)
    assert "In short" not in summary(team)
    with asking(database, honest) as (model, _):
        draw_up(team, LATER + COLLECTS, model)
    assert "Worded by small-1" in summary(team)
