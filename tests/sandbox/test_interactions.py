"""What the app is told of a person's act: clicks, forms, shortcuts, and nothing before it."""

import json
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Person, Refused, texts
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, Inbox, connected, manifest
from tests.sandbox.test_blocks import actions, button, field, modal, option, plain, section, typed
from tests.sandbox.test_views import open_form

FORECAST = "C0000000001"
PRICING = "C0000000003"


@pytest.fixture
def ana(client: Client) -> Person:
    return client.person("Ana")


def test_a_click_carries_the_message_and_all_that_was_entered_in_it(
    slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    choice = {"type": "static_select", "action_id": "pick", "options": [option(), option("No", "no")]}
    blocks = [actions(choice, button(value="v-1"), {"type": "datepicker", "action_id": "day"})]
    blocks[0]["block_id"] = "acts"
    metadata = {"event_type": "note", "event_payload": {"id": 1}}
    slack.chat_postMessage(channel=FORECAST, text="Choose", blocks=blocks, metadata=metadata)
    (message,) = ana.messages("forecast")
    ana.click(message, "No")
    ana.click(message, "Go")
    picked, pressed = inbox.all("block_actions")
    assert picked["actions"][0]["selected_option"] == option("No", "no")
    assert pressed["actions"][0]["value"] == "v-1"
    assert pressed["actions"][0]["action_ts"]
    assert pressed["container"] == {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": FORECAST,
        "is_ephemeral": False,
    }
    assert pressed["message"]["metadata"] == metadata
    assert pressed["state"]["values"]["acts"] == {
        "pick": {"type": "static_select", "selected_option": option("No", "no")},
        "day": {"type": "datepicker", "selected_date": None},
    }


def test_what_others_entered_in_a_message_stays_with_them(slack: WebClient, inbox: Inbox, client: Client) -> None:
    choice = {"type": "static_select", "action_id": "pick", "options": [option()]}
    slack.chat_postMessage(channel=FORECAST, text="Choose", blocks=[actions(choice, button())])
    (message,) = client.person("Ana").messages("forecast")
    client.person("Ana").click(message, "Yes")
    client.person("Ben").click(message, "Go")
    (entered,) = inbox.all("block_actions")[1]["state"]["values"].values()
    assert entered["pick"]["selected_option"] is None


def test_a_click_in_an_ephemeral_comes_without_the_message(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    slack.chat_postEphemeral(channel=FORECAST, user=ana.id, text="Psst", blocks=[actions(button())])
    ana.click(ana.ephemerals("forecast")[0], "Go")
    (body,) = inbox.all("block_actions")
    assert body["container"]["is_ephemeral"]
    assert "message" not in body


@pytest.mark.parametrize(
    "act",
    [
        {"block_id": "acts", "action_id": "other", "value": None},
        {"block_id": "other", "action_id": "go", "value": None},
        {"block_id": "acts", "action_id": "pick", "value": "maybe"},
    ],
)
def test_nobody_can_click_what_is_not_there(
    slack: WebClient, inbox: Inbox, client: Client, ana: Person, act: dict[str, Any]
) -> None:
    choice = {"type": "static_select", "action_id": "pick", "options": [option()]}
    blocks = [actions(button(), choice) | {"block_id": "acts"}]
    ts = slack.chat_postMessage(channel=FORECAST, text="x", blocks=blocks)["ts"]
    with pytest.raises(Refused, match="no_such"):
        client.post("action", **{"as": ana.id}, container={"type": "message", "channel": FORECAST, "ts": ts}, **act)
    assert inbox.all("block_actions") == []


def test_nothing_typed_reaches_the_app_before_a_click_or_a_submit(
    box: Sandbox, slack: WebClient, inbox: Inbox, ana: Person
) -> None:
    view = open_form(slack, inbox, ana, blocks=[field(block_id="what")])
    ana.fill({"What": "a secret thought"})
    answer = slack.views_update(view_id=view["id"], view=modal(blocks=[field(block_id="what")]))
    assert answer["view"]["state"]["values"] == {}
    ana.close()
    seen = [json.dumps(delivery.payload) for delivery in box.log.deliveries()]
    assert not any("secret thought" in text for text in seen)


def test_a_form_sends_every_field_in_slacks_shapes(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    options = [option("Low", "1"), option("High", "2")]
    blocks = [
        field(typed(), block_id="text", label=plain("Text")),
        field(typed("number_input", is_decimal_allowed=False), block_id="number", label=plain("Number")),
        field({"type": "radio_buttons", "options": options}, block_id="radio", label=plain("Radio")),
        field({"type": "checkboxes", "options": options}, block_id="boxes", label=plain("Boxes")),
        field({"type": "multi_static_select", "options": options}, block_id="many", label=plain("Many")),
        field({"type": "users_select"}, block_id="user", label=plain("Who")),
        field({"type": "multi_users_select"}, block_id="users", label=plain("Team")),
        field({"type": "channels_select"}, block_id="channel", label=plain("Where")),
        field({"type": "datepicker"}, block_id="date", label=plain("Day")),
        field({"type": "timepicker"}, block_id="time", label=plain("Hour")),
        field(typed("url_text_input"), block_id="empty", label=plain("Link"), optional=True),
    ]
    for block in blocks:
        block["element"]["action_id"] = "a"
    open_form(slack, inbox, ana, blocks=blocks, private_metadata="m-1", callback_id="all")
    ana.fill({"Text": "Hi", "Number": 4, "Radio": "High", "Boxes": ["Low", "High"], "Many": ["Low"]})
    ana.fill({"Who": "Ben", "Team": ["Ben", "Ana"], "Where": "forecast", "Day": "2026-11-23", "Hour": "09:30"})
    assert ana.submit() == {}
    (body,) = inbox.all("view_submission")
    entries = {name: entry["a"] for name, entry in body["view"]["state"]["values"].items()}
    assert entries == {
        "text": {"type": "plain_text_input", "value": "Hi"},
        "number": {"type": "number_input", "value": "4"},
        "radio": {"type": "radio_buttons", "selected_option": options[1]},
        "boxes": {"type": "checkboxes", "selected_options": options},
        "many": {"type": "multi_static_select", "selected_options": options[:1]},
        "user": {"type": "users_select", "selected_user": "U0000000002"},
        "users": {"type": "multi_users_select", "selected_users": ["U0000000002", "U0000000001"]},
        "channel": {"type": "channels_select", "selected_channel": FORECAST},
        "date": {"type": "datepicker", "selected_date": "2026-11-23"},
        "time": {"type": "timepicker", "selected_time": "09:30"},
        "empty": {"type": "url_text_input", "value": None},
    }
    assert (body["view"]["private_metadata"], body["view"]["callback_id"]) == ("m-1", "all")


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        ("users_select", "U9999999999", "no_such_person"),
        ("channels_select", PRICING, "no_such_channel"),
        ("conversations_select", "D9999999999", "no_such_channel"),
        ("datepicker", "soon", "invalid_value"),
        ("timepicker", "25:00", "invalid_value"),
        ("plain_text_input", 7, "invalid_value"),
    ],
)
def test_a_field_takes_only_what_slacks_client_could_send(
    slack: WebClient, inbox: Inbox, client: Client, *, kind: str, value: Any, error: str
) -> None:
    chloe = client.person("Chloe")
    view = open_form(slack, inbox, chloe, blocks=[field({"type": kind, "action_id": "a"}, block_id="b")])
    with pytest.raises(Refused, match=error):
        client.post("submit", **{"as": chloe.id}, view_id=view["id"], state={"b": {"a": value}})
    assert inbox.all("view_submission") == []


def test_slack_itself_marks_what_is_missing_or_misshapen(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    number = typed("number_input", is_decimal_allowed=False, min_value="1", max_value="5")
    blocks = [
        field(typed(min_length=3), block_id="text", label=plain("Text")),
        field(number, block_id="number", label=plain("Number")),
        field(typed("email_text_input"), block_id="mail", label=plain("Mail")),
        field(typed("url_text_input"), block_id="link", label=plain("Link"), optional=True),
    ]
    open_form(slack, inbox, ana, blocks=blocks)
    required = "Please complete this required field."
    assert ana.submit() == {"Text": required, "Number": required, "Mail": required}
    ana.fill({"Text": "ab", "Number": "6", "Mail": "ana", "Link": "example"})
    assert set(ana.submit()) == {"Text", "Number", "Mail", "Link"}
    assert inbox.all("view_submission") == []
    ana.fill({"Text": "abc", "Number": "5", "Mail": "ana@example.com", "Link": "https://example.com"})
    assert ana.submit() == {}


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "No."}},
        {"response_action": "errors", "errors": {"what": ""}},
        {"response_action": "errors", "errors": {"what": {"text": "No."}}},
        {"response_action": "update", "view": modal(title=plain("x" * 25))},
        {"response_action": "push", "view": {"type": "home", "blocks": [section()]}},
    ],
)
def test_a_bad_answer_to_a_form_is_a_failure_too(
    slack: WebClient, inbox: Inbox, ana: Person, answer: dict[str, Any]
) -> None:
    open_form(slack, inbox, ana, blocks=[field(typed(), block_id="what", optional=True)])
    inbox.answer = answer
    with pytest.raises(Refused, match="invalid_answer"):
        ana.submit()
    assert ana.modal() is not None
    assert ana.notice() == "We had some trouble connecting. Try again?"


