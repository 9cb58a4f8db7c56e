"""Lists, members, history: what the app may know, page by page."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, SCOPES, manifest, web_client
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"
PRICING = "C0000000003"


def pages(call: Callable[..., Any], key: str, **args: Any) -> list[list[Any]]:
    """Every page of a list, following its cursors."""
    found, cursor = [], ""
    while True:
        answer = call(**args, **({"cursor": cursor} if cursor else {}))
        found.append(answer[key])
        cursor = answer.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return found


def test_no_list_fits_one_page_however_large_the_limit(slack: WebClient) -> None:
    for call, key, total in (
        (slack.users_list, "members", 10),
        (slack.conversations_list, "channels", 2),
        (lambda **args: slack.conversations_members(channel=FORECAST, **args), "members", 9),
    ):
        found = pages(call, key, limit=200)
        assert len(found) == 2
        assert sum(len(page) for page in found) == total


def test_a_page_is_never_longer_than_its_limit(slack: WebClient) -> None:
    found = pages(slack.users_list, "members", limit=3)
    assert [len(page) for page in found] == [3, 3, 3, 1]


@pytest.mark.parametrize("cursor", ["nonsense", "bmV4dDpOT1BF", "////"])
def test_a_made_up_cursor_is_refused(slack: WebClient, cursor: str) -> None:
    assert refusal(slack.users_list, limit=3, cursor=cursor)["error"] == "invalid_cursor"


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "many"])
def test_a_limit_out_of_bounds_is_refused(slack: WebClient, limit: str) -> None:
    assert refusal(slack.users_list, limit=limit)["error"] == "invalid_limit"


def test_people_can_only_be_listed_with_a_limit(slack: WebClient) -> None:
    assert refusal(slack.users_list)["error"] == "limit_required"


def test_types_decide_what_is_listed_and_each_needs_its_scope() -> None:
    scopes = [scope for scope in SCOPES if scope != "groups:read"]
    with Sandbox(manifest=manifest(scopes=scopes, events=[]), start=FRIDAY) as box:
        slack = web_client(box)
        assert refusal(slack.conversations_list, types="public_channel,private_channel")["needed"] == "groups:read"
        assert refusal(slack.conversations_list, types="tunnels")["error"] == "invalid_types"
        public = [c for page in pages(slack.conversations_list, "channels") for c in page]
        assert {channel["name"] for channel in public} == {"forecast", "support-quality"}


def test_the_apps_conversations_include_its_private_ones(slack: WebClient) -> None:
    slack.conversations_open(users="U0000000001")
    types = "public_channel,private_channel,im"
    found = [c for page in pages(slack.users_conversations, "channels", types=types) for c in page]
    assert {channel.get("name") for channel in found} == {"forecast", "support-quality", "pricing", None}
    assert [channel["user"] for channel in found if channel.get("is_im")] == ["U0000000001"]


def test_info_says_whether_the_app_is_a_member(slack: WebClient, client: Client) -> None:
    channel = slack.conversations_info(channel=PRICING, include_num_members=True)["channel"]
    assert (channel["is_private"], channel["is_member"], channel["num_members"]) == (True, True, 5)
    client.change_person("Grace", deleted=True)
    channel = slack.conversations_info(channel=PRICING, include_num_members=True)["channel"]
    assert channel["num_members"] == 4


def test_opening_a_direct_message_twice_gives_the_same_one(slack: WebClient) -> None:
    first = slack.conversations_open(users="U0000000001")["channel"]
    again = slack.conversations_open(users=["U0000000001"], return_im=True)["channel"]
    assert (again["id"], again["user"]) == (first["id"], "U0000000001")


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U9999999999", "user_not_found"),
        ("USLACKBOT", "cannot_dm_bot"),
        ("U0000000001,U0000000002", "missing_scope"),
        (",".join(f"U000000000{n}" for n in range(1, 10)), "too_many_users"),
    ],
)
def test_it_opens_no_other_direct_messages(slack: WebClient, users: str, error: str) -> None:
    assert refusal(slack.conversations_open, users=users)["error"] == error


def test_history_is_newest_first_without_replies(slack: WebClient, client: Client) -> None:
    first = client.person("Ana").say("forecast", "First")
    client.person("Ben").say("forecast", "Reply", thread=first)
    client.person("Ben").say("forecast", "Second")
    slack.chat_postMessage(channel=FORECAST, text="Loud", thread_ts=first, reply_broadcast=True)
    messages = [m for page in pages(_history(slack), "messages") for m in page]
    assert [message["text"] for message in messages] == ["Loud", "Second", "First"]
    assert messages[-1]["reply_count"] == 2


def _history(slack: WebClient) -> Callable[..., Any]:
    return lambda **args: slack.conversations_history(channel=FORECAST, **args)


def test_history_can_be_cut_to_a_span(slack: WebClient) -> None:
    stamps = [slack.chat_postMessage(channel=FORECAST, text=str(n))["ts"] for n in range(4)]
    span = {"oldest": stamps[0], "latest": stamps[2]}
    inner = [m for page in pages(_history(slack), "messages", **span) for m in page]
    assert [message["text"] for message in inner] == ["1"]
    outer = [m for page in pages(_history(slack), "messages", **span, inclusive=True) for m in page]
    assert [message["text"] for message in outer] == ["2", "1", "0"]
    assert refusal(_history(slack), oldest="monday")["error"] == "invalid_ts_oldest"


def test_every_page_of_a_thread_begins_with_its_parent(slack: WebClient) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    replies = [slack.chat_postMessage(channel=FORECAST, text=f"Reply {n}", thread_ts=parent)["ts"] for n in range(3)]
    found = pages(lambda **args: slack.conversations_replies(channel=FORECAST, ts=replies[0], **args), "messages")
    assert [[m["text"] for m in page] for page in found] == [["Parent", "Reply 0", "Reply 1"], ["Parent", "Reply 2"]]
    missing = refusal(slack.conversations_replies, channel=FORECAST, ts="1.000001")
    assert missing["error"] == "thread_not_found"


def test_history_needs_membership_and_the_scope_of_its_kind(client: Client, slack: WebClient) -> None:
    ana = client.person("Ana")
    client.post("leave", **{"as": ana.id}, channel=FORECAST, user=client.person_id("Helper"))
    assert refusal(slack.conversations_history, channel=FORECAST)["error"] == "not_in_channel"
    scopes = [scope for scope in SCOPES if scope != "groups:history"]
    events = ["message.im"]
    with Sandbox(manifest=manifest(scopes=scopes, events=events), start=FRIDAY) as box:
        answer = refusal(web_client(box).conversations_history, channel=PRICING)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")


def test_a_person_is_shown_with_zone_and_title_until_deactivated(slack: WebClient, client: Client) -> None:
    user = slack.users_info(user="U0000000002")["user"]
    assert (user["tz"], user["tz_offset"], user["profile"]["title"]) == ("Europe/Berlin", 3600, "ML engineer")
    assert "email" not in user["profile"]
    client.change_person("Ben", deleted=True)
    user = slack.users_info(user="U0000000002")["user"]
    assert user["deleted"]
    assert "tz" not in user
    assert refusal(slack.users_info, user="U9999999999")["error"] == "user_not_found"


def test_slackbot_is_listed_like_a_person(slack: WebClient) -> None:
    everyone = [user for page in pages(slack.users_list, "members", limit=100) for user in page]
    slackbot = next(user for user in everyone if user["id"] == "USLACKBOT")
    assert (slackbot["is_bot"], slackbot["deleted"]) == (False, False)


def test_somebody_named_twice_is_one_person(slack: WebClient) -> None:
    twice = slack.conversations_open(users="U0000000001,U0000000001")["channel"]["id"]
    assert twice == slack.conversations_open(users="U0000000001")["channel"]["id"]
    assert twice.startswith("D")
