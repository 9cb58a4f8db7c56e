"""What the page shows, computed for one person: nobody is shown what Slack would hide from them."""

from sandbox import messages, objects
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Message, Person
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
    if channel is None or not _may_read(channel, person):
        raise PageError("no_such_channel")
    return channel


def _may_read(channel: Channel, person: Person) -> bool:
    """Members may; anyone may look into a public channel, except guests."""
    return person.id in channel.members or (channel.kind == "public" and not person.is_guest)


def workspace(world: World, _: Json) -> Json:
    state, manifest = world.workspace, world.manifest
    shortcuts = [{name: s[name] for name in ("name", "callback_id")} for s in manifest.shortcuts.values()]
    app = {
        "id": state.app_id,
        "name": manifest.app_name,
        "user_id": state.bot_user,
        "home_tab": manifest.home_tab,
        "takes_messages": manifest.messages_tab and not manifest.messages_tab_read_only,
    }
    return {
        "team": {"id": state.id, "name": state.name},
        "people": [_person(person) for person in state.humans()],
        "commands": [_command(command) for command in manifest.commands.values()],
        "message_shortcuts": shortcuts,
        "app": {**app, "connected": len(world.connections) > 0},
    }


def _person(person: Person) -> Json:
    names = ("id", "name", "title", "tz", "color", "is_admin", "is_guest", "deleted")
    initials = "".join(word[0] for word in person.name.split())[:2].upper()
    return {**{name: getattr(person, name) for name in names}, "initials": initials}


def _command(command: Json) -> Json:
    return {name: command.get(name, "") for name in ("command", "description", "usage_hint")}


def sidebar(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    now = world.clock.now()
    rooms = [c for c in world.workspace.channels.values() if c.kind != "dm" and not c.archived]
    others = [other for other in world.workspace.humans() if other is not person and not other.deleted]
    app_dm = world.workspace.app_dm(person.id, now=now)
    clock = {"now": now, "wake_at": world.followers.wake_at, "in_flight": world.followers.in_flight}
    return {
        "channels": [_room(c, person) for c in rooms if _may_read(c, person)],
        "dms": [_dm(world.workspace.dm(person.id, o.id, now=now), person, o) for o in others],
        "app_dm": {"id": app_dm.id, "unread": len(messages.unread(app_dm, person.id))},
        "clock": clock,
    }


def _room(channel: Channel, person: Person) -> Json:
    is_member = person.id in channel.members
    new = messages.unread(channel, person.id) if is_member else []
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.kind == "private",
        "is_member": is_member,
        "unread": len(new),
        "mentions": sum(messages.mentions(message, person.id) for message in new),
    }


def _dm(channel: Channel, person: Person, other: Person) -> Json:
    unread = len(messages.unread(channel, person.id))
    return {"id": channel.id, "user_id": other.id, "name": other.name, "unread": unread}


def conversation(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    thread = fields.get("thread")
    shown = [m for m in channel.visible_to(person.id) if _belongs(m, thread)]
    return {"channel": _heading(channel), "messages": [_message(channel, m) for m in shown]}


def _belongs(message: Message, thread: str | None) -> bool:
    if thread:
        return thread in (message.ts, message.thread_ts)
    return not message.is_reply or message.broadcast


def _heading(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic.value,
        "members": channel.members,
        "archived": channel.archived,
    }


def _message(channel: Channel, message: Message) -> Json:
    return {
        "ts": message.ts,
        "user": message.user,
        "app": message.from_app,
        "text": message.text,
        "blocks": message.blocks,
        "edited": message.edited,
        "ephemeral": message.only_for is not None,
        "thread_ts": message.thread_ts,
        "subtype": message.subtype,
        "reply_count": len(channel.replies(message.ts)),
        "reactions": [],
    }


def home(world: World, fields: Json) -> Json:
    view = world.views.home(actor(world, fields).id)
    return {"view": view and objects.view(world, view)}


def modals(world: World, fields: Json) -> Json:
    stack = world.views.stack(actor(world, fields).id)
    return {"stack": [{"view": objects.view(world, v), "errors": v.errors, "notice": v.notice} for v in stack]}


def deliveries(world: World, _: Json) -> Json:
    return {"deliveries": [delivery.to_dict() for delivery in world.log.deliveries()]}


READS = {
    "workspace": workspace,
    "sidebar": sidebar,
    "conversation": conversation,
    "home": home,
    "modals": modals,
    "deliveries": deliveries,
}
