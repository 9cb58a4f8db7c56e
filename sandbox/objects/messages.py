"""Messages, with what hangs on them: their thread, reactions, files and pins."""

from sandbox.objects.files import file
from sandbox.state import Channel, Json, Message
from sandbox.world import World


def message(world: World, channel: Channel, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as apps read it. `with_metadata` adds what an app has to ask for."""
    shown: Json = {"type": "message", "ts": message.ts, "text": message.text, **_author(world, message)}
    if subtype := _subtype(message):
        shown["subtype"] = subtype
    shown |= message.details
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _what_hangs_on_it(world, channel, message) | _thread(world, channel, message)


def item(world: World, channel: Channel, listed: Message) -> Json:
    """A message as lists of pins and reactions show it."""
    return {**message(world, channel, listed), "permalink": permalink(world, channel, listed)}


def permalink(world: World, channel: Channel, message: Message) -> str:
    link = f"{world.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else link


def _author(world: World, message: Message) -> Json:
    workspace = world.workspace
    if message.subtype == "tombstone":
        return {"user": message.user, "hidden": True}
    team = workspace.team_of(workspace.people[message.user])
    if not message.from_app:
        outside = {"user_team": team, "source_team": team} if team != workspace.id else {}
        return {"user": message.user, "team": team, **outside}
    app = {"bot_id": workspace.bot_id, "app_id": workspace.app_id, "team": team, "bot_profile": _bot_profile(world)}
    if message.subtype == "bot_message":  # Under another name there is no user to point at.
        return app | {"username": message.username or world.manifest.bot_name} | _icons(message)
    return {"user": message.user, **app}


def _icons(message: Message) -> Json:
    return {"icons": message.icons} if message.icons else {}


def _bot_profile(world: World) -> Json:
    workspace = world.workspace
    return {
        "id": workspace.bot_id,
        "deleted": False,
        "name": world.manifest.bot_name,
        "updated": workspace.people[workspace.bot_user].updated,
        "app_id": workspace.app_id,
        "user_id": workspace.bot_user,
        "icons": {},
        "team_id": workspace.id,
    }


def _subtype(message: Message) -> str | None:
    if message.subtype:
        return message.subtype
    if message.broadcast:
        return "thread_broadcast"
    return "file_share" if message.files else None


def _what_hangs_on_it(world: World, channel: Channel, message: Message) -> Json:
    shown: Json = {}
    if message.files:
        shown["files"] = [file(world, world.workspace.files[file_id]) for file_id in message.files]
        shown["upload"] = True
    if message.streaming:
        shown["streaming_state"] = message.streaming
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ]
    if pin := channel.pins.get(message.ts):
        shown["pinned_to"] = [channel.id]
        shown["pinned_info"] = {"channel": channel.id, "pinned_by": pin.by, "pinned_ts": pin.at}
    return shown


def _thread(world: World, channel: Channel, message: Message) -> Json:
    if message.is_reply:
        return _place_in_thread(world, channel, message)
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


def _place_in_thread(world: World, channel: Channel, reply: Message) -> Json:
    parent = channel.messages.get(reply.thread_ts or "")
    shown: Json = {"thread_ts": reply.thread_ts}
    if parent:
        shown["parent_user_id"] = parent.user
        if reply.broadcast:
            shown["root"] = message(world, channel, parent)
    return shown
