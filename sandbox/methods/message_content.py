"""What a message of the app says, and under which name: the arguments that all methods writing one share."""

import re
from typing import Any

from sandbox.blockkit import attachments
from sandbox.blockkit.checked import message_blocks
from sandbox.errors import SlackError
from sandbox.methods.call import MethodCall, invalid_arguments
from sandbox.methods.metadata import checked_metadata
from sandbox.state import Channel, Json
from sandbox.world import World

MOST_TEXT = 4000
"""Slack splits or cuts longer texts; here they are refused."""

MOST_MARKDOWN = 12_000
FLAGS = ("unfurl_links", "unfurl_media")
"""Taken and without effect: the sandbox fetches nothing from other hosts, so no link ever unfolds."""


def writable(call: MethodCall, *, from_outside: bool = False) -> Channel:
    """The conversation of a call that writes there; `from_outside` if chat:write.public may stand for membership.

    Slack promises that of chat.postMessage alone.
    """
    channel = call.channel()
    if call.bot not in channel.members and not (from_outside and "chat:write.public" in call.world.scopes):
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "dm":
        _check_dm(call, channel)
    return channel


def _check_dm(call: MethodCall, channel: Channel) -> None:
    """A person who was deactivated cannot be written to; Slack does not name the error for this method."""
    if not call.world.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    if call.world.workspace.people[channel.other(call.bot)].deleted:
        raise SlackError("channel_not_found")


def thread(call: MethodCall, channel: Channel) -> Json:
    """The thread of a reply; Slack posts a reply to nothing as if it were none, and shows in the channel what is no
    reply as any message. Here both are refused."""
    ts, is_broadcast = call.text("thread_ts"), call.flag("reply_broadcast")
    if not ts and is_broadcast:
        raise invalid_arguments("[ERROR] reply_broadcast is for replies: give thread_ts")
    if not ts:
        return {}
    parent = channel.messages.get(ts)
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return {"thread_ts": ts, "broadcast": is_broadcast}


def content(call: MethodCall) -> Json:
    """The checked text and blocks of a message, with the ids Slack would add."""
    _refuse_unknown(call)
    text, blocks = call.text("text"), call.json("blocks", "invalid_blocks_format")
    if call.text("markdown_text"):
        return _markdown(call, text, blocks)
    text = _with_groups(call, text) if call.flag("link_names") else text
    return checked_content(call.world, text, blocks, call.json("attachments", "invalid_attachments"))


def checked_content(world: World, text: str, blocks: Any, attached: Any) -> Json:
    """The fields of a Message for these; attachments only where they were given, so that others can stay."""
    if not text and blocks in (None, []) and not attached:
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    fields: Json = {"text": text, "blocks": message_blocks(world, [] if blocks is None else blocks)}
    return fields | ({} if attached is None else {"attachments": attachments.checked(world, attached)})


def _refuse_unknown(call: MethodCall) -> None:
    """Slack itself advises against its other ways of reading text."""
    if call.text("parse", "none") != "none" or call.text("mrkdwn", "true").lower() not in ("true", "1"):
        raise invalid_arguments("[ERROR] the sandbox reads text as mrkdwn only: leave out parse and mrkdwn")
    if call.flag("as_user"):
        raise SlackError("as_user_not_supported")


def _markdown(call: MethodCall, text: str, blocks: Any) -> Json:
    if text or blocks not in (None, []):
        raise SlackError("markdown_text_conflict")
    markdown = call.text("markdown_text")
    if len(markdown) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    return {"text": markdown, "blocks": message_blocks(call.world, [{"type": "markdown", "text": markdown}])}


def _with_groups(call: MethodCall, text: str) -> str:
    """Turn @handles of user groups into mentions; those of people Slack no longer turns."""
    groups = {group.handle: group for group in call.world.workspace.groups.values() if not group.deleted}

    def mention(found: re.Match[str]) -> str:
        group = groups.get(found[1])
        return f"<!subteam^{group.id}|@{group.handle}>" if group else found[0]

    return re.sub(r"(?<![\w<])@([\w.-]+)", mention, text)


def author(call: MethodCall) -> Json:
    """The name and picture the app asks to write under."""
    given = {name: call.text(name) for name in ("username", "icon_emoji", "icon_url") if call.text(name)}
    if not given:
        return {}
    call.need("chat:write.customize")
    icons = {}
    if "icon_emoji" in given:  # Which wins over the address of a picture.
        icons = {"emoji": given["icon_emoji"]}
    elif "icon_url" in given:
        icons = {f"image_{size}": given["icon_url"] for size in (36, 48, 72)}
    return {"subtype": "bot_message", "username": given.get("username", ""), "icons": icons}


def whole_message(call: MethodCall, channel: Channel) -> Json:
    """All fields of the Message that a call wants to be posted."""
    fields = {**content(call), **author(call), **thread(call, channel), "metadata": checked_metadata(call)}
    return {**fields, "user": call.bot, "from_app": True}
