"""User groups, which Slack calls subteams in events."""

from sandbox.state import Json, UserGroup
from sandbox.world import World


def group(world: World, group: UserGroup, *, with_users: bool = False) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": world.workspace.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": group.created,
        "date_update": group.updated or group.created,
        "date_delete": group.deleted,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": group.by,
        "updated_by": group.by,
        "deleted_by": group.by if group.deleted else None,
        "prefs": {"channels": group.channels, "groups": []},
        "user_count": len(group.members),
        "channel_count": len(group.channels),
    }
    return shown | ({"users": list(group.members)} if with_users else {})
