"""What holds for all methods at once: their scopes, their pages, their conversations."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.methods import METHODS
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_EVENT, EVERY_SCOPE, FRIDAY, manifest, web_client
from tests.sandbox.test_web_api import refusal

MANIFEST = manifest(scopes=EVERY_SCOPE, events=EVERY_EVENT)
FORECAST, SUPPORT, ANA = "C0000000001", "C0000000002", "U0000000001"
SCOPED = sorted(name for name, method in METHODS.items() if method.accepted_scopes)
WITHOUT_SCOPE = {
    "api.test", "apps.connections.open", "apps.uninstall", "auth.revoke", "auth.test", "blocks.validate",
    "chat.getPermalink", "chat.scheduledMessages.list", "oauth.v2.access",
    "views.open", "views.publish", "views.push", "views.update",
}  # fmt: skip


def test_every_method_refuses_without_its_scope() -> None:
    with Sandbox(manifest=manifest(scopes=["commands"], events=[]), start=FRIDAY) as box:
        slack = web_client(box)
        answers = {name: refusal(slack.api_call, api_method=name) for name in SCOPED}
    assert {name: answer["error"] for name, answer in answers.items()} == dict.fromkeys(SCOPED, "missing_scope")
    assert {name: answer["needed"] for name, answer in answers.items()} == {
        name: METHODS[name].accepted_scopes for name in SCOPED
    }
    assert {answer["provided"] for answer in answers.values()} == {"commands"}


def test_only_these_methods_need_no_scope() -> None:
    refused = {name for name, method in METHODS.items() if method.run.__name__ == "refuse"}
    assert set(METHODS) - set(SCOPED) - refused == WITHOUT_SCOPE


def listed(slack: WebClient) -> dict[str, Callable[..., Any]]:
    """Everything that comes in pages, with at least two things to list."""
    for text in ("One", "Two"):
        ts = slack.chat_postMessage(channel=FORECAST, text=text)["ts"]
        slack.reactions_add(channel=FORECAST, timestamp=ts, name="eyes")
        slack.chat_scheduleMessage(channel=FORECAST, text=text, post_at=int(FRIDAY.timestamp()) + 3600)
    for text in ("Three", "Four"):
        slack.chat_postMessage(channel=FORECAST, text=text, thread_ts=ts)
    return {
        "chat.scheduledMessages.list": slack.chat_scheduledMessages_list,
        "conversations.history": lambda **args: slack.conversations_history(channel=FORECAST, **args),
        "conversations.list": slack.conversations_list,
        "conversations.members": lambda **args: slack.conversations_members(channel=FORECAST, **args),
        "conversations.replies": lambda **args: slack.conversations_replies(channel=FORECAST, ts=ts, **args),
        "reactions.list": slack.reactions_list,
        "users.conversations": slack.users_conversations,
        "users.list": slack.users_list,
    }


def test_every_list_has_pages_and_refuses_a_cursor_it_did_not_give(slack: WebClient) -> None:
    for name, call in listed(slack).items():
        assert call(limit=100)["response_metadata"]["next_cursor"], name
        assert refusal(call, limit=100, cursor="nonsense")["error"] == "invalid_cursor", name
        assert refusal(call, limit="many")["error"] == "invalid_limit", name


CHANNEL_METHODS = [
    "bookmarks.list", "chat.delete", "chat.getPermalink", "chat.postMessage", "chat.scheduleMessage", "chat.update",
    "conversations.archive", "conversations.history", "conversations.info", "conversations.invite",
    "conversations.join", "conversations.leave", "conversations.mark", "conversations.members", "pins.list",
]  # fmt: skip


@pytest.mark.parametrize("method", CHANNEL_METHODS)
def test_what_the_app_may_not_know_of_does_not_exist(slack: WebClient, method: str) -> None:
    args = {
        "channel": "D9999999999",
        "channel_id": "D9999999999",
        "users": ANA,
        "text": "Hi",
        "post_at": int(FRIDAY.timestamp()) + 60,
    }
    assert refusal(slack.api_call, api_method=method, params=args)["error"] == "channel_not_found"


def test_a_test_echoes_its_arguments_and_the_error_asked_for(slack: WebClient) -> None:
    assert slack.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert refusal(slack.api_test, error="my_error")["error"] == "my_error"


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
BROKEN = {"type": "section", "text": {"type": "invalid", "text": "Hi"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}}


@pytest.mark.parametrize(
    ("args", "pointer"),
    [
        ({"blocks": [BROKEN]}, "/0/text/type"),
        ({"message": {"blocks": [BROKEN]}}, "/blocks/0/text/type"),
        ({"view": {**MODAL, "blocks": [BROKEN]}}, "/blocks/0/text/type"),
    ],
)
def test_blocks_are_checked_without_being_sent(slack: WebClient, args: dict[str, Any], pointer: str) -> None:
    answer = refusal(slack.api_call, api_method="blocks.validate", json=args)
    assert answer["error"] == f"invalid_{next(iter(args))}"
    (problem,) = answer["errors"]
    assert (problem["pointer"], problem["code"]) == (pointer, "failed_constraint")
    assert problem["message"] == "unsupported type: invalid"
    assert problem["constraint"]["type"] == "enum"


def test_good_blocks_pass_and_exactly_one_thing_is_checked(slack: WebClient) -> None:
    for args in ({"blocks": [SECTION]}, {"message": {"text": "Hi"}}, {"view": {**MODAL, "blocks": [SECTION]}}):
        assert slack.api_call("blocks.validate", json=args)["ok"]
    for neither in ({}, {"blocks": [SECTION], "message": {"text": "Hi"}}):
        answer = refusal(slack.api_call, api_method="blocks.validate", json=neither)
        assert answer["error"] == "invalid_arguments"
    long = refusal(slack.api_call, api_method="blocks.validate", json={"message": {"text": "x" * 4001}})
    assert long["errors"][0]["constraint"] == {"type": "max_length", "limit": 4001}


def test_a_cursor_goes_on_only_with_the_list_it_came_from(slack: WebClient) -> None:
    cursor = slack.users_list(limit=2)["response_metadata"]["next_cursor"]
    assert refusal(slack.conversations_members, channel=FORECAST, cursor=cursor)["error"] == "invalid_cursor"
    cursor = slack.conversations_members(channel=FORECAST, limit=2)["response_metadata"]["next_cursor"]
    assert slack.conversations_members(channel=FORECAST, limit=3, cursor=cursor)["ok"]
    assert refusal(slack.conversations_members, channel=SUPPORT, cursor=cursor)["error"] == "invalid_cursor"
