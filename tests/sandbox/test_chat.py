"""Messages of the app: where it may write, what it may write, what it may change."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client, Refused
from sandbox.server import Sandbox
from tests.sandbox.apps import FRIDAY, manifest, web_client
from tests.sandbox.test_web_api import refusal

FORECAST = "C0000000001"
PRICING = "C0000000003"


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def dm_with(slack: WebClient, user: str = "U0000000001") -> str:
    return str(slack.conversations_open(users=user)["channel"]["id"])


def test_a_message_has_a_unique_rising_ts_from_sandbox_time(slack: WebClient) -> None:
    stamps = [slack.chat_postMessage(channel=FORECAST, text=str(n))["ts"] for n in range(3)]
    assert stamps == sorted(set(stamps))
    assert FRIDAY.timestamp() <= float(stamps[0]) < FRIDAY.timestamp() + 60


def test_a_message_needs_text_or_blocks(slack: WebClient) -> None:
    assert refusal(slack.api_call, api_method="chat.postMessage", json={"channel": FORECAST})["error"] == "no_text"


def test_a_text_over_4000_characters_is_refused(slack: WebClient) -> None:
    slack.chat_postMessage(channel=FORECAST, text="x" * 4000)
    assert refusal(slack.chat_postMessage, channel=FORECAST, text="x" * 4001)["error"] == "msg_too_long"


@pytest.mark.parametrize("channel", ["C9999999999", "forecast", "#forecast", "U0000000001", ""])
def test_only_the_id_of_a_conversation_will_do(slack: WebClient, channel: str) -> None:
    assert refusal(slack.chat_postMessage, channel=channel, text="Hi")["error"] == "channel_not_found"


def test_it_must_be_in_a_channel_to_write_there() -> None:
    with Sandbox(manifest=manifest(), seed="empty", start=FRIDAY) as box:
        answer = refusal(web_client(box).chat_postMessage, channel=FORECAST, text="Hi")
    assert answer["error"] == "not_in_channel"


def test_a_private_channel_without_the_app_does_not_exist_for_it(slack: WebClient, client: Client) -> None:
    chloe = client.person("Chloe")
    client.post("leave", **{"as": chloe.id}, channel=PRICING, user=client.person_id("Helper"))
    for call in (slack.conversations_info, slack.conversations_members, slack.conversations_history):
        assert refusal(call, channel=PRICING)["error"] == "channel_not_found"
    assert refusal(slack.chat_postMessage, channel=PRICING, text="Hi")["error"] == "channel_not_found"


def test_an_archived_channel_takes_no_messages_and_no_changes(slack: WebClient, client: Client) -> None:
    ts = slack.chat_postMessage(channel=FORECAST, text="Before")["ts"]
    client.post("archive", channel=FORECAST)
    assert refusal(slack.chat_postMessage, channel=FORECAST, text="Hi")["error"] == "is_archived"
    assert refusal(slack.chat_update, channel=FORECAST, ts=ts, text="Hi")["error"] == "is_inactive"
    with pytest.raises(Refused, match="is_archived"):
        client.person("Ana").say("C0000000001", "Hello?")


def test_someone_deactivated_cannot_be_written_to(slack: WebClient, client: Client) -> None:
    channel = dm_with(slack)
    client.change_person("Ana", deleted=True)
    assert refusal(slack.chat_postMessage, channel=channel, text="Hi")["error"] == "channel_not_found"
    assert refusal(slack.conversations_open, users="U0000000001")["error"] == "user_disabled"


def test_without_a_messages_tab_there_are_no_direct_messages() -> None:
    with Sandbox(manifest=manifest(home={"messages_tab_enabled": False}), start=FRIDAY) as box:
        slack = web_client(box)
        answer = refusal(slack.chat_postMessage, channel=dm_with(slack), text="Hi")
    assert answer["error"] == "messages_tab_disabled"


def test_a_reply_goes_to_a_parent_that_exists_and_is_none_itself(slack: WebClient) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    reply = slack.chat_postMessage(channel=FORECAST, text="Reply", thread_ts=parent)
    assert reply["message"]["thread_ts"] == parent
    to_reply = refusal(slack.chat_postMessage, channel=FORECAST, text="No", thread_ts=reply["ts"])
    assert to_reply["error"] == "cannot_reply_to_message"
    to_nothing = refusal(slack.chat_postMessage, channel=FORECAST, text="No", thread_ts="1.000001")
    assert to_nothing["error"] == "thread_not_found"


def test_changing_the_text_alone_takes_the_blocks_away(slack: WebClient, client: Client) -> None:
    ts = slack.chat_postMessage(channel=FORECAST, text="Old", blocks=[section("Old")])["ts"]
    slack.chat_update(channel=FORECAST, ts=ts, text="New", blocks=[section("New")])
    (message,) = client.person("Ana").messages("forecast")
    assert (message["blocks"][0]["text"]["text"], message["edited"]) == ("New", False)
    slack.chat_update(channel=FORECAST, ts=ts, text="Plain")
    (message,) = client.person("Ana").messages("forecast")
    assert (message["text"], message["blocks"], message["edited"]) == ("Plain", [], True)


def test_it_changes_and_deletes_only_its_own_messages(slack: WebClient, client: Client) -> None:
    theirs = client.person("Ana").say("forecast", "Mine")
    assert refusal(slack.chat_update, channel=FORECAST, ts=theirs, text="x")["error"] == "cant_update_message"
    assert refusal(slack.chat_delete, channel=FORECAST, ts=theirs)["error"] == "cant_delete_message"
    assert refusal(slack.chat_update, channel=FORECAST, ts="1.000001", text="x")["error"] == "message_not_found"
    own = slack.chat_postMessage(channel=FORECAST, text="Own")["ts"]
    slack.chat_delete(channel=FORECAST, ts=own)
    assert [message["text"] for message in client.person("Ana").messages("forecast")] == ["Mine"]


def test_an_ephemeral_is_for_one_member_and_cannot_be_changed(slack: WebClient, client: Client) -> None:
    ts = slack.chat_postEphemeral(channel=PRICING, user=client.person_id("Chloe"), text="Psst")["message_ts"]
    assert [m["text"] for m in client.person("Chloe").ephemerals("pricing")] == ["Psst"]
    assert client.person("Grace").ephemerals("pricing") == []
    assert refusal(slack.chat_update, channel=PRICING, ts=ts, text="x")["error"] == "message_not_found"
    assert slack.conversations_history(channel=PRICING)["messages"] == []
    outsider = refusal(slack.chat_postEphemeral, channel=PRICING, user=client.person_id("Ana"), text="Psst")
    assert outsider["error"] == "user_not_in_channel"


def test_metadata_travels_only_where_it_is_asked_for(slack: WebClient) -> None:
    metadata = {"event_type": "note", "event_payload": {"id": "n-1"}}
    ts = slack.chat_postMessage(channel=FORECAST, text="Kept", metadata=metadata)["ts"]
    (plain,) = slack.conversations_history(channel=FORECAST)["messages"]
    assert "metadata" not in plain
    slack.chat_update(channel=FORECAST, ts=ts, text="Changed")
    (full,) = slack.conversations_history(channel=FORECAST, include_all_metadata=True)["messages"]
    assert full["metadata"] == metadata
    slack.chat_update(channel=FORECAST, ts=ts, text="Changed", metadata={})
    (bare,) = slack.conversations_history(channel=FORECAST, include_all_metadata=True)["messages"]
    assert "metadata" not in bare


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("[1]", "invalid_metadata_format"),
        ({"event_type": "note"}, "invalid_metadata_schema"),
        ({"event_type": "a note", "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "note", "event_payload": []}, "invalid_metadata_schema"),
        ({"event_type": "note", "event_payload": {"x": "y" * 16_000}}, "metadata_too_large"),
    ],
)
def test_metadata_of_another_shape_is_refused(slack: WebClient, metadata: Any, error: str) -> None:
    args = {"channel": FORECAST, "text": "Hi", "metadata": metadata}
    assert refusal(slack.api_call, api_method="chat.postMessage", json=args)["error"] == error


def test_a_permalink_leads_to_the_message_at_the_page(slack: WebClient) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    reply = slack.chat_postMessage(channel=FORECAST, text="Reply", thread_ts=parent)["ts"]
    link = slack.chat_getPermalink(channel=FORECAST, message_ts=reply)["permalink"]
    assert link.endswith(f"/archives/{FORECAST}/p{reply.replace('.', '')}?thread_ts={parent}&cid={FORECAST}")
    missing = refusal(slack.chat_getPermalink, channel=FORECAST, message_ts="1.000001")
    assert missing["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ({"parse": "full"}, "invalid_arguments"),
        ({"mrkdwn": False}, "invalid_arguments"),
        ({"as_user": True}, "as_user_not_supported"),
        ({"markdown_text": "# Week"}, "markdown_text_conflict"),
        ({"text": "", "markdown_text": "x" * 12_001}, "msg_too_long"),
    ],
)
def test_what_slack_or_the_page_cannot_show_is_refused(slack: WebClient, args: dict[str, Any], word: str) -> None:
    answer = refusal(slack.api_call, api_method="chat.postMessage", json={"channel": FORECAST, "text": "Hi"} | args)
    assert answer["error"] == word
