"""pins.* and bookmarks.*"""

import re

from sandbox import messages
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3
from sandbox.methods.call import Method, MethodCall, invalid_arguments
from sandbox.state import Bookmark, Channel, Json
from sandbox.team import pins

MOST_PINS = 100


def add(call: MethodCall) -> Json:
    channel = _channel(call)
    message = call.message(channel, "timestamp")
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if message.subtype and message.subtype not in messages.SPOKEN:
        raise SlackError("not_pinnable")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    pins.add(call.world, channel, message, user=call.bot)
    return {}


def remove(call: MethodCall) -> Json:
    channel = _channel(call)
    message = call.message(channel, "timestamp")
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    pins.remove(call.world, channel, message, user=call.bot)
    return {}


def _channel(call: MethodCall) -> Channel:
    if not call.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.joined_channel()
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def list_pins(call: MethodCall) -> Json:
    """All at once, newest first: this list has no pages."""
    channel = call.joined_channel()
    pinned = [channel.messages[ts] for ts in reversed(channel.pins)]
    return {"items": [pins.listed(call.world, channel, message) for message in pinned]}


def add_bookmark(call: MethodCall) -> Json:
    channel = _bookmarked(call)
    title = call.required("title")
    if call.required("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if len(channel.bookmarks) >= pins.MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    link, emoji = _link(call), _emoji(call)
    made = pins.bookmark(call.world, channel, title=title, link=link, emoji=emoji, user=call.bot)
    return {"bookmark": _shown(call, channel, made)}


def edit_bookmark(call: MethodCall) -> Json:
    channel, bookmark = _named(call)
    if not any(call.text(name) for name in ("title", "link", "emoji")):
        raise invalid_arguments("[ERROR] one of title, link and emoji is needed")
    bookmark.title = call.text("title", bookmark.title)
    bookmark.link = _link(call) if call.text("link") else bookmark.link
    bookmark.emoji = _emoji(call) or bookmark.emoji
    bookmark.by, bookmark.updated = call.bot, int(call.world.clock.now())
    messages.tell_readers(call.world, channel)
    return {"bookmark": _shown(call, channel, bookmark)}


def remove_bookmark(call: MethodCall) -> Json:
    channel, bookmark = _named(call)
    pins.remove_bookmark(call.world, channel, bookmark.id)
    return {}


def list_bookmarks(call: MethodCall) -> Json:
    channel = _bookmarked(call)
    return {"bookmarks": [_shown(call, channel, bookmark) for bookmark in channel.bookmarks.values()]}


def _bookmarked(call: MethodCall) -> Channel:
    channel = call.channel("channel_id")
    if call.bot not in channel.members or channel.archived:
        raise SlackError("permission_denied")
    return channel


def _named(call: MethodCall) -> tuple[Channel, Bookmark]:
    channel = _bookmarked(call)
    bookmark = channel.bookmarks.get(call.required("bookmark_id"))
    if bookmark is None:
        raise SlackError("not_found")
    return channel, bookmark


def _link(call: MethodCall) -> str:
    if not pins.ADDRESS.fullmatch(call.text("link")):
        raise SlackError("invalid_link")
    return call.text("link")


def _emoji(call: MethodCall) -> str:
    if call.text("emoji") and not re.fullmatch(r":[a-z0-9_+'-]+:", call.text("emoji")):
        raise SlackError("invalid_emoji")
    return call.text("emoji")


def _shown(call: MethodCall, channel: Channel, bookmark: Bookmark) -> Json:
    return {
        "id": bookmark.id,
        "channel_id": channel.id,
        "title": bookmark.title,
        "link": bookmark.link,
        "emoji": bookmark.emoji,
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": bookmark.created,
        "date_updated": bookmark.updated,
        "rank": "a",
        "last_updated_by_user_id": bookmark.by,
        "last_updated_by_team_id": call.world.workspace.id,
        "shortcut_id": None,
        "app_id": call.world.workspace.app_id if bookmark.by == call.bot else None,
    }


METHODS = {
    "pins.add": Method(add, TIER_2, "pins:write"),
    "pins.remove": Method(remove, TIER_2, "pins:write"),
    "pins.list": Method(list_pins, TIER_2, "pins:read", takes_json=False),
    "bookmarks.add": Method(add_bookmark, TIER_2, "bookmarks:write"),
    "bookmarks.edit": Method(edit_bookmark, TIER_2, "bookmarks:write"),
    "bookmarks.remove": Method(remove_bookmark, TIER_2, "bookmarks:write"),
    "bookmarks.list": Method(list_bookmarks, TIER_3, "bookmarks:read"),
}
