"""Messages come, change and go; whoever may see them is told."""

import copy
import itertools
import re
from dataclasses import fields
from functools import partial
from typing import Any

from sandbox import objects
from sandbox.delivery import events
from sandbox.state import SLACKBOT, Channel, File, Json, Message
from sandbox.world import World

SPOKEN = (None, "bot_message", "me_message")
"""The subtypes of what somebody said; the others are notices of what was done."""

MENTION = re.compile(r"<@([A-Z0-9]+)>|<!(?:channel|here|everyone)>")


def post(world: World, channel: Channel, *, user: str, text: str, **more: Any) -> Message:
    """Add a message; `more` are fields of Message."""
    message = Message(channel.next_ts(world.clock.now()), user, text, **more)
    channel.add(message)
    _note(world, channel, message, "posted")
    if message.is_reply:
        channel.threads_read[user, message.thread_ts or ""] = message.ts
    else:
        channel.read_up_to[user] = message.ts
    _refresh(world, channel, message)
    if message.only_for is None:
        shown = objects.message(world, channel, message)
        events.message(world, channel, shown)
        if not message.from_app:
            events.mention(world, channel, shown)
    return message


def change(world: World, channel: Channel, message: Message, **changes: Any) -> None:
    before = objects.message(world, channel, copy.copy(message))
    for name, value in changes.items():
        setattr(message, name, value)
    _note(world, channel, message, "changed")
    message.edited_ts = f"{world.clock.now():.6f}"
    _refresh(world, channel, message)
    if message.only_for is None:
        now_shown = objects.message(world, channel, message)
        ts = f"{world.clock.now():.6f}"
        events.message_changed(world, channel, now_shown, before, ts=ts)


def remove(world: World, channel: Channel, message: Message) -> None:
    """Take a message away; the first of a thread leaves a tombstone, so that its replies stay readable."""
    shown = objects.message(world, channel, message)
    channel.pins.pop(message.ts, None)
    for file_id in message.files:
        _unshare(world.workspace.files[file_id], channel, message)
    if channel.replies(message.ts):
        _bury(world, channel, message, shown)
        return
    channel.remove(message)
    _note(world, channel, message, "deleted")
    _refresh(world, channel, message)
    if message.only_for is None:
        events.message_deleted(world, channel, message, shown, ts=f"{world.clock.now():.6f}")


def _bury(world: World, channel: Channel, message: Message, shown: Json) -> None:
    blank = Message(message.ts, SLACKBOT, "This message was deleted.", subtype="tombstone", thread_ts=message.thread_ts)
    for each in fields(Message):
        setattr(message, each.name, getattr(blank, each.name))
    _note(world, channel, message, "deleted")
    _refresh(world, channel, message)
    now_shown = objects.message(world, channel, message)
    events.message_changed(world, channel, now_shown, shown, ts=f"{world.clock.now():.6f}")


def _unshare(file: File, channel: Channel, message: Message) -> None:
    left = [ts for ts in file.shares.pop(channel.id, []) if ts != message.ts]
    if left:
        file.shares[channel.id] = left


def unread(channel: Channel, user: str) -> list[Message]:
    read = channel.read_up_to.get(user, "0")
    since = itertools.takewhile(lambda m: m.ts > read, reversed(channel.messages.values()))
    new = [m for m in since if m.user != user and m.only_for in (None, user)]
    return [m for m in new if m.subtype in SPOKEN and (m.broadcast or not m.is_reply)]


def read_up_to(channel: Channel, user: str, thread: str | None = None) -> str:
    """The ts of the last message a person has seen; "0" before the first."""
    return channel.threads_read.get((user, thread), "0") if thread else channel.read_up_to.get(user, "0")


def unread_replies(channel: Channel, thread: str, user: str) -> list[Message]:
    """What is new in a thread for somebody who follows it."""
    read = read_up_to(channel, user, thread)
    since = itertools.takewhile(lambda m: m.ts > read, reversed(channel.replies(thread)))
    new = [m for m in since if m.user != user]
    return new if new and _follows(channel, thread, user) else []


def followed_threads(channel: Channel, user: str) -> list[Message]:
    """The first messages of the threads a person follows here."""
    parents = [channel.messages[ts] for ts in channel.threads() if ts in channel.messages]
    return [parent for parent in parents if _follows(channel, parent.ts, user)]


def threads_with_news(channel: Channel, user: str) -> int:
    return sum(bool(unread_replies(channel, ts, user)) for ts in channel.threads())


def _follows(channel: Channel, thread: str, user: str) -> bool:
    """As in Slack: whoever wrote in it or was mentioned."""
    parent = channel.messages.get(thread)
    written = [*([parent] if parent else []), *channel.replies(thread)]
    return any(m.user == user or f"<@{user}>" in m.text for m in written)


def mentions(message: Message, user: str) -> bool:
    return any(found[1] in (None, user) for found in MENTION.finditer(message.text))


def _note(world: World, channel: Channel, message: Message, act: str) -> None:
    names = (
        "ts",
        "user",
        "text",
        "blocks",
        "from_app",
        "thread_ts",
        "broadcast",
        "only_for",
        "metadata",
        "edited",
        "subtype",
    )
    shown = {name: getattr(message, name) for name in names}
    world.note("message", act=act, channel=channel.id, message=shown)


def tell_readers(world: World, channel: Channel) -> None:
    """Have the pages of all who may see a conversation read it again."""
    readers = world.changes.tell_all if channel.kind == "public" else partial(world.changes.tell, channel.members)
    readers("sidebar", f"conversation:{channel.id}")


def _refresh(world: World, channel: Channel, message: Message) -> None:
    if message.only_for:
        world.changes.tell([message.only_for], "sidebar", f"conversation:{channel.id}")
    else:
        tell_readers(world, channel)
