"""Each person's diary, whoever moved their hands: what they did, in words, and whether it seemed to work."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import Inbox
from tests.sandbox.test_blocks import actions, button, field, option, plain, typed
from tests.sandbox.test_views import open_form

FORECAST = "C0000000001"
Json = dict[str, Any]


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def entries(box: Sandbox, did: str) -> list[Json]:
    return [note.details for note in box.log.notes("diary") if note.details["did"] == did]


def test_a_sent_form_is_kept_in_words(box: Sandbox, slack: WebClient, inbox: Inbox, ana: Person) -> None:
    options = [option("Low", "1"), option("High", "2")]
    blocks = [
        field(typed(), block_id="text", label=plain("Text")),
        field({"type": "radio_buttons", "options": options, "action_id": "a"}, block_id="radio", label=plain("How")),
        field({"type": "multi_users_select", "action_id": "b"}, block_id="users", label=plain("Team")),
        field({"type": "channels_select", "action_id": "c"}, block_id="channel", label=plain("Where")),
        field(typed(), block_id="empty", label=plain("Empty"), optional=True),
    ]
    view = open_form(slack, inbox, ana, blocks=blocks, callback_id="all", private_metadata="m-1")
    ana.fill({"Text": "Hi", "How": "High", "Team": ["Ben", "Ana"], "Where": "forecast"})
    ana.submit()
    (entry,) = entries(box, "submitted")
    assert entry == {
        "person": ana.id,
        "did": "submitted",
        "view_id": view["id"],
        "title": view["title"]["text"],
        "callback_id": "all",
        "private_metadata": "m-1",
        "values": {"Text": "Hi", "How": "High", "Team": "Ben Okafor, Ana Souza", "Where": "forecast"},
        "ok": True,
    }


def test_what_the_app_marks_is_kept_by_label(box: Sandbox, slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[field(block_id="what")])
    ana.fill({"What": "Hi"})
    inbox.answer = {"response_action": "errors", "errors": {"what": "Too short."}}
    ana.submit()
    (entry,) = entries(box, "submitted")
    assert (entry["ok"], entry["errors"]) == (False, {"What": "Too short."})


def test_a_click_says_where_and_on_what(box: Sandbox, slack: WebClient, inbox: Inbox, ana: Person) -> None:
    pick = {"type": "static_select", "action_id": "pick", "placeholder": plain("Size"), "options": [option("Big", "b")]}
    ts = slack.chat_postMessage(channel=FORECAST, text="x", blocks=[actions(button(value="v"), pick)])["ts"]
    (message,) = ana.messages("forecast")
    ana.click(message, "Go")
    ana.click(message, "Big")
    pressed, picked = entries(box, "clicked")
    place = {"where": "message", "channel": FORECAST, "ts": ts}
    assert pressed == {
        "person": ana.id, "did": "clicked", "label": "Go", "action_id": "go", "value": "v", **place, "ok": True
    }  # fmt: skip
    assert (picked["label"], picked["value"]) == ("Size", "Big")


def test_commands_shortcuts_words_and_visits_are_kept(
    box: Sandbox, slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    ts = ana.say("forecast", "Done at last")
    ana.command("/note", "this", channel="forecast")
    ana.shortcut("Keep this", ana.messages("forecast")[0])
    ana.home(open_tab=True)
    open_form(slack, inbox, ana)
    ana.close()
    assert entries(box, "said")[0]["text"] == "Done at last"
    assert entries(box, "commanded")[0] | {"ok": True} == entries(box, "commanded")[0]
    assert entries(box, "commanded")[0]["text"] == "this"
    assert entries(box, "shortcut")[0]["ts"] == ts
    assert len(entries(box, "opened_home")) == len(entries(box, "closed")) == 1


def test_what_the_app_did_not_answer_is_kept_as_failed(box: Sandbox, ana: Person) -> None:
    with pytest.raises(Refused):
        ana.command("/note", "this", channel="forecast")
    (entry,) = entries(box, "commanded")
    assert (entry["ok"], entry["error"]) == (False, "dispatch_failed")


def test_what_nobody_could_do_by_hand_is_not_kept(box: Sandbox, client: Client, ana: Person) -> None:
    with pytest.raises(Refused):
        client.post("submit", **{"as": ana.id}, view_id="V404", state={})
    assert box.log.notes("diary") == []


def test_formatted_text_is_kept_as_it_reads(
    box: Sandbox, client: Client, slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    open_form(slack, inbox, ana, blocks=[field(typed("rich_text_input"), block_id="text", label=plain("Text"))])
    pieces = [{"type": "text", "text": "Quite "}, {"type": "text", "text": "bold", "style": {"bold": True}}]
    section = {"type": "rich_text_section", "elements": pieces}
    state = {"text": {"text": {"type": "rich_text", "elements": [section]}}}
    view = ana.modal()
    assert view
    client.post("submit", **{"as": ana.id}, view_id=view["id"], state=state)
    assert entries(box, "submitted")[0]["values"] == {"Text": "Quite bold"}
