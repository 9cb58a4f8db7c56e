"""The events of the Events API: who hears of what, and in which shape."""

from typing import Any

from sandbox import objects
from sandbox.manifest import may_hear
from sandbox.state import Channel, Json, Message
from sandbox.world import World

MESSAGE_EVENTS = {
    "public": "message.channels",
    "private": "message.groups",
    "dm": "message.im",
    "mpim": "message.mpim",
}
CHANNEL_TYPES = {"public": "channel", "private": "group", "dm": "im", "mpim": "mpim"}


def announce(world: World, name: str, event: Json) -> None:
    """Send an event if the app has a token here, subscribes to `name`, and was granted what that needs.

    Once the token has ended, not even a retry comes.
    """
    installation = world.installation
    if world.has_token and _is_subscribed(world, name):
        world.deliveries.announce(
            _wrapped(world, event), is_wanted=lambda: world.has_token and world.installation is installation
        )


def take_leave(world: World, event: Json) -> None:
    """Send one of the last events of an installation, which come whatever has become of it meanwhile."""
    if _is_subscribed(world, event["type"]):
        world.deliveries.announce(_wrapped(world, event))


def _is_subscribed(world: World, name: str) -> bool:
    return name in world.manifest.events and may_hear(name, world.scopes)


def _wrapped(world: World, event: Json) -> Json:
    workspace = world.workspace
    event.setdefault("event_ts", f"{world.clock.now():.6f}")
    event_id = workspace.new_id("Ev")
    authorization = {
        "enterprise_id": None,
        "team_id": workspace.id,
        "user_id": workspace.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "deprecated",
        "team_id": workspace.id,
        "context_team_id": workspace.id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(world.clock.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": _is_shared(world, event.get("channel")),
        "event_context": f"context-{event_id}",
    }


def _is_shared(world: World, channel_id: Any) -> bool:
    channel = world.workspace.channels.get(channel_id) if isinstance(channel_id, str) else None
    return channel is not None and channel.is_shared


def message(world: World, channel: Channel, event: Json) -> None:
    """Messages are heard only in conversations the app is in."""
    if world.workspace.bot_user in channel.members:
        where = {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
        announce(world, MESSAGE_EVENTS[channel.kind], {**event, **where})


def mention(world: World, channel: Channel, event: Json) -> None:
    """A message that names the app, which in direct messages is none, and where the app is not goes unheard."""
    said = event.get("subtype") in (None, "file_share", "thread_broadcast")
    if said and f"<@{world.workspace.bot_user}>" in event["text"] and channel.kind != "dm":
        of_message(world, channel, "app_mention", {**event, "type": "app_mention", "channel": channel.id})


def message_changed(world: World, channel: Channel, new: Json, old: Json, *, ts: str) -> None:
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "ts": ts}
    message(world, channel, {**event, "message": new, "previous_message": old})


def message_deleted(world: World, channel: Channel, old: Message, shown: Json, *, ts: str) -> None:
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "ts": ts}
    message(world, channel, {**event, "deleted_ts": old.ts, "previous_message": shown})


def membership(world: World, channel: Channel, user: str, *, joined: bool, by: str | None = None) -> None:
    """Tell the app who came or went in its channels.

    Sources disagree on whether an app hears member_left_channel about itself; the stricter reading is that it gets
    channel_left or group_left alone.
    """
    if user == world.workspace.bot_user and not joined:
        name = "channel_left" if channel.kind == "public" else "group_left"
        announce(world, name, {"type": name, "channel": channel.id, "actor_id": by or user})
        return
    if world.workspace.bot_user in channel.members:
        name = "member_joined_channel" if joined else "member_left_channel"
        event = {"type": name, "user": user, "channel": channel.id, "team": _team_of(world, user)}
        event["channel_type"] = {"public": "C", "private": "G", "dm": "D", "mpim": "G"}[channel.kind]
        announce(world, name, event | ({"inviter": by} if by else {}))


def _team_of(world: World, user: str) -> str:
    return world.workspace.team_of(world.workspace.people[user])


def channel_created(world: World, channel: Channel) -> None:
    """Every app hears of a new public channel, and none of a private one."""
    if channel.kind == "public":
        announce(world, "channel_created", {"type": "channel_created", "channel": objects.renamed(channel)})


def channel_renamed(world: World, channel: Channel) -> None:
    _of_channel(world, channel, "rename", {"channel": objects.renamed(channel)})


def archived(world: World, channel: Channel, user: str) -> None:
    _of_channel(world, channel, "archive", {"channel": channel.id, "user": user, "is_moved": 0})


def unarchived(world: World, channel: Channel, user: str) -> None:
    _of_channel(world, channel, "unarchive", {"channel": channel.id, "user": user})


def channel_deleted(world: World, channel: Channel, user: str) -> None:
    _of_channel(world, channel, "deleted", {"channel": channel.id, "actor_id": user})


def _of_channel(world: World, channel: Channel, what: str, event: Json) -> None:
    """Slack does not say whether apps hear this of channels they are not in; here they do not."""
    if world.workspace.bot_user in channel.members:
        name = f"{'channel' if channel.kind == 'public' else 'group'}_{what}"
        announce(world, name, {"type": name, **event})


def of_message(world: World, channel: Channel, name: str, event: Json) -> None:
    """What happens to a message is heard only in conversations the app is in."""
    if world.workspace.bot_user in channel.members:
        announce(world, name, {"type": name, **event})


def home_opened(world: World, user: str, *, tab: str, channel: str, view: Json | None) -> None:
    event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
    announce(world, "app_home_opened", event | ({"view": view} if view else {}))
