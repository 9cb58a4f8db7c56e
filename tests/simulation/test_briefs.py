"""Planted: briefs that do not come, come twice, never end, or come to those who may not read the thread."""

import json
from datetime import datetime

import pytest

from simulation.promises import briefed, leaks, once, quoted
from tests.simulation.breaking import again, broken, frozen_after, judged, move, without
from tests.simulation.briefed import (
    ASKED,
    BEGUN,
    COUNCIL,
    HOUR,
    MINUTE,
    SHOWN,
    asked,
    asks,
    draft,
    link,
    reading,
    review,
    said_so,
    types,
    whole,
)
from tests.simulation.briefed import quoted as quoting
from tests.simulation.story import SECOND, Json, direct, user
from tests.simulation.week import Week

BRIEF_NOTHING = "That is no link to a message that you can read. Type `/brief` and what *Copy link* gives."
AGAIN = "You asked for a brief of a thread in #council again: it stands below."
GONE = "The brief of a thread in #council is discarded."


@pytest.fixture
def found() -> Week:
    return asked()


def discards(found: Week, at: datetime) -> Json:
    fields = {"label": "Discard", "action_id": "brief.discard", "value": "7", "where": "message"}
    return found.story.did(
        "ana", "clicked", at, **fields, channel=direct("ana"), ts=found.named["draft"]["message"]["ts"]
    )


def test_a_brief_that_comes_once_and_quotes_its_thread_is_as_it_should_be(found: Week) -> None:
    assert broken(found) == {}
    counts = judged(found).counts
    assert (counts["briefs asked for"], counts["states of briefs looked at"]) == (1, 1)


def test_a_brief_that_does_not_come_is_found(found: Week) -> None:
    without(found, found.named["reading"])
    assert broken(found)[briefed.PROMISE] == ["Ana Souza asked for a brief, and no message of it came."]


def test_a_brief_that_comes_late_is_found(found: Week) -> None:
    move(found.named["reading"], ASKED + 5 * MINUTE)
    move(found.named["draft"], ASKED + 6 * MINUTE)
    (text,) = broken(found)[briefed.PROMISE]
    assert text == "Ana Souza heard late of the brief they asked for, and nothing stood in the way."


def test_a_brief_may_be_late_that_was_asked_for_when_slack_had_to_be_asked_first(found: Week) -> None:
    found.story.lines.remove(found.named["asked"])
    types(found, "ana", ASKED, link(BEGUN), "One moment, I am checking with Slack what you may see.")
    move(found.named["reading"], ASKED + 5 * MINUTE)
    move(found.named["draft"], ASKED + 6 * MINUTE)
    assert broken(found) == {}


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_brief_may_be_lost_while_slack_is_asked_and_muster_is_killed(found: Week, *, is_killed: bool) -> None:
    found.story.lines.remove(found.named["asked"])
    without(found, found.named["reading"])
    types(found, "ana", ASKED, link(BEGUN), "One moment, I am checking with Slack what you may see.")
    if is_killed:
        found.story.add("process", ASKED + SECOND, act="killed", name="muster")
        found.story.add("process", ASKED + MINUTE, act="started", name="muster")
    assert (briefed.PROMISE in broken(found)) is not is_killed


def test_two_messages_for_one_asking_are_found_and_one_for_two_that_meet_is_right(found: Week) -> None:
    asks(found, "ana", ASKED + 3 * SECOND)
    assert broken(found) == {}
    for hours in (1, 2):
        other = reading(found, "ana", ASKED + hours * HOUR)
        found.story.change(other, ASKED + hours * HOUR + SECOND, *whole())
    assert broken(found) == {briefed.PROMISE: ["Ana Souza got a message about a brief that they had not asked for."]}


def test_whoever_asks_again_later_gets_another_message(found: Week) -> None:
    asks(found, "ana", ASKED + HOUR)
    found.story.change(found.named["reading"], ASKED + HOUR + SECOND, *said_so(AGAIN))
    assert broken(found)[briefed.PROMISE] == ["Ana Souza asked for a brief, and no message of it came."]
    later = reading(found, "ana", ASKED + HOUR + SECOND)
    found.story.change(later, ASKED + HOUR + 2 * SECOND, *whole())
    assert broken(found) == {}


def test_the_same_message_posted_twice_is_found(found: Week) -> None:
    again(found, found.named["reading"], ASKED + 2 * SECOND)
    assert once.PROMISE in broken(found)


