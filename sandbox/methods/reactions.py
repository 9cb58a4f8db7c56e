"""reactions.*"""

import re

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2, TIER_3
from sandbox.methods.call import Method, MethodCall
from sandbox.methods.paging import page
from sandbox.state import Channel, Json, Message
from sandbox.team import reactions

MOST_EMOJI = 23
"""Different ones on a message."""
NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")
"""Slack refuses what is no emoji. The sandbox keeps no list of all names, so it only refuses what cannot be one."""


def add(call: MethodCall) -> Json:
    name, channel, message = _named(call)
    if channel.archived:
        raise SlackError("is_archived")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise SlackError("too_many_emoji")
    if not reactions.add(call.world, channel, message, name, user=call.bot):
        raise SlackError("already_reacted")
    return {}


def remove(call: MethodCall) -> Json:
    name, channel, message = _named(call)
    if not reactions.remove(call.world, channel, message, name, user=call.bot):
        raise SlackError("no_reaction")
    return {}


def _named(call: MethodCall) -> tuple[str, Channel, Message]:
    name = call.text("name")
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name, *_item(call)


def _item(call: MethodCall) -> tuple[Channel, Message]:
    """Files no longer take reactions of their own, so an item is always a message."""
    if not call.text("channel") or not call.text("timestamp"):
        raise SlackError("no_item_specified")
    channel = call.joined_channel()
    return channel, call.message(channel, "timestamp")


def get(call: MethodCall) -> Json:
    channel, message = _item(call)
    return {"type": "message", "channel": channel.id, "message": objects.item(call.world, channel, message)}


def list_reactions(call: MethodCall) -> Json:
    """What somebody reacted to, newest first, where the app is."""
    user = call.person().id if call.text("user") else call.bot
    found = [
        (f"{message.ts} {channel.id}", (channel, message))
        for channel in call.world.workspace.channels.values()
        if call.bot in channel.members
        for message in channel.messages.values()
        if any(user in users for users in message.reactions.values())
    ]
    chosen, following = page(call, sorted(found, reverse=True), limit=call.limit(100, 1000))
    items = [
        {"type": "message", "channel": channel.id, "message": objects.item(call.world, channel, message)}
        for channel, message in chosen
    ]
    return {"items": items, "response_metadata": {"next_cursor": following}}


METHODS = {
    "reactions.add": Method(add, TIER_3, "reactions:write"),
    "reactions.remove": Method(remove, TIER_2, "reactions:write"),
    "reactions.get": Method(get, TIER_3, "reactions:read", takes_json=False),
    "reactions.list": Method(list_reactions, TIER_2, "reactions:read", takes_json=False),
}
