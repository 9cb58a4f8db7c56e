"""Planted: briefs that are shared and do not come, that nobody shared, or that stay when they are taken back."""

import json
from datetime import datetime

import pytest

from simulation.promises import quoted, shared
from tests.simulation.breaking import broken, move, without
from tests.simulation.briefed import ASKED, BEGUN, COUNCIL, HOUR, MINUTE, SHOWN, asked, asks, link, ts, whole
from tests.simulation.story import SECOND, Json, direct, section
from tests.simulation.week import Week

AT = ASKED + HOUR
BACK = "The brief of this thread that stood here was taken back."


def shares(found: Week, at: datetime = AT) -> Json:
    form = {"view_id": f"VS{at}", "title": "Share the brief", "callback_id": "brief.share_form"}
    return found.story.did("ana", "submitted", at, **form, private_metadata=json.dumps({"brief": 7}), values={})


def stands(found: Week, at: datetime, by: str = "Ana Souza", text: str = SHOWN[1]) -> Json:
    head = f"Brief of this thread, from 3 messages, shared by {by}."
    lines = [section(f"*{head}*"), section(f"*To do*\n• “{text}” <{link(BEGUN)}|source>")]
    return found.story.post(at, COUNCIL, f"{head}\nTo do: “{text}”", lines, thread_ts=ts(BEGUN))


def takes_back(found: Week, at: datetime) -> None:
    fields = {"label": "Take back", "action_id": "brief.take_back", "value": "7", "where": "message"}
    found.story.did("ana", "clicked", at, **fields, channel=direct("ana"), ts=found.named["draft"]["message"]["ts"])
    found.story.change(found.named["draft"], at + SECOND, *whole())


@pytest.fixture
def found() -> Week:
    """Ana shares her draft, and it stands in the thread."""
    found = asked()
    found.named["shares"] = shares(found)
    found.named["shared"] = stands(found, AT + SECOND)
    return found


def test_a_brief_that_is_shared_may_be_read_there_by_all(found: Week) -> None:
    assert broken(found) == {}
    found.story.lines.remove(found.named["shares"])
    assert broken(found) == {
        shared.PROMISE: ["Ana Souza shared no brief in that thread."],
        quoted.OWN: [
            "Ben Okafor saw in a channel what was said in a thread that they have asked no brief of: [gggg-0003]"
        ],
    }


def test_a_brief_that_is_shared_and_does_not_come_in_time_is_found(found: Week) -> None:
    move(found.named["shared"], AT + 5 * MINUTE)
    text = "Ana Souza shared a brief, and its thread did not show it in time."
    assert broken(found) == {shared.PROMISE: [text]}
    without(found, found.named["shared"])
    assert broken(found) == {shared.PROMISE: [text]}


def test_a_brief_in_the_name_of_somebody_else_is_found(found: Week) -> None:
    stands(found, AT + MINUTE, by="Ben Okafor")
    assert broken(found)[shared.PROMISE] == ["Ben Okafor shared no brief in that thread."]
    asks(found, "ben", ASKED + MINUTE)
    assert "Ben Okafor shared no brief in that thread." in broken(found)[shared.PROMISE]


def test_a_shared_brief_quotes_its_thread(found: Week) -> None:
    without(found, found.named["shared"])
    stands(found, AT + SECOND, text="Sold in spring")
    assert broken(found) == {
        quoted.PROMISE: ["A brief of Ana Souza quotes what nobody said in its thread: 'Sold in spring'"]
    }


def test_what_is_taken_back_does_not_stand_there_any_more(found: Week) -> None:
    takes_back(found, AT + MINUTE)
    assert broken(found)[shared.PROMISE] == ["Ana Souza took a shared brief back, and it still stands there."]
    found.story.change(found.named["shared"], AT + MINUTE + SECOND, BACK, [section(BACK)])
    assert broken(found) == {}


def test_what_is_shared_again_after_it_was_taken_back_stands_there(found: Week) -> None:
    takes_back(found, AT + MINUTE)
    found.story.change(found.named["shared"], AT + MINUTE + SECOND, BACK, [section(BACK)])
    shares(found, AT + 2 * MINUTE)
    assert broken(found)[shared.PROMISE] == ["Ana Souza shared a brief, and its thread did not show it in time."]
    message = found.named["shared"]["message"]
    found.story.change(found.named["shared"], AT + 2 * MINUTE + SECOND, message["text"], message["blocks"])
    assert broken(found) == {}


def test_a_button_below_a_summary_asks_for_a_brief_of_its_thread() -> None:
    found = asked()
    found.story.lines.remove(found.named["asked"])
    assert broken(found) != {}
    about = {"label": "Brief this thread", "action_id": "brief.thread", "value": "thread", "where": "message"}
    found.story.did("ana", "clicked", ASKED, **about, channel=COUNCIL, ts=ts(BEGUN))
    assert broken(found) == {}
