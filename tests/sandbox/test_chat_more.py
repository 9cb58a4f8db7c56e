"""The rarer ways of a message: another name, markdown, broadcasts, tombstones, and messages that come later."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, eventually
from sandbox.server import Sandbox
from tests.sandbox.apps import EVERY_EVENT, EVERY_SCOPE, FRIDAY, manifest, told, web_client
from tests.sandbox.test_web_api import error, refusal

MANIFEST = manifest(scopes=EVERY_SCOPE, events=EVERY_EVENT)
FORECAST = "C0000000001"
SOON = int(FRIDAY.timestamp()) + 3600
DAY = 24 * 60 * 60


def test_under_another_name_a_message_has_no_user(slack: WebClient, client: Client) -> None:
    posted = slack.chat_postMessage(channel=FORECAST, text="Boo", username="Ghost", icon_emoji=":ghost:")["message"]
    assert (posted["subtype"], posted["username"], posted["icons"]) == ("bot_message", "Ghost", {"emoji": ":ghost:"})
    assert "user" not in posted
    (room,) = [r for r in client.person("Ana").sidebar()["channels"] if r["id"] == FORECAST]
    assert room["unread"] == 1


def test_another_name_or_picture_needs_its_scope() -> None:
    with Sandbox(manifest=manifest(), start=FRIDAY) as box:
        for name in ("username", "icon_emoji", "icon_url"):
            call = {"api_method": "chat.postMessage", "json": {"channel": FORECAST, "text": "Boo", name: "x"}}
            answer = refusal(web_client(box).api_call, **call)
            assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")


def test_markdown_becomes_a_block(slack: WebClient) -> None:
    posted = slack.chat_postMessage(channel=FORECAST, markdown_text="# Week 48")["message"]
    assert [(block["type"], block["text"]) for block in posted["blocks"]] == [("markdown", "# Week 48")]


def test_the_handle_of_a_group_becomes_a_mention_when_asked(slack: WebClient) -> None:
    group = slack.usergroups_create(name="Researchers", handle="research")["usergroup"]["id"]
    plain = slack.chat_postMessage(channel=FORECAST, text="Ask @research")["message"]
    linked = slack.chat_postMessage(channel=FORECAST, text="Ask @research, a@research", link_names=True)["message"]
    assert plain["text"] == "Ask @research"
    assert linked["text"] == f"Ask <!subteam^{group}|@research>, a@research"


def test_a_broadcast_reply_stands_in_the_channel_as_well(slack: WebClient) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    slack.chat_postMessage(channel=FORECAST, text="Quiet", thread_ts=parent)
    slack.chat_postMessage(channel=FORECAST, text="Loud", thread_ts=parent, reply_broadcast=True)
    (latest,) = slack.conversations_history(channel=FORECAST)["messages"]
    assert (latest["text"], latest["subtype"], latest["root"]["text"]) == ("Loud", "thread_broadcast", "Parent")


def test_only_a_reply_is_broadcast(slack: WebClient, client: Client) -> None:
    """Slack ignores it without a word; whoever asks for it has forgotten the thread."""
    assert error(slack.chat_postMessage, channel=FORECAST, text="Loud", reply_broadcast=True) == "invalid_arguments"
    assert client.person("Ana").messages("forecast") == []


def test_a_broadcast_reply_is_new_in_the_channel_and_stays_there_when_it_is_edited(
    slack: WebClient, client: Client, box: Sandbox
) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    ts = slack.chat_postMessage(channel=FORECAST, text="Loud", thread_ts=parent, reply_broadcast=True)["ts"]
    (room,) = [r for r in client.person("Ana").sidebar()["channels"] if r["id"] == FORECAST]
    assert room["unread"] == 2
    slack.chat_update(channel=FORECAST, ts=ts, text="Louder")
    found = [client.person("Ana").messages("forecast", thread=thread) for thread in (None, parent)]
    assert [[each["text"] for each in messages] for messages in found] == [["Parent", "Louder"]] * 2
    assert told(box, "message")[1]["subtype"] == "thread_broadcast"
    replies = slack.conversations_replies(channel=FORECAST, ts=parent)["messages"]
    assert [each.get("subtype") for each in replies] == [None, "thread_broadcast"]


def test_what_the_app_does_is_a_message_of_its_own_kind(slack: WebClient) -> None:
    slack.chat_meMessage(channel=FORECAST, text="counts the days")
    (message,) = slack.conversations_history(channel=FORECAST)["messages"]
    assert (message["subtype"], message["text"]) == ("me_message", "counts the days")
    assert error(slack.chat_meMessage, channel=FORECAST, text="") == "no_text"
    assert error(slack.chat_meMessage, channel=FORECAST, text="x" * 4001) == "msg_too_long"


def test_the_deleted_first_message_of_a_thread_leaves_a_tombstone(slack: WebClient, box: Sandbox) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    slack.chat_postMessage(channel=FORECAST, text="Reply", thread_ts=parent)
    slack.chat_delete(channel=FORECAST, ts=parent)
    found = [m for page in slack.conversations_replies(channel=FORECAST, ts=parent) for m in page["messages"]]
    assert [m.get("subtype") for m in found] == ["tombstone", None]
    assert told(box, "message")[-1]["message"]["subtype"] == "tombstone"
    assert error(slack.chat_delete, channel=FORECAST, ts=parent) == "message_not_found"
    assert error(slack.chat_update, channel=FORECAST, ts=parent, text="x") == "message_not_found"


def test_an_edited_text_says_when_it_was_edited(slack: WebClient, client: Client) -> None:
    ts = slack.chat_postMessage(channel=FORECAST, text="Old")["ts"]
    client.jump_to(FRIDAY + timedelta(hours=1))
    changed = slack.chat_update(channel=FORECAST, ts=ts, text="New")["message"]
    assert float(changed["edited"]["ts"]) - float(ts) >= 3500


@pytest.mark.parametrize("method", ["meMessage", "postEphemeral", "scheduleMessage", "startStream"])
def test_from_outside_a_channel_it_only_posts(method: str) -> None:
    may_write_anywhere = manifest(scopes=[*EVERY_SCOPE, "chat:write.public"])
    args = {"channel": FORECAST, "text": "Hi", "user": "U0000000001", "post_at": SOON}
    with Sandbox(manifest=may_write_anywhere, seed="empty", start=FRIDAY) as box:
        slack = web_client(box)
        slack.chat_postMessage(channel=FORECAST, text="Hi")
        assert error(slack.api_call, api_method=f"chat.{method}", json=args) == "not_in_channel"


def test_nobody_who_left_gets_an_ephemeral(slack: WebClient, client: Client) -> None:
    client.change_person("Ana", deleted=True)
    args = {"channel": FORECAST, "user": "U0000000001", "text": "Psst"}
    assert error(slack.chat_postEphemeral, **args) == "user_not_in_channel"


def test_a_scheduled_message_comes_at_its_moment(slack: WebClient, client: Client) -> None:
    made = slack.chat_scheduleMessage(channel=FORECAST, text="Stand up", post_at=SOON)
    assert (made["post_at"], made["message"]["type"]) == (SOON, "delayed_message")
    (listed,) = slack.chat_scheduledMessages_list()["scheduled_messages"]
    assert (listed["id"], listed["text"]) == (made["scheduled_message_id"], "Stand up")
    assert slack.conversations_history(channel=FORECAST)["messages"] == []
    assert client.next_event()["now"] == pytest.approx(SOON, abs=5)
    (posted,) = eventually(lambda: slack.conversations_history(channel=FORECAST)["messages"])
    assert posted["text"] == "Stand up"
    assert float(posted["ts"]) == pytest.approx(SOON, abs=5)
    assert slack.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_scheduled_messages_come_in_order_however_far_the_clock_jumps(slack: WebClient, client: Client) -> None:
    for text, after in (("Second", 200), ("Third", 300), ("First", 100)):
        slack.chat_scheduleMessage(channel=FORECAST, text=text, post_at=SOON + after)
    client.jump_to(FRIDAY + timedelta(days=1))
    texts = [m["text"] for page in slack.conversations_history(channel=FORECAST) for m in page["messages"]]
    assert texts == ["Third", "Second", "First"]


def test_a_scheduled_message_can_be_called_back_until_a_minute_before(slack: WebClient, client: Client) -> None:
    first = slack.chat_scheduleMessage(channel=FORECAST, text="No", post_at=SOON)["scheduled_message_id"]
    second = slack.chat_scheduleMessage(channel=FORECAST, text="Yes", post_at=SOON)["scheduled_message_id"]
    delete = slack.chat_deleteScheduledMessage
    delete(channel=FORECAST, scheduled_message_id=first)
    assert error(delete, channel=FORECAST, scheduled_message_id=first) == "invalid_scheduled_message_id"
    assert error(delete, channel="C0000000002", scheduled_message_id=second) == "invalid_scheduled_message_id"
    client.jump_to(FRIDAY + timedelta(minutes=59, seconds=30))
    assert error(delete, channel=FORECAST, scheduled_message_id=second) == "invalid_scheduled_message_id"
    client.jump_to(FRIDAY + timedelta(hours=1, seconds=10))
    assert [m["text"] for m in slack.conversations_history(channel=FORECAST)["messages"]] == ["Yes"]


def test_where_it_is_not_any_more_nothing_comes(slack: WebClient, client: Client) -> None:
    slack.chat_scheduleMessage(channel=FORECAST, text="Stand up", post_at=SOON)
    slack.conversations_leave(channel=FORECAST)
    client.jump_to(FRIDAY + timedelta(hours=2))
    assert "Stand up" not in [m["text"] for m in client.person("Ana").messages("forecast")]


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ({"post_at": "soon"}, "invalid_time"),
        ({"post_at": int(FRIDAY.timestamp()) - 1}, "time_in_past"),
        ({"post_at": int(FRIDAY.timestamp()) + 121 * DAY}, "time_too_far"),
        ({"post_at": SOON, "text": ""}, "no_text"),
        ({"post_at": SOON, "text": "x" * 4001}, "msg_too_long"),
        ({"post_at": SOON, "thread_ts": "1.000001"}, "thread_not_found"),
        ({"post_at": SOON, "metadata": {"event_type": "x", "event_payload": {}}}, "invalid_arguments"),
        ({"post_at": SOON, "channel": "C9999999999"}, "channel_not_found"),
    ],
)
def test_what_cannot_be_scheduled(slack: WebClient, args: dict[str, Any], word: str) -> None:
    call = {"channel": FORECAST, "text": "Hi"} | args
    assert error(slack.api_call, api_method="chat.scheduleMessage", json=call) == word


def test_thirty_in_five_minutes_are_enough() -> None:
    with Sandbox(manifest=MANIFEST, start=FRIDAY, rate_limits=False) as box:
        slack = web_client(box)
        for _ in range(30):
            slack.chat_scheduleMessage(channel=FORECAST, text="Hi", post_at=SOON)
        assert error(slack.chat_scheduleMessage, channel=FORECAST, text="Hi", post_at=SOON) == "restricted_too_many"
        slack.chat_scheduleMessage(channel=FORECAST, text="Hi", post_at=SOON + 300)


def test_what_is_scheduled_is_listed_page_by_page(slack: WebClient) -> None:
    for after in (30, 10, 20):
        slack.chat_scheduleMessage(channel=FORECAST, text=str(after), post_at=SOON + after)
    pages = [[m["text"] for m in page["scheduled_messages"]] for page in slack.chat_scheduledMessages_list(limit=50)]
    assert pages == [["10", "20"], ["30"]]
    found = slack.chat_scheduledMessages_list(oldest=str(SOON + 15), latest=str(SOON + 25))["scheduled_messages"]
    assert [m["text"] for m in found] == ["20"]
    assert slack.chat_scheduledMessages_list(channel="C0000000002")["scheduled_messages"] == []
    assert error(slack.chat_scheduledMessages_list, channel="C9999999999") == "invalid_channel"
    assert error(slack.chat_scheduledMessages_list, oldest="yesterday") == "invalid_arguments"
