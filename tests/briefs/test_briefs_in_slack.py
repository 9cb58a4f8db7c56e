"""Briefs as people ask for them, through Bolt and the sandbox."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.client import Person, texts
from sandbox.state import Json
from tests.muster import FRIDAY, Running, running
from tests.seen import find

BRIEF = "Brief this thread"
QUESTION = "Which model do we ship in March?"
DECISION = "DECISION: we ship the small model in March, because it is cheaper."
ACTION = "ACTION: @Ben Okafor relabels the March tickets by next Monday"


@pytest.fixture
def muster(tables_url: str) -> Iterator[Running]:
    with running(tables_url) as found:
        yield found


@pytest.fixture
def ana(muster: Running) -> Person:
    return muster.people.person("Ana")


@pytest.fixture
def ben(muster: Running) -> Person:
    return muster.people.person("Ben")


def thread(ana: Person, ben: Person, channel: str = "forecast") -> Json:
    parent = {"channel": ana.channel_id(channel), "ts": ana.say(channel, QUESTION)}
    ben.say(channel, "PROPOSAL: the small one, as it answers in 300 ms.", thread=parent["ts"])
    ana.say(channel, DECISION, thread=parent["ts"])
    ana.say(channel, ACTION, thread=parent["ts"])
    return parent


def place(review: Json, words: str) -> int:
    """Which of the statements says so."""
    menus = [block for block in review["blocks"] if block.get("accessory", {}).get("type") == "overflow"]
    return next(number for number, block in enumerate(menus) if words in block["text"]["text"])


def link(muster: Running, message: Json) -> str:
    return f"{muster.box.url}/archives/{message['channel']}/p{message['ts'].replace('.', '')}"


def test_a_brief_comes_to_whoever_asked_and_each_statement_leads_to_its_source(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = thread(ana, ben)
    ben.shortcut(BRIEF, message)
    assert "The brief comes to you in a direct message" in str(ben.modal())
    told = find(ben.dm, "*Brief* of", "from 4 messages", "we ship the small model in March")
    assert f"<{link(muster, message)}|a thread> in #forecast" in str(told["blocks"])
    assert f"?thread_ts={message['ts']}&cid={message['channel']}|source>" in str(told["blocks"]).replace("&amp;", "&")
    assert "nothing is recorded until you do" in " ".join(texts(told))
    assert not [said for said in ana.dm() if "brief" in str(said).lower()], "it is for Ben alone"
    assert "Brief of a thread in #forecast" in told["text"]


def test_what_it_says_is_corrected_and_recorded_as_a_decision_and_as_action_items(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = thread(ana, ben)
    ben.shortcut(BRIEF, message)
    told = find(ben.dm, "*Brief* of")
    ben.click(told, "Record decision")
    ben.click(ben.modal() or {}, "Options")
    assert "the small one, as it answers in 300 ms." in str(ben.modal())
    ben.click(ben.modal() or {}, "Decision")
    ben.fill({"Title": "Ship the small model", "Why?": "It is cheaper"})
    assert ben.submit() == {}
    card = find(lambda: ana.messages("forecast"), "D-1: Ship the small model", "we ship the small model in March")
    assert f"<{link(muster, message)}|from a message" in str(card["blocks"])
    ben.click(told, "Add action items")
    assert ben.submit() == {}
    find(ben.dm, "A-1", "relabels the March tickets", "yours", "due Mon 23 Nov 2026")


def test_asked_for_twice_at_once_it_is_drawn_up_once_and_later_anew(muster: Running, ana: Person, ben: Person) -> None:
    message = thread(ana, ben)
    ben.shortcut(BRIEF, message)
    find(ben.dm, "*Brief* of", "from 4 messages")
    ana.say("forecast", "One more thing.", thread=message["ts"])
    ben.shortcut(BRIEF, message)
    find(ben.dm, "*Brief* of", "from 5 messages")
    find(ben.dm, "You asked for a brief of", "again: it stands below.")
    assert len([said for said in ben.dm() if "*Brief* of" in str(said)]) == 1


def test_whoever_opens_the_draft_is_told_what_came_since_and_has_it_drawn_up_again(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = thread(ana, ben)
    for number in range(4):
        ana.say("forecast", f"What about customer {number}?", thread=message["ts"])
    ben.shortcut(BRIEF, message)
    told = find(ben.dm, "*Brief* of", "from 8 messages", "Review")
    ben.click(told, "Review")
    assert "since it was drawn up" not in str(find(lambda: [ben.modal() or {}], "What about customer 3?"))
    ben.close()
    ana.say("forecast", "One more thing.", thread=message["ts"])
    ben.click(told, "Review")
    ben.click(find(lambda: [ben.modal() or {}], "1 message has come since it was drawn up."), "Draw it up again")
    find(lambda: [ben.modal() or {}], "The brief comes to you in a direct message")
    find(ben.dm, "*Brief* of", "from 9 messages")


def test_a_draft_is_gone_over_before_it_is_recorded(muster: Running, ana: Person, ben: Person) -> None:
    ben.shortcut(BRIEF, thread(ana, ben))
    ben.click(find(ben.dm, "*Brief* of"), "Review")
    review = find(lambda: [ben.modal() or {}], "Review the brief", "we ship the small model in March")
    ben.click(review, "Put it in other words", nth=place(review, "we ship"))
    ben.fill({"In your words": " "})
    assert ben.submit() == {"In your words": "Please write what it is to say, or close this form and leave it out."}
    ben.fill({"In your words": "The small model ships in March"})
    assert ben.submit() == {}
    sent = [each for each in muster.people.deliveries() if each["payload"].get("type") == "view_submission"]
    assert muster.people.again(sent[-1]["id"]), "Slack is not told that it was wrong"
    review = find(lambda: [ben.modal() or {}], "“The small model ships in March” (changed by you)")
    ben.click(review, "Leave it out", nth=place(review, "relabels"))
    review = find(lambda: [ben.modal() or {}], "Left out (1)", "you left it out")
    find(ben.dm, "*Brief* of", "The small model ships in March", "Left out: 1.")
    ben.click(review, "Add it back")
    find(lambda: [ben.modal() or {}], "relabels the March tickets by next Monday” (added by you)")
    ben.close()
    ben.click(find(ben.dm, "*Brief* of"), "Record decision")
    assert "The small model ships in March" in str(ben.modal())


def test_a_link_does_the_same_and_any_other_is_refused_with_what_to_type(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = thread(ana, ben)
    ben.command("/brief", link(muster, message), channel="forecast")
    find(lambda: ben.ephemerals("forecast"), "The brief comes to you in a direct message")
    find(ben.dm, "*Brief* of", "from 4 messages")
    for typed in ("the thread above", "https://example.com/archives/C1/p1763650000000100"):
        ben.command("/brief", typed, channel="forecast")
        find(lambda: ben.ephemerals("forecast"), "That is no link to a message that you can read.")
    ben.command("/brief", "", channel="forecast")
    find(lambda: ben.ephemerals("forecast"), "draws up a brief of its thread")


def test_nobody_gets_a_brief_of_a_private_channel_they_are_not_in(muster: Running, ana: Person) -> None:
    chloe, grace = muster.people.person("Chloe"), muster.people.person("Grace")
    message = thread(chloe, grace, "pricing")
    ana.command("/brief", link(muster, message), channel="forecast")
    find(lambda: ana.ephemerals("forecast"), "That is no link to a message that you can read.")
    chloe.shortcut(BRIEF, message)
    find(chloe.dm, "*Brief* of", "#pricing")


def test_a_discarded_draft_is_gone(ana: Person, ben: Person) -> None:
    ben.shortcut(BRIEF, thread(ana, ben))
    ben.click(find(ben.dm, "*Brief* of"), "Discard")
    assert "small model" not in str(find(ben.dm, "is discarded."))


def test_what_slack_does_not_answer_is_read_again_and_in_the_end_said(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = thread(ana, ben)
    muster.box.faults.add("conversations.replies", "http_500", times=99)
    ben.shortcut(BRIEF, message)
    find(ben.dm, "I am reading", "a thread")
    for minutes in (1, 6, 21):
        muster.people.jump_to(FRIDAY + timedelta(minutes=minutes + 1))
    find(ben.dm, "There is no brief of", "Slack did not answer", "Brief this thread")
    muster.box.faults.clear()


def test_a_long_thread_says_how_far_it_is_and_is_read_on_where_slack_asked_to_wait(
    muster: Running, ana: Person, ben: Person
) -> None:
    message = thread(ana, ben)
    for number in range(200):
        ana.say("forecast", f"Figure {number} is in.", thread=message["ts"])
    muster.box.faults.add("conversations.replies", "ratelimited", spare=1, retry_after=40)
    ben.shortcut(BRIEF, message)
    find(ben.dm, "I am reading", "of 204 messages so far")
    muster.people.jump_to(FRIDAY + timedelta(minutes=2))
    find(ben.dm, "*Brief* of", "from 204 messages", "we ship the small model in March")
