"""User groups are made, changed, switched off, and given members."""

from sandbox import objects
from sandbox.delivery import events
from sandbox.state import UserGroup
from sandbox.team import conversations
from sandbox.world import World


def create(world: World, *, name: str, handle: str, description: str, channels: list[str], by: str) -> UserGroup:
    group_id, now = world.workspace.new_id("S"), int(world.clock.now())
    group = UserGroup(group_id, handle, name, [], now, by, description, channels)
    world.workspace.groups[group_id] = group
    _announce(world, group, "subteam_created")
    return group


def change(world: World, group: UserGroup, **changes: str | int | list[str]) -> None:
    for name, value in changes.items():
        setattr(group, name, value)
    group.updated = int(world.clock.now())
    _announce(world, group, "subteam_updated")


def set_members(world: World, group: UserGroup, users: list[str]) -> None:
    """Replace the members; newcomers are put into the group's channels."""
    before, previously = group.members, group.updated or group.created
    added = [user for user in users if user not in before]
    removed = [user for user in before if user not in users]
    change(world, group, members=users)
    event = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": world.workspace.id,
        "date_previous_update": previously,
        "date_update": group.updated,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    events.announce(world, "subteam_members_changed", event)
    _put_into_channels(world, group, added)


def _put_into_channels(world: World, group: UserGroup, users: list[str]) -> None:
    for channel_id in group.channels:
        channel = world.workspace.channels[channel_id]
        for user in users:
            if user not in channel.members and not channel.archived:
                conversations.add(world, channel, user, by=group.by)


def _announce(world: World, group: UserGroup, event: str) -> None:
    events.announce(world, event, {"type": event, "subteam": objects.group(world, group, with_users=True)})
    world.changes.tell_all("workspace")
