"""chat.*"""

from sandbox import messages, objects
from sandbox.blockkit.checked import message_blocks
from sandbox.errors import SlackError
from sandbox.limits import MESSAGES_A_MINUTE, SPECIAL, TIER_3, TIER_4
from sandbox.methods.call import Method, MethodCall, invalid_arguments
from sandbox.methods.metadata import checked_metadata
from sandbox.state import Channel, Json, Message

MOST_TEXT = 4000
"""Slack splits or cuts longer texts; here they are refused."""

UNKNOWN_HERE = ("attachments", "markdown_text", "username", "icon_emoji", "icon_url")


def post_message(call: MethodCall) -> Json:
    channel = _writable(call)
    text, blocks = content(call)
    thread_ts = _thread(call, channel)
    message = messages.post(
        call.world,
        channel,
        user=call.world.workspace.bot_user,
        text=text,
        blocks=blocks,
        from_app=True,
        thread_ts=thread_ts,
        broadcast=bool(thread_ts) and call.flag("reply_broadcast"),
        metadata=checked_metadata(call),
    )
    return {"channel": channel.id, "ts": message.ts, "message": _shown(call, channel, message)}


def update(call: MethodCall) -> Json:
    """Text without blocks takes the blocks away; metadata stays unless given."""
    channel = call.joined_channel()
    if channel.archived:
        raise SlackError("is_inactive")
    message = _own_message(call, channel, "cant_update_message")
    text, blocks = content(call)
    metadata = checked_metadata(call)
    changed: Json = {"text": text, "blocks": blocks, "edited": not blocks}
    if metadata is not None:
        changed["metadata"] = metadata or None
    messages.change(call.world, channel, message, **changed)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": _shown(call, channel, message),
    }


def delete(call: MethodCall) -> Json:
    channel = call.joined_channel()
    message = _own_message(call, channel, "cant_delete_message")
    messages.remove(call.world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: MethodCall) -> Json:
    channel = _writable(call)
    user = call.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text, blocks = content(call)
    message = messages.post(
        call.world,
        channel,
        user=call.world.workspace.bot_user,
        text=text,
        blocks=blocks,
        from_app=True,
        thread_ts=_thread(call, channel),
        only_for=user,
    )
    return {"message_ts": message.ts}


def get_permalink(call: MethodCall) -> Json:
    channel = call.channel()
    ts = call.required("message_ts")
    message = channel.messages.get(ts)
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    link = f"{call.world.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def content(call: MethodCall) -> tuple[str, list[Json]]:
    """The checked text and blocks of a message, with the ids Slack would add."""
    for name in UNKNOWN_HERE:
        if call.args.get(name) is not None:
            raise invalid_arguments(f"[ERROR] the sandbox does not know the argument {name}")
    text, blocks = call.text("text"), call.json("blocks", "invalid_blocks_format")
    if not text and blocks in (None, []):
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    return text, message_blocks(call.world, [] if blocks is None else blocks)


def _writable(call: MethodCall) -> Channel:
    channel = call.channel()
    in_it = call.world.workspace.bot_user in channel.members
    if not in_it and "chat:write.public" not in call.world.scopes:
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
    if call.world.workspace.people[channel.other(call.world.workspace.bot_user)].deleted:
        raise SlackError("channel_not_found")


def _thread(call: MethodCall, channel: Channel) -> str | None:
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = channel.messages.get(ts)
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return ts


def _own_message(call: MethodCall, channel: Channel, refusal: str) -> Message:
    message = channel.messages.get(call.required("ts"))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if not message.from_app:
        raise SlackError(refusal)
    return message


def _shown(call: MethodCall, channel: Channel, message: Message) -> Json:
    return objects.message(call.world, channel, message, with_metadata=True)


METHODS = {
    "chat.postMessage": Method(post_message, MESSAGES_A_MINUTE, "chat:write", per_channel=True),
    "chat.update": Method(update, TIER_3, "chat:write"),
    "chat.delete": Method(delete, TIER_3, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, TIER_4, "chat:write"),
    "chat.getPermalink": Method(get_permalink, SPECIAL),
}
