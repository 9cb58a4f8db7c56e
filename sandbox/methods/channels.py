"""Channels are made and renamed, get a topic and a purpose, are archived and brought back: conversations.create..."""

import re

from sandbox import objects
from sandbox.errors import SlackError
from sandbox.limits import TIER_2
from sandbox.methods.call import MANAGE_SCOPES, Method, MethodCall
from sandbox.state import Channel, Json
from sandbox.team import conversations

MOST_NAME = 80
MOST_TOPIC = 250


def create(call: MethodCall) -> Json:
    private = call.flag("is_private")
    call.need(MANAGE_SCOPES["private" if private else "public"])
    name = checked_name(call)
    channel = conversations.create(call.world, name, private=private, by=call.bot)
    return {"channel": {**objects.channel(call.world, channel), "last_read": "0000000000.000000", "priority": 0}}


def checked_name(call: MethodCall) -> str:
    name = call.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > MOST_NAME:
        raise SlackError("invalid_name_maxlength")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise SlackError("invalid_name_specials")
    if not re.search(r"[^\W_]", name):
        raise SlackError("invalid_name_punctuation")
    # A private channel keeps its name from others as well, and so does one that was archived.
    if name in {channel.name for channel in call.world.workspace.channels.values()}:
        raise SlackError("name_taken")
    return name


def rename(call: MethodCall) -> Json:
    """Only whoever made a channel may rename it, or an admin, which no app is."""
    channel = _open(call.managed_channel())
    if channel.creator != call.bot:
        raise SlackError("not_authorized")
    conversations.rename(call.world, channel, checked_name(call), by=call.bot)
    return _shown(call, channel)


def archive(call: MethodCall) -> Json:
    channel = _open(call.managed_channel(), "already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    conversations.archive(call.world, channel, by=call.bot)
    return {}


def unarchive(call: MethodCall) -> Json:
    channel = call.managed_channel()
    if not channel.archived:
        raise SlackError("not_archived")
    conversations.unarchive(call.world, channel, by=call.bot)
    return {}


def set_topic(call: MethodCall) -> Json:
    channel = _open(call.managed_channel(or_scope="write.topic"))
    conversations.set_topic(call.world, channel, _checked_heading(call, "topic"), by=call.bot)
    return _shown(call, channel)


def set_purpose(call: MethodCall) -> Json:
    channel = _open(call.managed_channel(or_scope="write.topic"))
    conversations.set_purpose(call.world, channel, _checked_heading(call, "purpose"), by=call.bot)
    return _shown(call, channel)


def _checked_heading(call: MethodCall, name: str) -> str:
    """A topic or purpose; an empty one takes it away, but it must be given."""
    if call.args.get(name) is None:
        raise SlackError("missing_argument")
    if len(call.text(name)) > MOST_TOPIC:
        raise SlackError("too_long")
    return call.text(name)


def _open(channel: Channel, refusal: str = "is_archived") -> Channel:
    if channel.archived:
        raise SlackError(refusal)
    return channel


def _shown(call: MethodCall, channel: Channel) -> Json:
    return {"channel": objects.channel(call.world, channel)}


_MANAGE = (MANAGE_SCOPES["public"], MANAGE_SCOPES["private"])
_DESCRIBE = (*_MANAGE, "channels:write.topic", "groups:write.topic")

METHODS = {
    "conversations.create": Method(create, TIER_2, one_of=_MANAGE),
    "conversations.rename": Method(rename, TIER_2, one_of=_MANAGE),
    "conversations.archive": Method(archive, TIER_2, one_of=_MANAGE),
    "conversations.unarchive": Method(unarchive, TIER_2, one_of=_MANAGE),
    "conversations.setTopic": Method(set_topic, TIER_2, one_of=_DESCRIBE),
    "conversations.setPurpose": Method(set_purpose, TIER_2, one_of=_DESCRIBE),
}
