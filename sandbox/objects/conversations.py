"""Channels, direct messages and group direct messages."""

from sandbox.state import Channel, Heading, Json
from sandbox.world import World


def channel(world: World, channel: Channel) -> Json:
    return _dm(world, channel) if channel.kind == "dm" else _room(world, channel)


def _dm(world: World, channel: Channel) -> Json:
    other = channel.other(world.workspace.bot_user)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_im": True,
        "is_org_shared": False,
        "is_archived": False,
        "context_team_id": world.workspace.id,
        "updated": channel.created * 1000,
        "user": other,
        "is_user_deleted": world.workspace.people[other].deleted,
        "priority": 0,
    }


def _room(world: World, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        # A private channel made today has a C id, but still calls itself a group in no field but this.
        "is_group": False,
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "created": channel.created,
        "is_archived": channel.archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "name_normalized": channel.name,
        "is_member": world.workspace.bot_user in channel.members,
        "creator": channel.creator,
        "context_team_id": world.workspace.id,
        "updated": channel.created * 1000,
        "parent_conversation": None,
        "topic": _heading(channel.topic),
        "purpose": _heading(channel.purpose),
        "previous_names": channel.previous_names,
        **_sharing(world, channel),
    }


def _sharing(world: World, channel: Channel) -> Json:
    own, partner = world.workspace.id, world.workspace.partner_id
    shown: Json = {
        "is_shared": channel.is_shared,
        "is_org_shared": False,
        "is_ext_shared": channel.is_shared,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [own, partner] if channel.is_shared else [own],
    }
    return shown | ({"connected_team_ids": [partner], "internal_team_ids": [own]} if channel.is_shared else {})


def _heading(heading: Heading) -> Json:
    return {"value": heading.value, "creator": heading.by, "last_set": heading.at}


def renamed(channel: Channel) -> Json:
    """The few fields by which events tell of a channel's making and renaming."""
    return {
        "id": channel.id,
        "is_channel": channel.kind == "public",
        "is_private": channel.kind == "private",
        "is_mpim": False,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "creator": channel.creator,
        "is_shared": channel.is_shared,
        "is_org_shared": False,
        "previous_names": channel.previous_names,
    }
