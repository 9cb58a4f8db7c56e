"""Conversations are made and renamed, joined and left, archived and brought back."""

from typing import Any

from sandbox import messages
from sandbox.delivery import events
from sandbox.state import Channel, Heading, Kind, Person
from sandbox.world import World


def may_read(channel: Channel, person: Person) -> bool:
    """Members may; anyone may look into a public channel, except guests and people from outside."""
    outsider = person.is_guest or person.is_external
    return person.id in channel.members or (channel.kind == "public" and not outsider)


def create(world: World, name: str, *, private: bool, by: str) -> Channel:
    kind: Kind = "private" if private else "public"
    created = int(world.clock.now())
    channel = Channel(world.workspace.new_id("C"), name, kind, [by], created, creator=by)
    world.workspace.channels[channel.id] = channel
    _note(world, channel, "created")
    events.channel_created(world, channel)
    announce_join(world, channel, by, by=None)
    world.changes.tell_all("sidebar")
    return channel


def add(world: World, channel: Channel, user: str, *, by: str | None) -> None:
    """Let somebody in; `by` is who invited them."""
    channel.members.append(user)
    announce_join(world, channel, user, by=by)


def announce_join(world: World, channel: Channel, user: str, *, by: str | None) -> None:
    world.note("membership", act="joined", channel=channel.id, user=user)
    events.membership(world, channel, user, joined=True, by=by)
    details = {"inviter": by} if by else {}
    _say(world, channel, user, "channel_join", f"<@{user}> has joined the channel", **details)


def remove(world: World, channel: Channel, user: str, *, by: str) -> None:
    """Let somebody go, or take them out."""
    _say(world, channel, user, "channel_leave", f"<@{user}> has left the channel")
    channel.members.remove(user)
    world.note("membership", act="left", channel=channel.id, user=user)
    events.membership(world, channel, user, joined=False, by=by)
    world.changes.tell([by, user], "sidebar")


def rename(world: World, channel: Channel, name: str, *, by: str) -> None:
    old, channel.name = channel.name, name
    channel.previous_names.append(old)
    _note(world, channel, "renamed")
    text = f'has renamed the channel from "{old}" to "{name}"'
    _say(world, channel, by, "channel_name", text, old_name=old, name=name)
    events.channel_renamed(world, channel)
    messages.tell_readers(world, channel)


def set_topic(world: World, channel: Channel, topic: str, *, by: str) -> None:
    channel.topic = Heading(topic, by, int(world.clock.now()))
    _say(world, channel, by, "channel_topic", f"set the channel topic: {topic}", topic=topic)
    messages.tell_readers(world, channel)


def set_purpose(world: World, channel: Channel, purpose: str, *, by: str) -> None:
    channel.purpose = Heading(purpose, by, int(world.clock.now()))
    _say(world, channel, by, "channel_purpose", f"set the channel description: {purpose}", purpose=purpose)
    messages.tell_readers(world, channel)


def archive(world: World, channel: Channel, *, by: str) -> None:
    _say(world, channel, by, "channel_archive", "archived the channel")
    channel.archived = True
    _note(world, channel, "archived")
    events.archived(world, channel, by)
    messages.tell_readers(world, channel)


def unarchive(world: World, channel: Channel, *, by: str) -> None:
    channel.archived = False
    _note(world, channel, "unarchived")
    _say(world, channel, by, "channel_unarchive", "un-archived the channel")
    events.unarchived(world, channel, by)
    messages.tell_readers(world, channel)


def delete(world: World, channel: Channel, *, by: str) -> None:
    """Take a channel away with everything in it, as only people can."""
    del world.workspace.channels[channel.id]
    _note(world, channel, "deleted")
    events.channel_deleted(world, channel, by)
    world.changes.tell_all("sidebar")


def make_private(world: World, channel: Channel) -> None:
    """Turn a public channel private, as only people can; for an app that is not in it, it is gone.

    Slack has no event for this that apps get; the next conversations.info tells.
    """
    messages.tell_readers(world, channel)  # Also whoever does not see it any more.
    channel.kind = "private"
    _note(world, channel, "became_private")


def _say(world: World, channel: Channel, user: str, subtype: str, text: str, **details: Any) -> None:
    messages.post(world, channel, user=user, text=text, subtype=subtype, details=details)


def _note(world: World, channel: Channel, act: str) -> None:
    about = {"name": channel.name, "channel_kind": channel.kind, "members": list(channel.members)}
    world.note("channel", act=act, channel=channel.id, **about)
