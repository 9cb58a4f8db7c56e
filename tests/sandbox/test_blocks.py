"""Block Kit's limits: each broken once, with the words and the pointer Slack answers with."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.blockkit.problems import problems_of_message, problems_of_view
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hi", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**changes: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go"} | changes


def option(text: str = "Yes", value: str = "yes") -> Json:
    return {"text": plain(text), "value": value}


def select(**changes: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": [option()]} | changes


def typed(kind: str = "plain_text_input", **changes: Any) -> Json:
    return {"type": kind, "action_id": "text"} | changes


def field(element: Json | None = None, **changes: Any) -> Json:
    return {"type": "input", "label": plain("What"), "element": element or typed()} | changes


def image(**changes: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A"} | changes


def rich_text(*pieces: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("Really"), "confirm": plain("Yes")}

GROUP = {"label": plain("Group"), "options": [option("No", "no")]}

BAD = [
    (section("x" * 3001), "must be less than 3001 characters", "/text/text"),
    (section(""), "must be more than 0 characters", "/text/text"),
    ({"type": "section", "text": "Hi"}, "must provide an object", "/text"),
    ({"type": "section"}, "missing required field: text", ""),
    (section(fields=[mrkdwn("a")] * 11), "no more than 10 items allowed", "/fields"),
    (section(fields=[mrkdwn("x" * 2001)]), "must be less than 2001 characters", "/fields/0/text"),
    (section(colour="red"), "invalid additional property: colour", ""),
    (section(accessory=typed()), "unsupported type: plain_text_input", "/accessory/type"),
    ({"type": "header", "text": mrkdwn("Hi")}, "unsupported type: mrkdwn", "/text/type"),
    ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters", "/text/text"),
    ({"type": "marquee"}, "unsupported type: marquee", "/type"),
    ({"text": plain("Hi")}, "missing required field: type", ""),
    ("Hi", "must provide an object", ""),
    (image(alt_text=""), "must be more than 0 characters", "/alt_text"),
    ({"type": "image", "image_url": "https://example.com/a.png"}, "missing required field: alt_text", ""),
    (image(image_url="file:///etc"), "input must match regex pattern: https?://.+", "/image_url"),
    ({"type": "context", "elements": [mrkdwn("a")] * 11}, "no more than 10 items allowed", "/elements"),
    (actions(), "no fewer than 1 items allowed", "/elements"),
    (actions(*[button(action_id=f"a{n}") for n in range(26)]), "no more than 25 items allowed", "/elements"),
    (actions(button(), button()), "action_id must be unique within a block", "/elements/1/action_id"),
    (actions(button(text=plain("x" * 76))), "must be less than 76 characters", "/elements/0/text/text"),
    (actions(button(value="x" * 2001)), "must be less than 2001 characters", "/elements/0/value"),
    (actions(button(style="blue")), "must be one of: primary, danger", "/elements/0/style"),
    (actions(button(action_id="x" * 256)), "must be less than 256 characters", "/elements/0/action_id"),
    (actions(button(confirm=CONFIRM)), "missing required field: deny", "/elements/0/confirm"),
    (actions(select(options=[])), "no fewer than 1 items allowed", "/elements/0/options"),
    (actions(select(options=[option(value=str(n)) for n in range(101)])), "no more than 100 items allowed",
     "/elements/0/options"),
    (actions(select(options=[option("x" * 76)])), "must be less than 76 characters",
     "/elements/0/options/0/text/text"),
    (actions(select(options=[option(value="x" * 76)])), "must be less than 76 characters",
     "/elements/0/options/0/value"),
    (actions(select(options=[option(), option("No")])), "option values must be unique",
     "/elements/0/options/1/value"),
    (actions(select(initial_option=option("No", "no"))), "initial option must match one of the options",
     "/elements/0/initial_option"),
    (actions(select(option_groups=[GROUP])), "must provide exactly one of: options, option_groups", "/elements/0"),
    (actions(select(placeholder=plain("x" * 151))), "must be less than 151 characters",
     "/elements/0/placeholder/text"),
    (actions({"type": "overflow", "action_id": "o", "options": [option(value=str(n)) for n in range(6)]}),
     "no more than 5 items allowed", "/elements/0/options"),
    (actions(typed()), "unsupported type: plain_text_input", "/elements/0/type"),
    (actions({"type": "datepicker", "initial_date": "23.11.2026"}),
     "input must match regex pattern: \\d{4}-\\d{2}-\\d{2}", "/elements/0/initial_date"),
    (field(label=mrkdwn("What")), "unsupported type: mrkdwn", "/label/type"),
    (field(button()), "unsupported type: button", "/element/type"),
    (field({"type": "radio_buttons", "options": [option(value=str(n)) for n in range(11)]}),
     "no more than 10 items allowed", "/element/options"),
    (field(typed(max_length=3001)), "must be between 1 and 3000", "/element/max_length"),
    (field(typed(multiline="yes")), "must be a boolean", "/element/multiline"),
    (field({"type": "channels_select", "response_url_enabled": True}),
     "invalid additional property: response_url_enabled", "/element"),
    (field(block_id="x" * 256), "must be less than 256 characters", "/block_id"),
    ({"type": "rich_text", "elements": "Hi"}, "must be an array", "/elements"),
    (rich_text({"type": "user", "user_id": "ana"}), "input must match regex pattern: [UW][A-Z0-9]+",
     "/elements/0/elements/0/user_id"),
    (rich_text({"type": "text", "text": 7}), "must be a string", "/elements/0/elements/0/text"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "said", "where"), BAD, ids=[f"{bad[1][:40]}-{n}" for n, bad in enumerate(BAD)])
def test_it_refuses_what_slack_refuses(block: Any, said: str, where: str) -> None:
    assert problems_of_message([block]) == [f"[ERROR] {said} [json-pointer:/blocks/0{where}]"]


def test_two_blocks_cannot_share_an_id() -> None:
    twins = [section(block_id="same"), section(block_id="same")]
    assert problems_of_message(twins) == ["[ERROR] block_id already exists: same [json-pointer:/blocks/1/block_id]"]


def test_a_message_has_at_most_50_blocks_and_12000_characters(slack: WebClient) -> None:
    slack.chat_postMessage(channel=FORECAST, text="x", blocks=[section()] * 50)
    answer = refusal(slack.chat_postMessage, channel=FORECAST, text="x", blocks=[section()] * 51)
    said = "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    assert (answer["error"], answer["errors"]) == ("invalid_blocks", [said])
    assert answer["response_metadata"]["messages"] == [said]
    long = [section("x" * 3000)] * 4
    slack.chat_postMessage(channel=FORECAST, text="x", blocks=long)
    answer = refusal(slack.chat_postMessage, channel=FORECAST, text="x", blocks=[*long, section("x")])
    assert answer["error"] == "msg_blocks_too_long"


@pytest.mark.parametrize("blocks", ["{not json", "{}", '"Hi"'])
def test_blocks_that_are_no_array_are_named_as_such(slack: WebClient, blocks: str) -> None:
    args = {"channel": FORECAST, "text": "x", "blocks": blocks}
    assert refusal(slack.api_call, api_method="chat.postMessage", json=args)["error"] == "invalid_blocks_format"


def test_blocks_and_elements_without_an_id_get_one(slack: WebClient) -> None:
    blocks = [section(block_id="b0"), actions({"type": "button", "text": plain("Go")})]
    shown = slack.chat_postMessage(channel=FORECAST, text="x", blocks=blocks)["message"]["blocks"]
    assert shown[0]["block_id"] != shown[1]["block_id"]
    assert shown[1]["elements"][0]["action_id"]


def modal(**changes: Any) -> Json:
    return {"type": "modal", "title": plain("Note"), "submit": plain("Save"), "blocks": [field()]} | changes


BAD_VIEWS = [
    (modal(title=plain("x" * 25)), "must be less than 25 characters", "/title/text"),
    (modal(submit=plain("x" * 25)), "must be less than 25 characters", "/submit/text"),
    (modal(private_metadata="x" * 3001), "must be less than 3001 characters", "/private_metadata"),
    (modal(callback_id="x" * 256), "must be less than 256 characters", "/callback_id"),
    (modal(close=plain("x" * 25)), "must be less than 25 characters", "/close/text"),
    (modal(external_id="x" * 256), "must be less than 256 characters", "/external_id"),
    (modal(blocks=[]), "no fewer than 1 items allowed", "/blocks"),
    (modal(blocks=[section()] * 101), "no more than 100 items allowed", "/blocks"),
    (modal(type="drawer"), "unsupported type: drawer", "/type"),
    (modal(type="home"), "invalid additional property: title", ""),
    (modal(blocks=[field(typed(focus_on_load=True), block_id=name) for name in "ab"]),
     "only one element may have focus_on_load", "/blocks/1/element/focus_on_load"),
    (modal(blocks=[field(typed("number_input"))]), "missing required field: is_decimal_allowed", "/blocks/0/element"),
    ({"type": "modal", "title": plain("Note"), "blocks": [field()]}, "missing required field: submit", ""),
    ("Hi", "must provide an object", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("view", "said", "where"), BAD_VIEWS, ids=[f"{bad[1][:40]}-{n}" for n, bad in enumerate(BAD_VIEWS)]
)
def test_it_refuses_views_that_slack_refuses(view: Any, said: str, where: str) -> None:
    assert f"[ERROR] {said} [json-pointer:/view{where}]" in problems_of_view(view)


def test_it_takes_a_modal_and_a_home_page() -> None:
    assert problems_of_view(modal(notify_on_close=True, clear_on_close=True, external_id="x")) == []
    assert problems_of_view({"type": "home", "blocks": [section()] * 100, "private_metadata": ""}) == []
