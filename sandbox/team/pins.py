"""Messages are pinned to their conversation, and links are kept at its top."""

import re

from sandbox import messages, objects
from sandbox.delivery import events
from sandbox.state import Bookmark, Channel, Json, Message, Pin
from sandbox.world import World

MOST_BOOKMARKS = 100
ADDRESS = re.compile(r"https?://\S+")
"""What a bookmark may lead to."""


def add(world: World, channel: Channel, message: Message, *, user: str) -> None:
    channel.pins[message.ts] = Pin(user, int(world.clock.now()))
    about = {"user": user, "item": listed(world, channel, message)}
    _announce(world, channel, message, "pin_added", about)


def remove(world: World, channel: Channel, message: Message, *, user: str) -> None:
    about = {"user": user, "item": listed(world, channel, message), "has_pins": len(channel.pins) > 1}
    del channel.pins[message.ts]
    _announce(world, channel, message, "pin_removed", about)


def listed(world: World, channel: Channel, message: Message) -> Json:
    pin = channel.pins[message.ts]
    shown = objects.item(world, channel, message)
    return {"type": "message", "channel": channel.id, "message": shown, "created": pin.at, "created_by": pin.by}


def _announce(world: World, channel: Channel, message: Message, event: str, about: Json) -> None:
    where = {"channel_id": channel.id, "item_user": message.user, "pin_count": len(channel.pins)}
    events.of_message(world, channel, event, {**about, **where})
    messages.tell_readers(world, channel)


def bookmark(world: World, channel: Channel, *, title: str, link: str, emoji: str, user: str) -> Bookmark:
    """Keep a link at the top of a conversation. Apps hear nothing of it."""
    made = Bookmark(world.workspace.new_id("Bk"), title, link, user, int(world.clock.now()), emoji)
    channel.bookmarks[made.id] = made
    messages.tell_readers(world, channel)
    return made


def remove_bookmark(world: World, channel: Channel, bookmark_id: str) -> None:
    del channel.bookmarks[bookmark_id]
    messages.tell_readers(world, channel)
