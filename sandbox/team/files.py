"""Files are stored, looked at by Slack a moment later, shared in conversations and deleted."""

import mimetypes

from sandbox import messages
from sandbox.delivery import events
from sandbox.state import Channel, File, Json, Message, Person
from sandbox.world import World

SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
UNKNOWN = "application/octet-stream"


def store(world: World, name: str, content: bytes, *, user: str, alt_txt: str = "") -> File:
    """Keep what somebody uploads. Until it is shared, only they see it; Slack needs a moment to look at it."""
    file = expect(world, name, user=user, alt_txt=alt_txt)
    file.content = content
    complete(world, file)
    return file


def expect(world: World, name: str, *, user: str, alt_txt: str = "") -> File:
    """A file that has an id, but whose content is yet to come."""
    now = int(world.clock.now())
    from_app = user == world.workspace.bot_user
    file = File(world.workspace.new_id("F"), name, user, now, alt_txt=alt_txt, from_app=from_app)
    world.workspace.files[file.id] = file
    return file


def complete(world: World, file: File) -> None:
    file.is_complete = True
    world.agenda.soon(lambda: _look_at(world, file))


def _look_at(world: World, file: File) -> None:
    if not file.is_deleted:
        file.mimetype, file.is_ready = _type_of(file), True
        _announce(world, file, "file_created")
        world.changes.tell_all(*(f"conversation:{channel}" for channel in file.shares))


def _type_of(file: File) -> str:
    """What a file is: by its first bytes if it says it is a picture, by its name otherwise."""
    found = next((kind for start, kind in SIGNATURES.items() if file.content.startswith(start)), None)
    if found is None and file.content[:4] == b"RIFF" and file.content[8:12] == b"WEBP":
        found = "image/webp"
    guessed = mimetypes.guess_type(file.name)[0] or UNKNOWN
    return found or (UNKNOWN if guessed.startswith("image/") and guessed != "image/svg+xml" else guessed)


def share(
    world: World,
    channel: Channel,
    files: list[File],
    *,
    user: str,
    text: str = "",
    blocks: list[Json] | None = None,
    thread_ts: str | None = None,
) -> Message:
    """Put files into a conversation, in one message."""
    message = messages.post(
        world,
        channel,
        user=user,
        text=text,
        blocks=blocks or [],
        files=[file.id for file in files],
        from_app=user == world.workspace.bot_user,
        thread_ts=thread_ts,
    )
    for file in files:
        file.shares.setdefault(channel.id, []).append(message.ts)
        shared = _event("file_shared", file) | {"channel_id": channel.id}
        events.of_message(world, channel, "file_shared", shared)
    return message


def delete(world: World, file: File) -> None:
    """Take a file away; the messages that shared it stay, with a gap."""
    _announce(world, file, "file_deleted")
    shares, file.shares, file.is_deleted, file.content = file.shares, {}, True, b""
    world.changes.tell_all(*(f"conversation:{channel}" for channel in shares))


def visible_to_app(world: World, file: File) -> bool:
    """The app sees its own files, those sent to it in a form, and those shared where it is or in public."""
    if file.is_deleted:
        return False
    own = file.user == world.workspace.bot_user or file.is_submitted
    return own or _is_shared_with(world, file, world.workspace.bot_user)


def visible_to(world: World, file: File, person: Person) -> bool:
    """People see their own files, those shared where they may read, guests only where they are; and pictures that a
    message shows them."""
    if file.user == person.id or file.is_deleted:
        return not file.is_deleted
    if file.is_image and _is_pictured_for(world, file, person):
        return True
    if person.is_guest or person.is_external:
        return any(person.id in world.workspace.channels[channel].members for channel in file.shares)
    return _is_shared_with(world, file, person.id)


def _is_pictured_for(world: World, file: File, person: Person) -> bool:
    """Whether a message that this person may read has it in a block."""
    rooms = (channel for channel in world.workspace.channels.values() if person.id in channel.members)
    every = (block for room in rooms for message in room.visible_to(person.id) for block in message.blocks)
    return any(block["type"] == "image" and file.id in str(block.get("slack_file", "")) for block in every)


def _is_shared_with(world: World, file: File, user: str) -> bool:
    channels = [world.workspace.channels[channel] for channel in file.shares]
    return any(channel.kind == "public" or user in channel.members for channel in channels)


def _announce(world: World, file: File, event: str) -> None:
    """Apps hear of no file that they may not see."""
    if visible_to_app(world, file):
        events.announce(world, event, _event(event, file))


def _event(kind: str, file: File) -> Json:
    about: Json = {"type": kind, "file_id": file.id}
    return about if kind == "file_deleted" else {**about, "user_id": file.user, "file": {"id": file.id}}
