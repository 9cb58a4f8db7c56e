"""What happens in a workspace beside the app: people talk, read, come and go."""

from sandbox import messages
from sandbox.endpoints import diary, uploads
from sandbox.endpoints.channels import DIRECT
from sandbox.endpoints.reads import actor, readable_channel
from sandbox.endpoints.typed_text import as_message
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Person
from sandbox.team import conversations, files
from sandbox.world import World


def say(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    if person.id not in channel.members:
        raise PageError("not_in_channel")
    if channel.archived:
        raise PageError("is_archived")
    if world.workspace.bot_user in channel.members and channel.kind == "dm":
        _check_messages_tab(world)
    text, thread = fields.get("text", "").strip(), _thread(channel, fields.get("thread_ts"))
    if file_ids := fields.get("files"):
        shared = uploads.own_files(world, person, file_ids)
        text = as_message(world, text)
        return {"ts": files.share(world, channel, shared, user=person.id, text=text, thread_ts=thread).ts}
    if not text:
        raise PageError("no_text")
    message = messages.post(
        world,
        channel,
        user=person.id,
        text=as_message(world, text),
        thread_ts=thread,
        broadcast=bool(thread and fields.get("broadcast")),
    )
    diary.note(world, person.id, "said", channel=channel.id, ts=message.ts, text=message.text, thread_ts=thread)
    return {"ts": message.ts}


def _thread(channel: Channel, ts: str | None) -> str | None:
    """The thread's first message, whichever message of it was answered."""
    if not ts:
        return None
    message = channel.messages.get(ts)
    if message is None or message.only_for:
        raise PageError("no_such_message")
    return message.thread_ts or message.ts


def _check_messages_tab(world: World) -> None:
    if not world.manifest.messages_tab or world.manifest.messages_tab_read_only:
        raise PageError("messages_tab_disabled")


def read(world: World, fields: Json) -> Json:
    """Up to the newest message, or up to before `unread_from`; or one thread."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    thread, unread_from = fields.get("thread"), fields.get("unread_from")
    if thread:
        channel.threads_read[person.id, thread] = max((m.ts for m in channel.replies(thread)), default="0")
        world.changes.tell([person.id], f"conversation:{channel.id}")
    else:
        seen = (ts for ts in reversed(channel.messages) if unread_from is None or ts < unread_from)
        channel.read_up_to[person.id] = next(seen, "0")
    world.changes.tell([person.id], "sidebar")
    return {}


def join(world: World, fields: Json) -> Json:
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    if channel.kind != "public" or channel.archived:
        raise PageError("cannot_join")
    _add(world, channel, person, by=None)
    return {}


def invite(world: World, fields: Json) -> Json:
    """A member brings in someone else, or the app."""
    host = actor(world, fields)
    channel = readable_channel(world, host, fields["channel"])
    guest = world.workspace.people.get(fields["user"])
    if host.id not in channel.members or channel.kind in DIRECT or channel.archived:
        raise PageError("cannot_invite")
    if guest is None or guest.deleted or (guest.is_external and not channel.is_shared):
        raise PageError("no_such_person")
    _add(world, channel, guest, by=host.id)
    return {}


def _add(world: World, channel: Channel, person: Person, *, by: str | None) -> None:
    if person.id in channel.members:
        raise PageError("already_in_channel")
    conversations.add(world, channel, person.id, by=by)


def leave(world: World, fields: Json) -> Json:
    """Leave oneself, or take someone out: `user` is who goes, and may be the app."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    leaver = fields.get("user", person.id)
    if channel.kind in DIRECT or not {person.id, leaver} <= set(channel.members):
        raise PageError("not_in_channel")
    conversations.remove(world, channel, leaver, by=person.id)
    return {}
