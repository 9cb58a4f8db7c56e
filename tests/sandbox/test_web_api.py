"""Tokens, scopes, methods, argument formats: what every call goes through."""

import inspect
import re
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.methods import METHODS
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, SCOPES, manifest, web_client

FORM = "application/x-www-form-urlencoded"


def refusal(call: Any, **args: Any) -> Any:
    """The answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return caught.value.response


def error(call: Any, **args: Any) -> str:
    """The word with which Slack refuses a call."""
    return str(refusal(call, **args)["error"])


def test_auth_test_names_the_app_and_its_scopes(slack: WebClient) -> None:
    answer = slack.auth_test()
    assert answer["team"] == "Northlight AI"
    assert answer["bot_id"].startswith("B")
    scopes = answer.headers["x-oauth-scopes"].split(",")
    assert {"chat:write", "im:write", "users:read"} <= set(scopes)


def test_it_refuses_a_call_without_a_token_or_with_a_wrong_one(box: Sandbox) -> None:
    nobody = WebClient(base_url=f"{box.url}/api/", retry_handlers=[])
    assert refusal(nobody.auth_test)["error"] == "not_authed"
    stranger = WebClient(token=f"{box.bot_token}x", base_url=f"{box.url}/api/", retry_handlers=[])
    assert refusal(stranger.auth_test)["error"] == "invalid_auth"


def test_each_kind_of_token_opens_only_its_own_methods(box: Sandbox, slack: WebClient) -> None:
    assert refusal(slack.apps_connections_open, app_token=box.bot_token)["error"] == "not_allowed_token_type"
    other = WebClient(token=box.app_token, base_url=f"{box.url}/api/", retry_handlers=[])
    assert refusal(other.auth_test)["error"] == "not_allowed_token_type"


def test_it_does_not_know_a_method_that_slack_does_not_know(slack: WebClient) -> None:
    assert refusal(slack.api_call, api_method="chat.shout")["error"] == "unknown_method"


def test_a_missing_scope_is_named_beside_those_granted() -> None:
    with Sandbox(manifest=manifest(scopes=["chat:write", "commands"], events=[]), start=FRIDAY) as box:
        answer = refusal(web_client(box).users_list, limit=10)
    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("users:read", "chat:write,commands")


@pytest.mark.parametrize("form", ["json", "form", "query"])
def test_arguments_may_come_as_json_as_a_form_or_in_the_address(box: Sandbox, form: str) -> None:
    args: dict[str, str] = {"users": "U0000000001"}
    headers = {"authorization": f"Bearer {box.bot_token}"}
    url = f"{box.url}/api/conversations.open"
    answer = {
        "json": lambda: httpx2.post(url, json=args, headers=headers),
        "form": lambda: httpx2.post(url, data=args, headers=headers),
        "query": lambda: httpx2.get(url, params=args, headers=headers),
    }[form]().json()
    assert answer["ok"]
    assert answer["channel"]["id"].startswith("D")


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("users.info", {"user": "U0000000001"}, "user_not_found"),
        ("conversations.info", {"channel": "C0000000001"}, "channel_not_found"),
        ("conversations.history", {"channel": "C0000000001"}, "channel_not_found"),
        ("users.list", {"limit": 10}, "limit_required"),
        ("conversations.members", {"channel": "C0000000001"}, "channel_not_found"),
        ("oauth.v2.access", {"client_id": "1.0000000001"}, "invalid_client_id"),
    ],
)
def test_what_only_reads_sees_no_arguments_in_json(box: Sandbox, method: str, args: dict[str, Any], error: str) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": "application/json; charset=utf-8"}
    url = f"{box.url}/api/{method}"
    assert httpx2.post(url, json=args, headers=headers).json()["error"] == error
    assert httpx2.post(url, content="{", headers=headers).json()["error"] == error
    assert httpx2.post(url, data=args, headers=headers | {"content-type": FORM}).json().get("error") != error


def test_no_sdk_sends_json_where_it_goes_unseen() -> None:
    """As slack_sdk and its sisters do: @slack/web-api sends forms alone."""
    calls = re.findall(r'self\.api_call\(\s*"([\w.]+)",[^)]*json=', inspect.getsource(WebClient))
    assert "chat.postMessage" in calls
    assert [name for name in calls if name in METHODS and not METHODS[name].takes_json] == []


@pytest.mark.parametrize(
    ("kind", "warning"),
    [
        ("application/json", "missing_charset"),
        ("application/json; charset=utf-8", None),
        ("application/json;charset=iso-8859-1", None),
        (FORM, None),
        (f"{FORM}; charset=UTF-8", "superfluous_charset"),
    ],
)
def test_it_remarks_on_charsets_as_slack_does(box: Sandbox, kind: str, warning: str | None) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": kind}
    body = '{"users": "U0000000001"}' if "json" in kind else "users=U0000000001"
    answer = httpx2.post(f"{box.url}/api/conversations.open", content=body, headers=headers).json()
    assert (answer["ok"], answer.get("warning")) == (True, warning)
    assert answer.get("response_metadata", {}).get("warnings") == ([warning] if warning else None)


def test_a_warning_stands_beside_what_else_an_answer_says() -> None:
    with Sandbox(manifest=manifest(scopes=[*SCOPES, "channels:join"]), start=FRIDAY) as box:
        _check_warnings(box)


def _check_warnings(box: Sandbox) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": f"{FORM}; charset=utf-8"}
    answer = httpx2.post(f"{box.url}/api/users.list", content="limit=2", headers=headers).json()
    assert set(answer["response_metadata"]) == {"next_cursor", "warnings"}
    answer = httpx2.post(f"{box.url}/api/conversations.join", content="channel=C0000000001", headers=headers).json()
    assert answer["warning"] == "already_in_channel,superfluous_charset"
    assert answer["response_metadata"]["warnings"] == ["already_in_channel", "superfluous_charset"]


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        (f"{FORM}; charset=utf-16", b"users=U0000000001", "invalid_charset"),
        ("application/json; charset=koi8-r", b"{}", "invalid_charset"),
        (FORM, b"users=\xff", "invalid_form_data"),
        (FORM, b"users=%FF", "invalid_form_data"),
    ],
)
def test_a_body_in_another_charset_is_refused(box: Sandbox, kind: str, body: bytes, error: str) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": kind}
    assert httpx2.post(f"{box.url}/api/conversations.open", content=body, headers=headers).json()["error"] == error


def test_a_form_may_be_in_latin_1(box: Sandbox) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": f"{FORM}; charset=iso-8859-1"}
    answer = httpx2.post(f"{box.url}/api/api.test", content=b"name=Zo\xeb", headers=headers).json()
    assert answer["args"]["name"] == "Zoë"


def test_broken_json_is_named_as_such(box: Sandbox) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": "application/json"}
    answer = httpx2.post(f"{box.url}/api/auth.test", content="{", headers=headers).json()
    assert (answer["ok"], answer["error"]) == (False, "invalid_json")


def test_the_log_keeps_each_call_as_it_was_sent_and_never_a_token(box: Sandbox, slack: WebClient) -> None:
    blocks = [{"type": "divider"}]
    slack.chat_postMessage(channel="C0000000001", text="Hello", blocks=blocks)
    slack.apps_connections_open(app_token=box.app_token)
    (call,) = box.log.calls("chat.postMessage")
    assert call.args["blocks"] == blocks
    assert call.answer["ok"]
    assert call.at >= FRIDAY.timestamp()
    (opened,) = box.log.calls("apps.connections.open")
    assert opened.args == {}


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        '[["channel", "C0000000001"]]',
        "null",
        "5",
        '{"channel": "C0000000001", "text": "\\ud83d"}',
        '{"channel": "C0000000001", "text": "x", "metadata": {"event_type": "a", "event_payload": {"n": NaN}}}',
        '{"channel": "C0000000001", "text": "x", "limit": 1e999}',
        '{"a":' * 3000 + "1" + "}" * 3000,
        b"\xff\xfe",
    ],
)
def test_a_body_that_is_no_json_object_is_refused(box: Sandbox, body: str | bytes) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": "application/json; charset=utf-8"}
    answer = httpx2.post(f"{box.url}/api/chat.postMessage", content=body, headers=headers)
    assert answer.json() == {"ok": False, "error": "invalid_json"}


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("chat.postMessage", {"channel": ["C0000000001"], "text": "x"}),
        ("chat.postMessage", {"channel": "C0000000001", "text": {"type": "mrkdwn", "text": "x"}}),
        ("conversations.open", {"users": 5}),
        ("conversations.open", {"users": {"U0000000001": 1}}),
        ("conversations.open", {"users": [["U0000000001"]]}),
        ("views.publish", {"user_id": "U0000000001", "view": "home"}),
    ],
)
def test_an_argument_of_the_wrong_type_is_refused(slack: WebClient, method: str, args: dict[str, Any]) -> None:
    assert refusal(slack.api_call, api_method=method, json=args)["error"] == "invalid_arguments"


def test_a_moment_or_a_number_that_is_none_is_refused(slack: WebClient) -> None:
    where = {"channel": "C0000000001"}
    assert refusal(slack.conversations_history, **where, oldest="nan")["error"] == "invalid_ts_oldest"
    assert refusal(slack.conversations_history, **where, latest="soon")["error"] == "invalid_ts_latest"
    assert refusal(slack.chat_scheduleMessage, **where, text="x", post_at="9" * 5000)["error"] == "invalid_time"
    assert refusal(slack.chat_scheduledMessages_list, latest="inf")["error"] == "invalid_arguments"
    assert refusal(slack.conversations_list, limit="9" * 5000)["error"] == "invalid_limit"
    assert refusal(slack.conversations_list, cursor="²")["error"] == "invalid_cursor"


def test_a_token_counts_only_in_the_header_or_a_form(box: Sandbox) -> None:
    url, token = f"{box.url}/api/auth.test", {"token": box.bot_token}
    assert httpx2.post(url, data=token).json()["ok"]
    assert httpx2.get(url, params=token).json()["error"] == "not_authed"
    assert httpx2.post(url, json=token).json()["error"] == "not_authed"


@pytest.mark.parametrize(("kind", "error"), [("image/png", "invalid_post_type"), ("", "missing_post_type")])
def test_a_body_must_say_what_it_is(box: Sandbox, kind: str, error: str) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": kind}
    answer = httpx2.post(f"{box.url}/api/auth.test", content="a=b", headers=headers).json()
    assert answer == {"ok": False, "error": error}


def test_arguments_may_come_as_a_form_in_parts(box: Sandbox) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}"}
    sent = {"channel": (None, "C0000000001"), "text": (None, "Ein Gruß, in zwei Teilen")}
    answer = httpx2.post(f"{box.url}/api/chat.postMessage", files=sent, headers=headers).json()
    assert answer["message"]["text"] == "Ein Gruß, in zwei Teilen"


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=there"])
def test_a_form_whose_parts_cannot_be_told_apart_is_refused(box: Sandbox, kind: str) -> None:
    headers = {"authorization": f"Bearer {box.bot_token}", "content-type": kind}
    answer = httpx2.post(f"{box.url}/api/auth.test", content="--here\r\n\r\nx", headers=headers).json()
    assert answer == {"ok": False, "error": "invalid_form_data"}
