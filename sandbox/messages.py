"""Messages come, change and go; whoever may see them is told."""

import copy
import re
from typing import Any

from sandbox import objects
from sandbox.delivery import events
from sandbox.state import Channel, Message
from sandbox.world import World

MENTION = re.compile(r"<@([A-Z0-9]+)>|<!(?:channel|here|everyone)>")


def post(world: World, channel: Channel, *, user: str, text: str, **fields: Any) -> Message:
    """Add a message; `fields` are those of Message."""
    message = Message(channel.next_ts(world.clock.now()), user, text, **fields)
    channel.add(message)
    _note(world, channel, message, "posted")
    if not message.is_reply:
        channel.read_up_to[user] = message.ts
    _refresh(world, channel, message)
    if message.only_for is None:
        events.message(world, channel, objects.message(world, channel, message))
    return message


def change(world: World, channel: Channel, message: Message, **fields: Any) -> None:
    before = objects.message(world, channel, copy.copy(message))
    for name, value in fields.items():
        setattr(message, name, value)
    _note(world, channel, message, "changed")
    _refresh(world, channel, message)
    if message.only_for is None:
        now_shown = objects.message(world, channel, message)
        ts = f"{world.clock.now():.6f}"
        events.message_changed(world, channel, now_shown, before, ts=ts)


def remove(world: World, channel: Channel, message: Message) -> None:
    shown = objects.message(world, channel, message)
    channel.remove(message)
    _note(world, channel, message, "deleted")
    _refresh(world, channel, message)
    if message.only_for is None:
        events.message_deleted(world, channel, message, shown, ts=f"{world.clock.now():.6f}")


def unread(channel: Channel, user: str) -> list[Message]:
    read = channel.read_up_to.get(user, "0")
    new = [m for m in channel.visible_to(user) if m.ts > read and m.user != user]
    return [m for m in new if not m.subtype and (m.broadcast or not m.is_reply)]


def mentions(message: Message, user: str) -> bool:
    return any(found[1] in (None, user) for found in MENTION.finditer(message.text))


def _note(world: World, channel: Channel, message: Message, act: str) -> None:
    names = ("ts", "user", "text", "blocks", "from_app", "thread_ts", "only_for", "metadata", "edited", "subtype")
    shown = {name: getattr(message, name) for name in names}
    world.note("message", act=act, channel=channel.id, message=shown)


def _refresh(world: World, channel: Channel, message: Message) -> None:
    if message.only_for:
        world.changes.tell([message.only_for], "sidebar", f"conversation:{channel.id}")
    elif channel.kind == "public":
        world.changes.tell_all("sidebar", f"conversation:{channel.id}")
    else:
        world.changes.tell(channel.members, "sidebar", f"conversation:{channel.id}")
