"""Attachments, which Slack had before blocks."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, texts
from tests.sandbox.apps import EVERY_SCOPE, Inbox, manifest
from tests.sandbox.test_web_api import error, refusal

MANIFEST = manifest(scopes=EVERY_SCOPE)
FORECAST = "C0000000001"


def test_an_attachment_is_kept_for_apps_and_drawn_for_people(slack: WebClient, client: Client) -> None:
    old = {"color": "#36a64f", "title": "Week 48", "text": "All *green*", "fields": [{"title": "Open", "value": "3"}]}
    posted = slack.chat_postMessage(channel=FORECAST, text="Numbers", attachments=[old])["message"]
    assert posted["attachments"] == [{**old, "id": 1, "fallback": "All *green*"}]
    (seen,) = client.person("Ana").messages("forecast")
    assert texts(seen) == ["Numbers", "*Week 48*", "All *green*", "*Open*\n3"]


def test_a_button_in_an_attachment_can_be_pressed(slack: WebClient, client: Client, inbox: Inbox) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    attachment = {"color": "good", "blocks": [{"type": "actions", "elements": [button]}]}
    slack.chat_postMessage(channel=FORECAST, text="Shall we?", attachments=[attachment])
    ana = client.person("Ana")
    ana.click(ana.messages("forecast")[0], "Go")
    (clicked,) = inbox.wait_for("block_actions")
    assert clicked["actions"][0]["action_id"] == "go"
    assert clicked["message"]["attachments"][0]["blocks"][0]["type"] == "actions"


def test_attachments_stay_with_a_new_text_unless_they_are_taken_away(slack: WebClient) -> None:
    ts = slack.chat_postMessage(channel=FORECAST, text="Old", attachments=[{"text": "Below"}])["ts"]
    assert slack.chat_update(channel=FORECAST, ts=ts, text="New")["message"]["attachments"][0]["text"] == "Below"
    assert "attachments" not in slack.chat_update(channel=FORECAST, ts=ts, text="New", attachments=[])["message"]


@pytest.mark.parametrize(
    ("attachments", "problem"),
    [
        ("{}", "[ERROR] must be an array of objects [json-pointer:/attachments]"),
        ([{"color": "good"}], "[ERROR] nothing to show [json-pointer:/attachments/0]"),
        ([{"text": 3}], "[ERROR] must be a string [json-pointer:/attachments/0/text]"),
        ([{"text": "x", "fields": [{"value": 3}]}], "[ERROR] must be a string [json-pointer:/attachments/0/fields]"),
        ([{"text": "x", "fields": "x"}], "[ERROR] must be an array of objects [json-pointer:/attachments/0/fields]"),
        (
            [{"text": "x", "callback_id": "old"}],
            "[ERROR] invalid additional property [json-pointer:/attachments/0/callback_id]",
        ),
        (
            [{"blocks": [{"type": "nothing"}]}],
            "[ERROR] unsupported type: nothing [json-pointer:/attachments/0/blocks/0/type]",
        ),
    ],
)
def test_an_attachment_of_another_shape_is_refused(slack: WebClient, attachments: Any, problem: str) -> None:
    call = {"channel": FORECAST, "text": "Hi", "attachments": attachments}
    answer = refusal(slack.api_call, api_method="chat.postMessage", json=call)
    assert (answer["error"], answer["errors"]) == ("invalid_attachments", [problem])


def test_a_hundred_attachments_are_enough(slack: WebClient) -> None:
    call = {"channel": FORECAST, "attachments": [{"text": "x"}] * 101}
    assert error(slack.api_call, api_method="chat.postMessage", json=call) == "too_many_attachments"
