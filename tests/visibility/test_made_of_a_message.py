"""Records made of a message keep which one, and lead to it those who may read it. On both databases."""

from dataclasses import replace

import pytest

from domain.actions import ActionCard
from domain.decision_cards import DecisionCard
from domain.posted import Posted
from domain.submissions import Submission
from services import action_cards, actions, decision_cards, decisions, mentions
from storage.engine import Database
from surface.action_list import one_answer
from surface.actions import action_message
from surface.decisions import card_message
from surface.informed import informed_message
from tests.team import ANA, BEN, CHLOE, DEV, ELSEWHERE, FORECAST, NOW, PRICING, WORKSPACE, settle

MESSAGE = Posted("1763650000.000100", "1763640000.000200", BEN)
OF_BEN = "?thread_ts=1763640000.000200&cid={channel}|from a message of Ben>"
LINK = "<https://northlight.slack.com/archives/{channel}/p1763650000000100"
DECISION = {"title": "Small model", "choice": "Ship it", "because": "Cheaper", "approver": CHLOE}
ACTION = {"what": "Relabel March", "owner": CHLOE, "due": "2026-11-26"}


@pytest.fixture
def db(database: Database) -> Database:
    settle(database)
    return database


def decide(db: Database, channel: str, message: Posted | None = MESSAGE, **given: str) -> None:
    sent = Submission(WORKSPACE, CHLOE, "d1", DECISION | given, [DEV])
    assert decisions.submit(db, sent=sent, channel_id=channel, message=message, now=NOW) == ()


def add(db: Database, channel: str, message: Posted | None = MESSAGE, **given: str) -> None:
    sent = Submission(WORKSPACE, CHLOE, "a1", ACTION | given, [DEV])
    assert actions.submit(db, sent=sent, channel_id=channel, message=message, now=NOW) == ()


def decision(db: Database, reader_id: str) -> DecisionCard:
    found = decision_cards.numbered(db, workspace_id=WORKSPACE, reader_id=reader_id, number=1, now=NOW)
    assert found.decision.message == MESSAGE
    return found


def action(db: Database, reader_id: str) -> ActionCard:
    found = action_cards.numbered(db, workspace_id=WORKSPACE, reader_id=reader_id, number=1, now=NOW)
    assert found.item.message == MESSAGE
    return found


def test_in_an_open_channel_everybody_is_led_to_it(db: Database) -> None:
    decide(db, FORECAST, informed=DEV)
    add(db, FORECAST, owner=DEV)
    link = (LINK + OF_BEN).format(channel=FORECAST)
    posted = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    assert posted
    assert link in str(card_message(posted).blocks)
    told = informed_message(decision(db, DEV), DEV, is_out=False)
    assert told
    assert link in str(told.blocks)
    owed = action_message(action(db, DEV), DEV, is_out=False)
    assert owed
    assert f"{link} in #forecast" in str(owed.blocks)
    assert link in str(one_answer(action(db, ANA), ANA)["blocks"])


def test_whoever_is_named_from_outside_reads_neither_the_link_nor_whose_message_it_was(db: Database) -> None:
    decide(db, PRICING, informed=DEV)
    add(db, PRICING, owner=DEV)
    link = LINK.format(channel=PRICING)
    told = informed_message(decision(db, DEV), DEV, is_out=False)
    owed = action_message(action(db, DEV), DEV, is_out=False)
    assert told
    assert owed
    for shown in (str(told.blocks), str(owed.blocks)):
        assert "archives/" not in shown
        assert "Ben" not in shown
    assert "from a private channel" in str(owed.blocks)
    assert link in str(card_message(decision(db, BEN)).blocks)
    assert link in str(one_answer(action(db, BEN), BEN)["blocks"])


def test_of_a_bot_or_of_somebody_unknown_it_says_only_that_it_is_a_message(db: Database) -> None:
    decide(db, FORECAST, replace(MESSAGE, thread_ts="", author_id=""))
    add(db, FORECAST, replace(MESSAGE, thread_ts="", author_id="UNOBODY"))
    link = LINK.format(channel=FORECAST) + "|from a message>"
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    item = action_cards.readable(db, workspace_id=WORKSPACE, item_id=1, reader_id=CHLOE, now=NOW)
    assert card
    assert item
    assert link in str(card_message(card).blocks)
    assert link in str(one_answer(item, CHLOE)["blocks"])


def test_an_edit_or_the_same_form_again_keeps_where_it_comes_from(db: Database) -> None:
    for _ in range(2):
        decide(db, FORECAST)
        add(db, FORECAST)
    decide(db, FORECAST, title="Another title")
    add(db, FORECAST, what="Relabel April")
    assert decision(db, ANA).decision.form.title == "Another title"
    assert action(db, ANA).item.what == "Relabel April"


def test_what_was_typed_into_a_form_comes_from_no_message(db: Database) -> None:
    decide(db, FORECAST, None)
    add(db, FORECAST, None)
    card = decision_cards.card(db, workspace_id=WORKSPACE, decision_id=1)
    item = action_cards.readable(db, workspace_id=WORKSPACE, item_id=1, reader_id=CHLOE, now=NOW)
    assert card
    assert card.decision.message is None
    assert item
    assert item.item.message is None
    assert "archives/" not in str(card_message(card).blocks) + str(one_answer(item, CHLOE)["blocks"])


def test_those_mentioned_are_called_as_everybody_in_the_channel_may_read_it(db: Database) -> None:
    ids = {BEN, FORECAST, PRICING, ELSEWHERE, "CNEW", "UNEW"}
    known = {BEN: "@Ben", FORECAST: "#forecast", ELSEWHERE: "#elsewhere"}
    names = mentions.names(db, workspace_id=WORKSPACE, channel_id=FORECAST, ids=ids)
    assert names == known | {PRICING: "a private channel"}
    names = mentions.names(db, workspace_id=WORKSPACE, channel_id=PRICING, ids=ids)
    assert names == known | {PRICING: "#pricing"}
