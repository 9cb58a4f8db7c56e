"""Briefs that a language model writes, from the click to the draft: through Bolt, the sandbox, and a server that stands
in for the model."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from bot.settings_model import ModelSettings
from briefs.endpoint.contract import EndpointSettings
from sandbox.client import Client, Person, eventually, texts
from sandbox.server import Sandbox
from sandbox.state import Json
from schedules.briefings import ANOTHER_LOOK
from services import briefings, sync
from storage.tables import BriefRow
from tests.model import modes
from tests.model.answering import honest
from tests.model.modes import error
from tests.model.server import Exchange, Mode, StandIn, nobody_there, standing_in
from tests.muster import FRIDAY, MANIFEST, Running, muster_beside, running
from tests.seen import find

BRIEF = "Brief this thread"
SAID = (
    ("Ana", "Which model do we ship in March?"),
    ("Ben", "The small one answers in 300 ms, says ben@northlight.example in #forecast."),
    ("Ana", "We decided to ship the small model in March, because it is cheaper."),
    ("Ben", "Chloe, please relabel the tickets by Friday, the key is sk-proj-abcdefghijklmnopqrstuvwx1234567890."),
)
LEAVES_NOT = ("Ana", "Ben", "Chloe", "northlight", "forecast", "sk-proj-")


@contextmanager
def asked_of(tables_url: str, mode: Mode, **limits: int) -> Iterator[tuple[Running, StandIn]]:
    with standing_in(mode) as model, running(tables_url, model=settings(model.url, **limits)) as muster:
        yield muster, model


def settings(url: str, tokens_a_day: int = 500_000) -> ModelSettings:
    return ModelSettings(EndpointSettings(url, "small-1", "sk-own"), tokens_a_day)


def talked(muster: Running, channel: str = "forecast") -> Json:
    (first, question), *rest = SAID
    asker = muster.people.person(first)
    parent = {"channel": asker.channel_id(channel), "ts": asker.say(channel, question)}
    for who, text in rest:
        muster.people.person(who).say(channel, text, thread=parent["ts"])
    return parent


def brief_of(person: Person, message: Json, *words: str) -> str:
    person.shortcut(BRIEF, message)
    return "\n".join(texts(find(person.dm, "*Brief* of", *words)))


def put_off(muster: Running, brief_id: int) -> bool:
    """Whether it waits for another one."""
    with muster.process.db.read() as session:
        row, now = session.get(BriefRow, brief_id), muster.process.clock()
        return row is not None and row.next_at is not None and now < row.next_at <= now + ANOTHER_LOOK


class Holding:
    """Answers when the test says so."""

    def __init__(self, mode: Mode = honest) -> None:
        self.mode, self.asked, self.go_on = mode, Event(), Event()

    def __call__(self, exchange: Exchange) -> None:
        self.asked.set()
        while not self.go_on.wait(0.02):
            if exchange.model.ended.is_set():
                return
        self.mode(exchange)


def test_a_model_words_it_and_each_statement_leads_to_its_message(tables_url: str) -> None:
    with asked_of(tables_url, honest) as (muster, model):
        message = talked(muster)
        said = brief_of(muster.people.person("Ben"), message, "Worded by small-1")
        assert "We decided to ship the small" in said
        assert f"{message['ts'].replace('.', '')}" in said
        assert "Drawn up without a language model" not in said
        (request,) = model.requests
        assert request.headers["authorization"] == "Bearer sk-own"
        ids = [muster.people.person(name).id for name in ("Ana", "Ben", "Chloe")]
        for name in (*LEAVES_NOT, *ids, message["channel"], message["ts"]):
            assert name not in request.raw.decode()


def test_while_it_is_written_the_message_says_so(tables_url: str) -> None:
    holding = Holding()
    with asked_of(tables_url, holding) as (muster, _):
        ben = muster.people.person("Ben")
        ben.shortcut(BRIEF, talked(muster))
        find(ben.dm, "the language model is writing your brief")
        holding.go_on.set()
        find(ben.dm, "*Brief* of", "Worded by small-1")


def test_discarded_while_it_is_written_nothing_comes_of_it(tables_url: str) -> None:
    holding = Holding()
    with asked_of(tables_url, holding) as (muster, _):
        ben = muster.people.person("Ben")
        ben.shortcut(BRIEF, talked(muster))
        assert holding.asked.wait(10)
        (workspace_id,) = sync.workspaces(muster.process.db)
        briefings.discard(
            muster.process.db, workspace_id=workspace_id, brief_id=1, person_id=ben.id, now=muster.process.clock()
        )
        find(ben.dm, "is discarded")
        holding.go_on.set()
        muster.people.jump_to(muster.process.clock() + ANOTHER_LOOK)  # Not before nothing is in flight.
        assert not [each for each in ben.dm() if "*Brief* of" in str(each)]


def test_switched_off_between_two_requests_the_second_is_not_made(tables_url: str) -> None:
    holding = Holding(modes.prose)
    with asked_of(tables_url, holding) as (muster, model):
        ben, grace = muster.people.person("Ben"), muster.people.person("Grace")
        ben.shortcut(BRIEF, talked(muster))
        assert holding.asked.wait(10)
        grace.command("/muster", "model off", channel="forecast")
        find(lambda: grace.ephemerals("forecast"), "*#forecast*: off.")
        holding.go_on.set()
        find(ben.dm, "*Brief* of", "AI drafting is off in this channel.")
        assert len(model.requests) == 1, "what came is of no use, and is not sent back to be repaired"


def test_whoever_asks_while_it_is_written_for_somebody_else_waits_for_the_same(tables_url: str) -> None:
    holding = Holding()
    with asked_of(tables_url, holding) as (muster, model):
        ben, ana, message = muster.people.person("Ben"), muster.people.person("Ana"), talked(muster)
        ben.shortcut(BRIEF, message)
        assert holding.asked.wait(10)
        ana.shortcut(BRIEF, message)
        find(ana.dm, "I am reading")
        assert eventually(lambda: put_off(muster, brief_id=2))
        holding.go_on.set()
        find(ben.dm, "*Brief* of", "Worded by small-1")
        muster.people.jump_to(muster.process.clock() + ANOTHER_LOOK)
        find(ana.dm, "*Brief* of", "Worded by small-1")
        assert len(model.requests) == 1


def test_what_was_written_is_shown_to_whoever_asks_later_until_something_is_said(tables_url: str) -> None:
    with asked_of(tables_url, honest) as (muster, model):
        message = talked(muster)
        for name in ("Ben", "Ana"):
            brief_of(muster.people.person(name), message, "Worded by small-1")
        assert len(model.requests) == 1
        muster.people.person("Ana").say("forecast", "One more thing: who tells them?", thread=message["ts"])
        muster.people.person("Chloe").shortcut(BRIEF, message)
        find(muster.people.person("Chloe").dm, "*Brief* of", "from 5 messages", "Worded by small-1")
        assert len(model.requests) == 2


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (error(401), "not set up correctly"),
        (error(503), "The AI service did not answer."),
        (error(429, retry_after="3600"), "The AI service is busy. It can be asked for again from"),
    ],
    ids=["refused", "broken", "busy"],
)
def test_whatever_becomes_of_the_model_there_is_a_brief_and_a_sentence(
    tables_url: str, mode: Mode, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "schedules.brief_writing")
    with asked_of(tables_url, mode) as (muster, _):
        said = brief_of(muster.people.person("Ben"), talked(muster), why)
    assert "Drawn up without a language model" in said
    assert "We decided to ship the small model in March" in said
    (line,) = [each.getMessage() for each in caplog.records if each.name == "schedules.brief_writing"]
    assert "small-1 at 127.0.0.1" in line
    assert "March" not in line


def test_a_server_that_is_not_there_changes_nothing_but_the_words(tables_url: str) -> None:
    with running(tables_url, model=settings(nobody_there())) as muster:
        said = brief_of(muster.people.person("Ben"), talked(muster), "The AI service did not answer.")
        assert "We decided to ship the small model in March" in said


def test_where_models_are_off_none_is_asked(tables_url: str) -> None:
    with asked_of(tables_url, honest) as (muster, model):
        muster.people.person("Grace").command("/muster", "model off", channel="forecast")
        said = brief_of(muster.people.person("Ben"), talked(muster), "AI drafting is off in this channel.")
        assert "Drawn up without a language model" in said
        assert model.requests == []


def test_what_a_workspace_has_used_up_is_not_asked_for(tables_url: str) -> None:
    with asked_of(tables_url, honest, tokens_a_day=10) as (muster, model):
        brief_of(muster.people.person("Ben"), talked(muster), "The AI allowance is used up for now.")
        assert model.requests == []


def test_muster_stops_without_waiting_for_a_model_and_asks_again_when_it_is_back(tables_url: str) -> None:
    holding = Holding()
    with (
        standing_in(holding) as model,
        Sandbox(seed="demo", manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box,
        Client(box.url) as people,
    ):
        with muster_beside(box, tables_url, model=settings(model.url)) as process:
            people.person("Ben").shortcut(BRIEF, talked(Running(box, process, people)))
            assert holding.asked.wait(10)
        holding.go_on.set()
        with muster_beside(box, tables_url, model=settings(model.url)):
            find(people.person("Ben").dm, "*Brief* of", "Worded by small-1")
