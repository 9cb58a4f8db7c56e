"""A reaction that begins a record, through Bolt and the sandbox."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from slack_sdk import WebClient

from domain.reactions import Reaction
from sandbox.client import Person, eventually, texts
from sandbox.state import Json
from services import reactions
from tests.handlers.test_message_menu import DUE, REASONS, filled, link, said
from tests.muster import BOTH_WAYS, FRIDAY, Running, running
from tests.seen import find
from tests.team import owed

OFFER = "Press *Record decision* to fill in the rest"


@pytest.fixture
def muster(tables_url: str, over_http: bool) -> Iterator[Running]:
    """With an emoji for each kind of record."""
    with running(tables_url, over_http=over_http) as found:
        grace = found.people.person("Grace")
        for said in ("reactions decision :scales:", "reactions action thumbsup"):
            grace.command("/muster", said, channel="forecast")
        yield found


@pytest.fixture
def ana(muster: Running) -> Person:
    return muster.people.person("Ana")


@pytest.fixture
def ben(muster: Running) -> Person:
    return muster.people.person("Ben")


def offered(person: Person) -> Json:
    return find(person.dm, "You reacted to", "a message")


def offers(person: Person) -> list[Json]:
    return [message for message in person.dm() if "You reacted to" in " ".join(texts(message))]


def settled(muster: Running) -> None:
    """All that Slack has told has been heard, and all that is owed is out."""
    assert eventually(lambda: all(each["acked"] for each in muster.people.deliveries()))
    assert eventually(lambda: all(row.next_at is None for row in owed(muster.process.db, "reacted")))


def reaction_of(muster: Running) -> Reaction:
    found = reactions.card(
        muster.process.db, workspace_id=muster.workspace_id, reaction_id=1, now=muster.process.clock()
    )
    assert found
    return found.reaction


def opened(person: Person, button: str) -> dict[str, str]:
    person.click(offered(person), button)
    assert eventually(lambda: "submit" in (person.modal() or {}) and filled(person))
    return filled(person)


@BOTH_WAYS
def test_whoever_reacts_gets_the_form_filled_and_the_message_says_what_came_of_it(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = said(ben, "forecast", "*We ship the small model*\nsays @Ana Souza")
    ana.react(message, "scales")
    told = offered(ana)
    assert link(muster, message) in str(told["blocks"])
    assert opened(ana, "Record decision")["title"] == "We ship the small model"
    ana.fill(REASONS)
    assert ana.submit() == {}
    card = find(lambda: ben.messages("forecast"), "D-1: We ship the small model")
    assert f"<{link(muster, message)}|from a message of Ben Okafor>" in str(card["blocks"])
    done = find(ana.dm, "D-1 is recorded, made of")
    assert done["ts"] == told["ts"]
    assert "reaction.open" not in str(done["blocks"])


def test_of_a_reply_in_a_thread_an_action_item_is_made_in_any_tone_of_skin(
    muster: Running, ana: Person, ben: Person
) -> None:
    parent = said(ana, "forecast", "Who relabels March?")
    reply = said(ben, "forecast", "I could, by Friday", thread=parent["ts"])
    ana.react(reply, "+1::skin-tone-3")
    assert f"{link(muster, reply)}?thread_ts={parent['ts']}" in str(offered(ana)["blocks"])
    assert opened(ana, "Add action")["what"] == "I could, by Friday"
    ana.fill(DUE)
    assert ana.submit() == {}
    find(ben.dm, "A-1: I could, by Friday", "from a message of Ben Okafor")
    find(ana.dm, "A-1 is recorded, made of")


def test_each_who_reacts_gets_one_message_however_often_slack_tells_it(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = said(ben, "forecast", "We ship the small model")
    for person in (ana, ben):
        person.react(message, "scales")
        offered(person)
    heard = [each for each in muster.people.deliveries() if each["type"] == "reaction_added"]
    for each in heard:
        assert muster.people.again(each["id"])
    ana.unreact(message, "scales")
    ana.react(message, "scales")
    settled(muster)
    assert (len(offers(ana)), len(offers(ben))) == (1, 1)


def test_a_reaction_taken_back_before_its_message_is_out_brings_none(muster: Running, ana: Person, ben: Person) -> None:
    message = said(ben, "forecast", "We ship the small model")
    muster.box.faults.add("chat.postMessage", "ratelimited", 1)
    ana.react(message, "scales")
    assert eventually(lambda: owed(muster.process.db, "reacted"))
    ana.unreact(message, "scales")
    assert eventually(lambda: not reaction_of(muster).is_on)
    muster.people.jump_to(FRIDAY + timedelta(minutes=5))
    settled(muster)
    assert offers(ana) == []
    ana.react(message, "scales")
    offered(ana)


def test_other_emoji_and_other_places_begin_nothing(muster: Running, ana: Person, ben: Person) -> None:
    channel = ana.channel_id("forecast")
    bot = WebClient(muster.box.bot_token, f"{muster.box.url}/api/")
    ana.react(said(ben, "forecast", "Just fun"), "tada")
    ana.react(said(ben, "Ana", "Between us"), "scales")
    settled(muster)
    assert offers(ana) == []
    posted = bot.chat_postMessage(channel=channel, text="Build 7 failed")["ts"]
    ana.react({"channel": channel, "ts": posted}, "scales")
    assert opened(ana, "Record decision")["title"] == "Build 7 failed"


def test_a_message_that_is_gone_by_then_is_said_kindly(muster: Running, ana: Person, ben: Person) -> None:
    message = said(ben, "forecast", "We ship the small model")
    ana.react(message, "scales")
    told = offered(ana)
    muster.people.post("delete", **{"as": ben.id}, channel=message["channel"], ts=message["ts"])
    ana.click(told, "Record decision")
    assert eventually(lambda: "cannot read that message any more" in " ".join(texts(ana.modal() or {})))


def test_only_whoever_leads_chooses_and_no_emoji_begins_both(muster: Running, ben: Person) -> None:
    grace = muster.people.person("Grace")
    for person, typed, answer in (
        (ben, "decision :eyes:", "Only leads, managers, execs"),
        (grace, "action scales", "begins the other kind of record already"),
        (grace, "decision two words", "That is no emoji"),
        (grace, "sometimes", "does not know “sometimes”"),
        (ben, "", ":scales:"),
        (grace, "decision off", "none is chosen"),
    ):
        person.command("/muster", f"reactions {typed}", channel="forecast")
        find(partial(person.ephemerals, "forecast"), answer)
    assert reactions.is_used(muster.process.db, workspace_id=muster.workspace_id)


def test_two_replicas_that_hear_of_it_at_once_send_one_message(muster: Running, ana: Person, ben: Person) -> None:
    message = said(ben, "forecast", "We ship the small model")
    ana.react(message, "scales")
    offered(ana)
    (heard,) = [each for each in muster.people.deliveries() if each["type"] == "reaction_added"]
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(muster.people.again, [heard["id"]] * 4))
    settled(muster)
    assert len(offers(ana)) == 1
