"""Messages that are written while people read them."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Client
from tests.sandbox.apps import EVERY_SCOPE, manifest
from tests.sandbox.test_web_api import error

MANIFEST = manifest(scopes=EVERY_SCOPE)
FORECAST = "C0000000001"


@pytest.fixture
def dm_thread(slack: WebClient) -> dict[str, Any]:
    """A thread in the direct message with Ana."""
    channel = str(slack.conversations_open(users="U0000000001")["channel"]["id"])
    return {"channel": channel, "thread_ts": str(slack.chat_postMessage(channel=channel, text="Well?")["ts"])}


def test_a_message_is_written_while_it_is_read(slack: WebClient, dm_thread: dict[str, Any]) -> None:
    stream = slack.chat_stream(**dm_thread, buffer_size=1)
    stream.append(markdown_text="**Three** ")
    begun = slack.conversations_replies(channel=dm_thread["channel"], ts=dm_thread["thread_ts"])["messages"][-1]
    assert (begun["text"], begun["streaming_state"]) == ("**Three** ", "in_progress")
    busy = {"channel": dm_thread["channel"], "ts": begun["ts"], "text": "No"}
    assert error(slack.chat_update, **busy) == "streaming_state_conflict"
    stream.append(markdown_text="answers")
    ended = stream.stop(blocks=[{"type": "divider"}])["message"]
    assert (ended["text"], ended["streaming_state"]) == ("**Three** answers", "completed")
    assert [block["type"] for block in ended["blocks"]] == ["markdown", "divider"]
    assert slack.chat_update(**busy)["ok"]


def test_what_is_not_streamed_takes_no_more(slack: WebClient, client: Client, dm_thread: dict[str, Any]) -> None:
    append, channel = slack.chat_appendStream, dm_thread["channel"]
    plain = slack.chat_postMessage(channel=channel, text="Plain")["ts"]
    theirs = client.person("Ana").say(channel, "Mine")
    assert error(append, channel=channel, ts=plain, markdown_text="x") == "message_not_in_streaming_state"
    assert error(append, channel=channel, ts=theirs, markdown_text="x") == "message_not_owned_by_app"
    assert error(append, channel=channel, ts="1.000001", markdown_text="x") == "message_not_found"
    begun = slack.chat_startStream(**dm_thread)["ts"]
    assert error(append, channel=channel, ts=begun) == "no_text"
    assert error(append, channel=channel, ts=begun, markdown_text="x" * 12_001) == "msg_too_long"
    assert error(append, channel=channel, ts=begun, chunks=[{"type": "task_update"}]) == "invalid_chunks"
    append(channel=channel, ts=begun, chunks=[{"type": "markdown_text", "text": "x" * 12_000}])
    assert error(append, channel=channel, ts=begun, markdown_text="x") == "msg_too_long"


def test_a_stream_ends_with_at_most_50_blocks(slack: WebClient, dm_thread: dict[str, Any]) -> None:
    stream = {"channel": dm_thread["channel"], "ts": slack.chat_startStream(**dm_thread)["ts"]}
    divider = {"type": "divider"}
    assert error(slack.chat_stopStream, **stream, blocks=[divider] * 51) == "msg_blocks_too_many"
    assert error(slack.api_call, api_method="chat.stopStream", json={**stream, "blocks": 5}) == "invalid_blocks_format"
    assert slack.chat_stopStream(**stream, blocks=[divider] * 50)["ok"]


def test_tasks_are_shown_as_a_timeline_or_a_plan(slack: WebClient, dm_thread: dict[str, Any]) -> None:
    assert error(slack.chat_startStream, **dm_thread, task_display_mode="pie") == "invalid_arguments"
    assert slack.chat_startStream(**dm_thread, task_display_mode="plan")["ok"]


def test_a_stream_in_a_channel_is_for_somebody_in_a_thread(slack: WebClient) -> None:
    parent = slack.chat_postMessage(channel=FORECAST, text="Parent")["ts"]
    stream: dict[str, Any] = {"channel": FORECAST, "thread_ts": parent}
    assert error(slack.chat_startStream, **stream) == "missing_recipient_team_id"
    assert error(slack.chat_startStream, **stream, recipient_team_id="T1") == "missing_recipient_user_id"
    bare = {"api_method": "chat.startStream", "json": {"channel": FORECAST}}
    assert error(slack.api_call, **bare) == "invalid_arguments"
