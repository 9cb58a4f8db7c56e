"""Planted: briefs that quote what nobody said, lead elsewhere, or call decided what nobody decided."""

import json
from datetime import datetime

import pytest

from simulation.promises import quoted
from tests.simulation.breaking import broken
from tests.simulation.briefed import (
    ASKED,
    BEGUN,
    COUNCIL,
    DECISION,
    FORECAST,
    HOUR,
    MINUTE,
    asked,
    draft,
    link,
    review,
    rewrites,
    says,
    ts,
)
from tests.simulation.briefed import quoted as quoting
from tests.simulation.story import SECOND
from tests.simulation.week import Week

NOBODY = "A brief of Ana Souza quotes what nobody said in its thread: "
DRAWN = ASKED + 5 * SECOND


@pytest.fixture
def found() -> Week:
    return asked()


def shows(found: Week, title: str, text: str, at: datetime = BEGUN) -> None:
    """The draft says only that."""
    text, blocks = draft(*quoting(title, text, at))
    found.named["draft"]["message"] |= {"text": text, "blocks": blocks}


@pytest.mark.parametrize(
    "text",
    [
        "we sell in May",
        "we sell in…",
        "Should we sell the lab &amp; its name?",
        "@Ben Okafor sells",
        "Ben Okafor sells in May",
    ],
)
def test_a_quote_may_be_a_part_of_a_message_and_may_be_cut(found: Week, text: str) -> None:
    shows(found, "Why", text)
    assert broken(found) == {}


@pytest.mark.parametrize("text", ["we sell in June", "We sell", "Ana sells in May"])
def test_a_quote_of_what_nobody_said_is_found(found: Week, text: str) -> None:
    shows(found, "Why", text)
    assert broken(found) == {quoted.PROMISE: [f"{NOBODY}{text!r}"]}


def test_a_quote_of_another_thread_is_found(found: Week) -> None:
    says(found, "ben", BEGUN, "It rains [gggg-0009]", where=FORECAST, thread=None)
    shows(found, "Why", "It rains")
    assert quoted.PROMISE in broken(found)


@pytest.mark.parametrize(("at", "is_found"), [(ASKED - MINUTE, True), (ASKED + HOUR, False)])
def test_what_is_quoted_stood_there_while_the_thread_was_read(found: Week, at: datetime, *, is_found: bool) -> None:
    rewrites(found, found.named["proposal"], at, "Proposal: we wait [gggg-0008]")
    shows(found, "Why", "we sell in May")
    assert (quoted.PROMISE in broken(found)) is is_found


@pytest.mark.parametrize(("at", "is_found"), [(ASKED - MINUTE, True), (ASKED + HOUR, False)])
def test_what_is_quoted_was_not_deleted_before_the_thread_was_read(
    found: Week, at: datetime, *, is_found: bool
) -> None:
    found.story.add("message", at, act="deleted", channel=COUNCIL, message=found.named["proposal"]["message"])
    shows(found, "Why", "we sell in May")
    assert (quoted.PROMISE in broken(found)) is is_found


def test_a_link_out_of_the_thread_is_found(found: Week) -> None:
    says(found, "ben", BEGUN + HOUR / 2, "It rains [gggg-0009]", thread=None)
    shows(found, "Why", "we sell in May", BEGUN + HOUR / 2)
    assert broken(found) == {
        quoted.PROMISE: [f"A brief of Ana Souza links what is not in its thread: {ts(BEGUN + HOUR / 2)}"]
    }


def test_a_review_is_held_against_the_thread_as_well_and_may_show_what_somebody_put_in_its_place(found: Week) -> None:
    at = ASKED + HOUR
    review(found, "ana", at, f"“we sell in May” <{link(BEGUN + MINUTE)}|source>", "Left out (1)", "“we sell”: too many")
    assert broken(found) == {}
    review(found, "ana", at + HOUR, f"“Sold in spring” (in your words) <{link(BEGUN)}|source>")
    assert broken(found) == {quoted.PROMISE: [f"{NOBODY}'Sold in spring'"]}
    form = {
        "view_id": "VW",
        "title": "Other words",
        "callback_id": "brief.reword",
        "private_metadata": json.dumps({"brief": 7}),
    }
    found.story.did("ana", "submitted", at + MINUTE, **form, values={"In your words": "Sold in spring"})
    assert broken(found) == {}


def test_a_decision_that_nobody_marked_or_voted_for_is_found(found: Week) -> None:
    shows(found, "Decided, as it seems", "we sell in May")
    text = "A brief of Ana Souza calls decided what nobody voted for or marked: 'we sell in May'"
    rewrites(found, found.named["decision"], ASKED - MINUTE, "Never mind [gggg-0007]")
    assert broken(found) == {quoted.DECISION: [text]}
    shows(found, "Proposed, and not decided", "we sell in May")
    assert broken(found) == {}


def test_a_decision_that_somebody_marked_is_one(found: Week) -> None:
    shows(found, "Decided, as it seems", DECISION.partition(": ")[2])
    assert broken(found) == {}


@pytest.mark.parametrize("emoji", ["+1", "thumbsup::skin-tone-3", "eyes"])
def test_votes_are_reactions_of_agreement(found: Week, emoji: str) -> None:
    rewrites(found, found.named["decision"], ASKED - MINUTE, "Never mind [gggg-0007]")
    shows(found, "Decided, as it seems", "we sell in May")
    found.story.did("ana", "reacted", ASKED - MINUTE, channel=COUNCIL, ts=ts(BEGUN + MINUTE), name=emoji)
    assert (quoted.DECISION in broken(found)) is (emoji == "eyes")


@pytest.mark.parametrize(("text", "is_vote"), [("+1 [gggg-0006]", True), ("Agreed", True), ("It rains", False)])
def test_votes_are_short_replies_that_agree(found: Week, text: str, *, is_vote: bool) -> None:
    rewrites(found, found.named["decision"], ASKED - MINUTE, "Never mind [gggg-0007]")
    says(found, "ana", BEGUN + 3 * MINUTE, text, thread=BEGUN)
    shows(found, "Decided, as it seems", "we sell in May")
    assert (quoted.DECISION in broken(found)) is not is_vote
