"""Answers that are messages: the acknowledgement of a command, and posts to a response_url."""

from sandbox import messages
from sandbox.delivery.response_urls import ResponseUrl
from sandbox.errors import SlackError
from sandbox.methods.message_content import checked_content
from sandbox.state import Channel, Json
from sandbox.world import World

RESPONSE_TYPES = (None, "ephemeral", "in_channel")
YES, NO = (True, "true"), (False, None, "false")
"""Slack's own examples send these flags as text."""


def reply(world: World, url: ResponseUrl, body: Json) -> None:
    """Post, replace or delete as the app asks; SlackError if the message is not one."""
    channel = _channel(world, url)
    shown = channel.messages.get(url.message_ts or "")
    if _flag(body, "delete_original"):
        if shown and shown.from_app:
            messages.remove(world, channel, shown)
        return
    content = _content(world, body)
    if _flag(body, "replace_original") and shown and shown.from_app:
        messages.change(world, channel, shown, **content)
        return
    in_channel = body.get("response_type") == "in_channel"
    messages.post(
        world,
        channel,
        user=world.workspace.bot_user,
        from_app=True,
        thread_ts=_thread(channel, body) or (None if in_channel else url.thread_ts),
        only_for=None if in_channel else url.user,
        **content,
    )


def check(world: World, body: Json) -> None:
    """SlackError if a new message of the app could not say this."""
    _content(world, body)


def _channel(world: World, url: ResponseUrl) -> Channel:
    channel = world.workspace.channels.get(url.channel)
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _content(world: World, body: Json) -> Json:
    text = body.get("text")
    if not isinstance(text, str | None) or body.get("response_type") not in RESPONSE_TYPES:
        raise SlackError("invalid_payload")
    return checked_content(world, text or "", body.get("blocks"), body.get("attachments"))


def _thread(channel: Channel, body: Json) -> str | None:
    ts = body.get("thread_ts")
    if ts is None:
        return None
    parent = channel.messages.get(ts) if isinstance(ts, str) else None
    if parent is None or parent.only_for or parent.is_reply:
        raise SlackError("thread_not_found")
    return parent.ts


def _flag(body: Json, name: str) -> bool:
    if body.get(name) not in (*YES, *NO):
        raise SlackError("invalid_payload")
    return body.get(name) in YES