@pytest.mark.parametrize(
    "goes_on", ["", "I have read 3 messages of a thread in #council; the language model is writing."]
)
def test_a_brief_that_never_ends_is_found(found: Week, goes_on: str) -> None:
    frozen_after(found, found.named["reading"])
    if goes_on:
        found.story.change(found.named["reading"], ASKED + 2 * SECOND, *said_so(goes_on))
    assert broken(found)[briefed.ENDED] == ["Ana Souza still reads that the thread of their brief is being read."]


@pytest.mark.parametrize("ends", [GONE, "There is no brief of a thread in #council: Slack did not answer."])
def test_a_brief_may_end_without_a_draft(found: Week, ends: str) -> None:
    frozen_after(found, found.named["reading"])
    found.story.change(found.named["reading"], ASKED + 5 * SECOND, *said_so(ends))
    assert broken(found) == {}


def test_what_is_discarded_is_gone(found: Week) -> None:
    at = ASKED + HOUR
    discards(found, at)
    assert briefed.ENDED in broken(found)
    found.story.change(found.named["reading"], at + SECOND, *said_so(GONE))
    assert broken(found) == {}
    review(found, "ana", at + HOUR, f"“{SHOWN[0]}” <{link(BEGUN)}|source>")
    assert broken(found)[briefed.ENDED] == ["Ana Souza was shown a brief that they had discarded."]


def test_a_link_to_what_somebody_may_not_read_is_to_be_answered_like_a_link_to_nothing(found: Week) -> None:
    types(found, "cai", ASKED + HOUR, link(BEGUN), BRIEF_NOTHING)
    types(found, "cai", ASKED + HOUR, link(BEGUN, "CNOWHERE"), BRIEF_NOTHING)
    assert broken(found) == {}
    assert judged(found).counts["links answered like links to nothing"] == 2
    types(found, "dia", ASKED + HOUR, link(BEGUN), "I am reading the thread.")
    (text,) = broken(found)[briefed.UNREAD]
    assert text == "Dia Moss gave a link to what they may not read, and was not answered as if it led to nothing."


def test_whoever_left_the_channel_is_not_shown_the_brief_any_more(found: Week) -> None:
    found.story.add("membership", ASKED + HOUR, act="left", channel=COUNCIL, user=user("ana"))
    assert broken(found) == {}
    again_shown = ASKED + 2 * HOUR
    found.story.change(
        found.named["reading"], again_shown, *draft(*quoting("Why", "we sell in May [gggg-0002]", BEGUN))
    )
    assert leaks.PROMISE in broken(found)


def test_a_brief_may_be_late_after_a_trouble(found: Week) -> None:
    move(found.named["reading"], ASKED + 5 * MINUTE)
    move(found.named["draft"], ASKED + 6 * MINUTE)
    answer = {"ok": False, "error": "internal_error"}
    found.story.add(
        "call", ASKED, method="chat.postMessage", args={"channel": direct("ana")}, answer=answer, status=500
    )
    assert broken(found) == {}


def test_somebody_else_in_the_channel_reads_no_brief_that_they_have_not_asked_for(found: Week) -> None:
    late = found.story.post(ASKED + HOUR, direct("ben"), *whole())
    assert {briefed.PROMISE, quoted.OWN} <= broken(found).keys()
    asks(found, "ben", ASKED + HOUR - SECOND)
    assert broken(found) == {}
    without(found, late)


def test_what_somebody_has_recorded_may_be_read(found: Week) -> None:
    text = "For you to know: D-1: we sell in May [gggg-0002]"
    found.story.post(ASKED + HOUR, direct("ben"), text, [])
    assert quoted.OWN in broken(found)
    ids = json.dumps({"draft": "y", "channel": COUNCIL, "decision": "9"})
    about = {"view_id": "VR", "title": "Record", "callback_id": "decision.detail", "private_metadata": ids}
    found.story.did("ana", "submitted", ASKED + HOUR, **about, values={"Context": "we sell in May [gggg-0002]"})
    assert quoted.OWN not in broken(found)


def test_a_brief_in_a_channel_is_found(found: Week) -> None:
    found.story.post(ASKED + HOUR, COUNCIL, "Best failure is on here, switched on by [gggg-0002]", [])
    assert quoted.OWN in broken(found)
