"""What the page shows, computed for one person: nobody is shown what Slack would hide from them."""

from urllib.parse import urlencode

from sandbox import messages, objects
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Person, UserGroup
from sandbox.team.conversations import may_read
from sandbox.views.stacks import View
from sandbox.world import World


def actor(world: World, fields: Json) -> Person:
    """The person acting; someone who was deactivated cannot."""
    person = world.workspace.people.get(fields["as"])
    if person is None or not person.is_human:
        raise PageError("no_such_person")
    if person.deleted:
        raise PageError("deactivated")
    return person


def readable_channel(world: World, person: Person, channel_id: str) -> Channel:
    """A conversation the person may read; others do not exist for them."""
    channel = world.workspace.channels.get(channel_id)
    if channel is None or not may_read(channel, person):
        raise PageError("no_such_channel")
    return channel


def workspaces(world: World, _: Json) -> Json:
    worlds = world.slack.worlds.values()
    found = [(each.workspace, each.installation) for each in worlds]
    return {"workspaces": [{"id": w.id, "name": w.name, "installed": i is not None} for w, i in found]}


def workspace(world: World, _: Json) -> Json:
    state, manifest = world.workspace, world.manifest
    return {
        "team": {"id": state.id, "name": state.name},
        "workspaces": [_workspace(each) for each in world.slack.worlds.values()],
        "people": [_person(person) for person in state.humans()],
        "commands": [_command(command) for command in manifest.commands.values()] if world.installation else [],
        "message_shortcuts": _shortcuts(world, manifest.shortcuts),
        "global_shortcuts": _shortcuts(world, manifest.global_shortcuts),
        "emoji": sorted(state.emoji),
        "usergroups": [_usergroup(group) for group in state.groups.values()],
        "app": _app(world),
    }


def _usergroup(group: UserGroup) -> Json:
    return {name: getattr(group, name) for name in ("id", "handle", "name", "members")}


def _workspace(world: World) -> Json:
    """Whoever comes there acts as its host: an admin, who can set things up."""
    people = [person for person in world.workspace.humans() if not person.deleted]
    host = next((person for person in people if person.is_admin), people[0]) if people else None
    return {"id": world.workspace.id, "name": world.workspace.name, "host": host and host.id}


def _app(world: World) -> Json:
    manifest = world.manifest
    query = {"client_id": world.slack.client_id, "scope": ",".join(manifest.scopes)}
    return {
        "id": world.workspace.app_id,
        "name": manifest.app_name,
        "user_id": world.workspace.bot_user,
        "home_tab": manifest.home_tab,
        "takes_messages": manifest.messages_tab and not manifest.messages_tab_read_only,
        "connected": len(world.connections) > 0 or not manifest.socket_mode,
        "installed": world.installation is not None,
        "install_url": f"oauth/v2/authorize?{urlencode(query)}",
        "scopes": list(world.scopes),
        "events": sorted(manifest.events),
    }


PROFILE = ("id", "name", "title", "tz", "color", "is_admin", "is_guest", "is_external", "deleted", "is_set_away")


def _person(person: Person) -> Json:
    names = (*PROFILE, "status_text", "status_emoji", "dnd")
    initials = "".join(word[0] for word in person.name.split())[:2].upper()
    return {**{name: getattr(person, name) for name in names}, "initials": initials}


def _shortcuts(world: World, declared: dict[str, Json]) -> list[Json]:
    names = ("name", "callback_id", "description")
    found = declared.values() if world.installation else ()
    return [{name: shortcut.get(name, "") for name in names} for shortcut in found]


def _command(command: Json) -> Json:
    return {name: command.get(name, "") for name in ("command", "description", "usage_hint")}


def sidebar(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    now = world.clock.now()
    rooms = [c for c in world.workspace.channels.values() if c.kind in ("public", "private")]
    groups = [c for c in world.workspace.channels.values() if c.kind == "mpim" and person.id in c.members]
    others = [other for other in world.workspace.humans() if other is not person and not other.deleted]
    app_dm = world.workspace.app_dm(person.id, now=now)
    clock = {"now": now, "wake_at": world.followers.wake_at, "in_flight": world.followers.in_flight}
    clock["runs"] = world.clock.runs
    return {
        "channels": [_room(c, person) for c in rooms if may_read(c, person)],
        "dms": [_dm(world.workspace.dm(person.id, o.id, now=now), person, o) for o in others],
        "groups": [_group(world, c, person) for c in groups],
        "app_dm": {"id": app_dm.id, "unread": len(messages.unread(app_dm, person.id))},
        "threads": {"unread": _new_replies(world, person)},
        "clock": clock,
    }


def _new_replies(world: World, person: Person) -> int:
    """In how many threads that the person follows there is something new."""
    mine = [channel for channel in world.workspace.channels.values() if person.id in channel.members]
    return sum(messages.threads_with_news(channel, person.id) for channel in mine)


def _room(channel: Channel, person: Person) -> Json:
    is_member = person.id in channel.members
    new = messages.unread(channel, person.id) if is_member else []
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.kind == "private",
        "is_member": is_member,
        "archived": channel.archived,
        "unread": len(new),
        "mentions": sum(messages.mentions(message, person.id) for message in new),
    }


def _dm(channel: Channel, person: Person, other: Person) -> Json:
    unread = len(messages.unread(channel, person.id))
    return {"id": channel.id, "user_id": other.id, "name": other.name, "unread": unread}


def _group(world: World, channel: Channel, person: Person) -> Json:
    others = [world.workspace.people[user] for user in channel.members if user != person.id]
    unread = len(messages.unread(channel, person.id))
    return {"id": channel.id, "name": ", ".join(other.name for other in others), "unread": unread}


def home(world: World, fields: Json) -> Json:
    view = world.views.home(actor(world, fields).id)
    return {"view": view and objects.view(world, view)}


def modals(world: World, fields: Json) -> Json:
    stack = world.views.stack(actor(world, fields).id)
    return {"stack": [_modal(world, view) for view in stack]}


def _modal(world: World, view: View) -> Json:
    about = {"errors": view.errors, "notice": view.notice, "conversation": view.conversation}
    return {"view": objects.view(world, view), **about}


def deliveries(world: World, _: Json) -> Json:
    return {"deliveries": [delivery.to_dict() for delivery in world.log.deliveries()]}


READS = {
    "workspace": workspace,
    "workspaces": workspaces,
    "sidebar": sidebar,
    "home": home,
    "modals": modals,
    "deliveries": deliveries,
}
