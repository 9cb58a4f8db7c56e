"""People, conversations, messages and views in the shapes Slack gives them to apps."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.state import Channel, Json, Message, Person
from sandbox.views.stacks import View
from sandbox.world import World


def user(world: World, person: Person) -> Json:
    shown: Json = {
        "id": person.id,
        "team_id": world.workspace.id,
        "name": person.handle,
        "deleted": person.deleted,
        "color": person.color,
        "real_name": person.name,
        "profile": _profile(world, person),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    # Slack leaves zone and roles out for people who were deactivated.
    return shown if person.deleted else shown | _zone(world, person) | _roles(person)


def _profile(world: World, person: Person) -> Json:
    profile = {
        "title": person.title,
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": "",
        "display_name_normalized": "",
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "team": world.workspace.id,
    }
    if "users:read.email" in world.scopes:
        profile["email"] = f"{person.handle}@{world.workspace.domain}.example"
    return profile


def _zone(world: World, person: Person) -> Json:
    moment = datetime.fromtimestamp(world.clock.now(), ZoneInfo(person.tz))
    offset = moment.utcoffset()
    return {"tz": person.tz, "tz_label": moment.tzname(), "tz_offset": int(offset.total_seconds()) if offset else 0}


def _roles(person: Person) -> Json:
    return {
        "is_admin": person.is_admin,
        "is_owner": person.is_admin,
        "is_primary_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
    }


def channel(world: World, channel: Channel) -> Json:
    if channel.kind == "dm":
        other = channel.other(world.workspace.bot_user)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_im": True,
            "is_org_shared": False,
            "is_archived": False,
            "user": other,
            "is_user_deleted": world.workspace.people[other].deleted,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        # A private channel made today has a C id, but still calls itself a group in no field but this.
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_archived": channel.archived,
        "is_general": False,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_member": world.workspace.bot_user in channel.members,
        "created": channel.created,
        "creator": channel.creator,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def message(world: World, channel: Channel, message: Message, *, with_metadata: bool = False) -> Json:
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = world.workspace.id
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.from_app:
        shown |= {"bot_id": world.workspace.bot_id, "app_id": world.workspace.app_id}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.ts}
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _thread(channel, message)


def _thread(channel: Channel, message: Message) -> Json:
    if message.is_reply:
        return {"thread_ts": message.thread_ts, "parent_user_id": _parent_user(channel, message)}
    replies = channel.replies(message.ts)
    if not replies:
        return {}
    repliers = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(repliers),
        "reply_users": repliers,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _parent_user(channel: Channel, message: Message) -> str | None:
    parent = channel.messages.get(message.thread_ts or "")
    return parent.user if parent else None


def view(world: World, view: View, *, values: Json | None = None) -> Json:
    """A view as methods and payloads show it; typed values travel only in payloads of an act."""
    blank = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None, "submit": None}
    return {
        **blank,
        "title": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **view.content,
        "id": view.id,
        "team_id": world.workspace.id,
        "state": {"values": values or {}},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": world.workspace.app_id,
        "app_installed_team_id": world.workspace.id,
        "bot_id": world.workspace.bot_id,
    }
