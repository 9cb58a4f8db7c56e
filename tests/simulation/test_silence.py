"""Planted: people who type, press or send something, and get no answer."""

import json

import pytest

from simulation.promises import silence
from tests.simulation.breaking import broken, judged, move
from tests.simulation.story import SECOND, channel, local, user
from tests.simulation.week import week

AT = local("cai", 25, "11:00")
TYPED = {"command": "/checkin", "text": "", "channel": channel("forecast")}


def test_a_command_that_nothing_answers_is_found() -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **TYPED)
    assert broken(found) == {silence.PROMISE: ["Cai Rao: commanded '/checkin' was taken, and then nothing happened."]}


def test_a_command_that_a_message_answers_is_no_silence() -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **TYPED)
    found.story.post(AT + SECOND, channel("forecast"), "You have nothing to answer.", [], only_for=user("cai"))
    assert broken(found) == {}


def test_an_answer_that_only_somebody_else_sees_is_none() -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **TYPED)
    found.story.post(AT + SECOND, channel("forecast"), "You have nothing to answer.", [], only_for=user("dia"))
    assert silence.PROMISE in broken(found)


def test_a_form_that_opens_is_an_answer() -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **{**TYPED, "command": "/decision"})
    view = {"type": "modal", "id": "VX", "title": {"text": "New"}, "blocks": []}
    found.story.add("view", AT, act="opened", user=user("cai"), view=view)
    assert broken(found) == {}


@pytest.mark.parametrize("error", ["timeout", "operation_timeout", "dispatch_failed"])
def test_a_command_that_is_not_acknowledged_in_time_is_found(error: str) -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **TYPED, ok=False, error=error)
    assert broken(found) == {silence.PROMISE: [f"Cai Rao: commanded '/checkin' got no answer in time ({error})."]}


@pytest.mark.parametrize("shown", ["one", "two"])
def test_a_form_that_is_answered_wrongly_is_found_unless_another_page_of_it_came_meanwhile(shown: str) -> None:
    found = week()
    view = {"type": "modal", "id": "VX", "title": {"text": "New"}, "blocks": []}
    about = {"title": "New", "callback_id": "decision.form", "private_metadata": '{"page": "one"}', "values": {}}
    for page in ("one", shown):
        metadata = json.dumps({"page": page})
        found.story.add("view", AT, act="opened", user=user("cai"), view={**view, "private_metadata": metadata})
    found.story.did("cai", "submitted", AT, **about, view_id="VX", ok=False, error="invalid_answer")
    assert (silence.PROMISE in broken(found)) is (shown == "one")


def test_a_command_while_nothing_runs_has_its_reason() -> None:
    found = week()
    found.story.add("process", AT - SECOND, act="killed", name="muster")
    found.story.did("cai", "commanded", AT, **TYPED, ok=False, error="operation_timeout")
    found.story.add("process", AT + 60 * SECOND, act="started", name="muster")
    assert broken(found) == {}
    assert judged(found).reasons["without an answer, with a reason"] == {"Muster was not running": 1}


@pytest.mark.parametrize(("error", "is_found"), [("token_revoked", False), ("expired_trigger_id", True)])
def test_a_form_that_slack_does_not_open_while_the_token_is_revoked_is_no_silence(
    error: str, *, is_found: bool
) -> None:
    found = week()
    found.story.did("cai", "shortcut", AT, callback_id="add_action", channel=channel("forecast"), ts="1")
    found.story.add("call", AT, method="views.open", args={}, answer={"ok": False, "error": error}, status=200)
    assert (silence.PROMISE in broken(found)) is is_found


def test_what_somebody_could_not_do_at_all_is_no_silence() -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **TYPED, ok=False, error="is_archived")
    assert broken(found) == {}


def test_a_button_that_does_nothing_is_found() -> None:
    found = week()
    for line in list(found.story.lines):
        if line["kind"] == "message" and line["channel"] == "DDIA" and line["act"] == "changed":
            found.story.lines.remove(line)
    assert "clicked 'Skip today' was taken, and then nothing happened" in broken(found)[silence.PROMISE][0]


def test_a_late_answer_is_silence() -> None:
    found = week()
    found.story.did("cai", "commanded", AT, **TYPED)
    answer = found.story.post(AT, channel("forecast"), "You have nothing to answer.", [], only_for=user("cai"))
    move(answer, AT + 90 * SECOND)
    assert silence.PROMISE in broken(found)


def test_pressing_again_what_has_been_done_may_change_nothing() -> None:
    found = week()
    again = {**found.named["skip dia"], "at": local("dia", 23, "15:00").timestamp()}
    found.story.lines.append(again)
    assert broken(found) == {}


@pytest.mark.parametrize(("first", "broken_ones"), [("decision.concern", 0), ("decision.view", 1)])
def test_whoever_has_raised_a_concern_has_read_it(first: str, broken_ones: int) -> None:
    found = week()
    place = {"value": "1.0", "where": "message", "channel": channel("forecast"), "ts": "1.0"}
    found.story.did("cai", "clicked", AT, label="Before", action_id=first, **place)
    view = {"type": "modal", "id": "VX", "title": {"text": "New"}, "blocks": []}
    found.story.add("view", AT, act="opened", user=user("cai"), view=view)
    found.story.did("cai", "clicked", AT + 600 * SECOND, label="Read", action_id="decision.read", **place)
    assert len(broken(found).get(silence.PROMISE, [])) == broken_ones
