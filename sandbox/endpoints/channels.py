"""What people do with channels themselves: make them, say what they are for, close and reopen them."""

import re

from sandbox.endpoints.reads import actor, readable_channel
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Person
from sandbox.team import conversations
from sandbox.world import World

DIRECT = ("dm", "mpim")
PAIR = 2
NAME = re.compile(r"[\w-]{1,80}")
MOST_TOPIC = 250


def create(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    name = fields["name"].strip().removeprefix("#")
    if person.is_guest or person.is_external:
        raise PageError("not_allowed")
    _check_name(world, name)
    channel = conversations.create(world, name, private=bool(fields.get("private")), by=person.id)
    return {"channel": channel.id}


def rename(world: World, fields: Json) -> Json:
    person, channel = own_channel(world, fields)
    name = fields["name"].strip().removeprefix("#")
    _check_name(world, name)
    conversations.rename(world, channel, name, by=person.id)
    return {}


def _check_name(world: World, name: str) -> None:
    if not NAME.fullmatch(name) or name != name.lower():
        raise PageError("invalid_name")
    if name in {channel.name for channel in world.workspace.channels.values()}:
        raise PageError("name_taken")


def topic(world: World, fields: Json) -> Json:
    person, channel = own_channel(world, fields)
    text = fields["topic"].strip()
    if len(text) > MOST_TOPIC:
        raise PageError("too_long")
    conversations.set_topic(world, channel, text, by=person.id)
    return {}


def make_private(world: World, fields: Json) -> Json:
    _person, channel = own_channel(world, fields)
    if channel.kind != "public":
        raise PageError("already_private")
    if channel.is_general:
        raise PageError("not_allowed")
    conversations.make_private(world, channel)
    return {}


def archive(world: World, fields: Json) -> Json:
    channel = world.workspace.channels.get(fields["channel"])
    if channel is None or channel.kind in DIRECT or channel.archived:
        raise PageError("no_such_channel")
    conversations.archive(world, channel, by=fields.get("as", channel.creator))
    return {}


def unarchive(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    if not channel.archived:
        raise PageError("not_archived")
    conversations.unarchive(world, channel, by=person.id)
    return {}


def group(world: World, fields: Json) -> Json:
    """Begin, or find again, a direct message with several others."""
    person = actor(world, fields)
    users = list(dict.fromkeys([person.id, *fields["users"]]))
    people = [world.workspace.people.get(user) for user in users]
    if len(users) == 1 or any(found is None or found.deleted or not found.is_human for found in people):
        raise PageError("no_such_person")
    now = world.clock.now()
    channel = world.workspace.dm(*users, now=now) if len(users) == PAIR else world.workspace.group_dm(users, now=now)
    world.changes.tell(users, "sidebar")
    return {"channel": channel.id}


def own_channel(world: World, fields: Json) -> tuple[Person, Channel]:
    """A channel that is open, and one of its members."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    if channel.kind in DIRECT:
        raise PageError("no_such_channel")
    if person.id not in channel.members:
        raise PageError("not_in_channel")
    if channel.archived:
        raise PageError("is_archived")
    return person, channel


ACTS = {
    "channel/create": create,
    "channel/rename": rename,
    "channel/topic": topic,
    "channel/private": make_private,
    "archive": archive,
    "unarchive": unarchive,
    "group": group,
}