def test_the_answer_to_a_form_can_update_push_or_clear(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    open_form(slack, inbox, ana, blocks=[section("One")])
    inbox.answer = {"response_action": "update", "view": modal(blocks=[section("Two")])}
    ana.submit()
    assert "Two" in texts(ana.modal() or {})
    inbox.answer = {"response_action": "push", "view": modal(blocks=[section("Three")])}
    ana.submit()
    assert "Three" in texts(ana.modal() or {})
    inbox.answer = {}
    ana.submit()
    assert "Two" in texts(ana.modal() or {})
    inbox.answer = {"response_action": "clear"}
    ana.submit()
    assert ana.modal() is None


def test_a_field_tells_the_app_at_once_only_if_it_dispatches(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    radio = {"type": "radio_buttons", "action_id": "a", "options": [option(), option("No", "no")]}
    loud = field(radio, block_id="loud", label=plain("Loud"), dispatch_action=True)
    quiet = field(radio, block_id="quiet", label=plain("Quiet"))
    open_form(slack, inbox, ana, blocks=[loud, quiet])
    ana.fill({"Quiet": "Yes"})
    ana.choose("Loud", "No")
    (body,) = inbox.all("block_actions")
    assert body["actions"][0]["selected_option"] == option("No", "no")
    assert body["view"]["state"]["values"]["quiet"]["a"]["selected_option"] == option()
    assert "response_url" not in body
    assert "channel" not in body
    with pytest.raises(Refused, match="not_dispatched"):
        ana.choose("Quiet", "No")


def test_a_message_shortcut_carries_the_message_without_any_history_scope() -> None:
    app = Inbox()
    bare = manifest(scopes=["commands", "chat:write"], events=[])
    with Sandbox(manifest=bare, start=FRIDAY) as box, connected(box, app.register), Client(box.url) as people:
        ben = people.person("Ben")
        people.person("Ana").say("forecast", "Keep me")
        ben.shortcut("Keep this", ben.messages("forecast")[0])
    (body,) = app.all("message_action")
    assert (body["callback_id"], body["message"]["text"]) == ("keep", "Keep me")
    assert body["user"]["id"] == "U0000000002"


def test_a_message_only_one_person_sees_has_no_shortcuts(slack: WebClient, inbox: Inbox, ana: Person) -> None:
    slack.chat_postEphemeral(channel=FORECAST, user=ana.id, text="Psst")
    with pytest.raises(Refused, match="no_such_message"):
        ana.shortcut("Keep this", ana.ephemerals("forecast")[0])
    assert inbox.all("message_action") == []


def test_without_interactivity_clicks_go_nowhere() -> None:
    with Sandbox(manifest=manifest(interactive=False), start=FRIDAY) as box, Client(box.url) as people:
        slack = WebClient(token=box.bot_token, base_url=f"{box.url}/api/")
        slack.chat_postMessage(channel=FORECAST, text="x", blocks=[actions(button())])
        ana = people.person("Ana")
        (message,) = ana.messages("forecast")
        with pytest.raises(Refused, match="interactivity_off"):
            ana.click(message, "Go")
        with pytest.raises(Refused, match="interactivity_off"):
            ana.shortcut("Keep this", message)
