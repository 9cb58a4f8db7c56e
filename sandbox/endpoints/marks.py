"""What people do to messages that stand there: react, pin, edit, delete, put away."""

import re

from sandbox import messages
from sandbox.endpoints import diary
from sandbox.endpoints.reads import actor, readable_channel
from sandbox.endpoints.typed_text import as_message
from sandbox.errors import PageError
from sandbox.state import Channel, Json, Message, Person
from sandbox.team import pins, reactions
from sandbox.world import World

EMOJI_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def react(world: World, fields: Json) -> Json:
    person, channel, message = _there(world, fields)
    if not EMOJI_NAME.fullmatch(fields["name"]):
        raise PageError("no_such_emoji")
    if not reactions.add(world, channel, message, fields["name"], user=person.id):
        raise PageError("already_reacted")
    diary.note(world, person.id, "reacted", channel=channel.id, ts=message.ts, name=fields["name"])
    return {}


def unreact(world: World, fields: Json) -> Json:
    person, channel, message = _there(world, fields)
    if not reactions.remove(world, channel, message, fields["name"], user=person.id):
        raise PageError("no_reaction")
    return {}


def pin(world: World, fields: Json) -> Json:
    person, channel, message = _there(world, fields)
    if message.ts in channel.pins:
        raise PageError("already_pinned")
    pins.add(world, channel, message, user=person.id)
    return {}


def unpin(world: World, fields: Json) -> Json:
    person, channel, message = _there(world, fields)
    if message.ts not in channel.pins:
        raise PageError("not_pinned")
    pins.remove(world, channel, message, user=person.id)
    return {}


def edit(world: World, fields: Json) -> Json:
    person, channel, message = _there(world, fields)
    text = fields["text"].strip()
    if message.user != person.id:
        raise PageError("not_your_message")
    if not text:
        raise PageError("no_text")
    messages.change(world, channel, message, text=as_message(world, text), blocks=[], edited=True)
    diary.note(world, person.id, "rewrote", channel=channel.id, ts=message.ts, text=message.text)
    return {}


def delete(world: World, fields: Json) -> Json:
    """One's own message; an admin may take away any."""
    person, channel, message = _there(world, fields)
    if message.user != person.id and not person.is_admin:
        raise PageError("not_your_message")
    messages.remove(world, channel, message)
    return {}


def dismiss(world: World, fields: Json) -> Json:
    """Put away a message that only this person sees."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    message = channel.messages.get(fields["ts"])
    if message is None or message.only_for != person.id:
        raise PageError("no_such_message")
    messages.remove(world, channel, message)
    return {}


def _there(world: World, fields: Json) -> tuple[Person, Channel, Message]:
    """A message that everyone there sees, and somebody who may write there."""
    person = actor(world, fields)
    channel = readable_channel(world, person, fields["channel"])
    if person.id not in channel.members:
        raise PageError("not_in_channel")
    if channel.archived:
        raise PageError("is_archived")
    message = channel.messages.get(fields["ts"])
    if message is None or message.only_for or message.subtype == "tombstone":
        raise PageError("no_such_message")
    return person, channel, message


ACTS = {
    "react": react,
    "unreact": unreact,
    "pin": pin,
    "unpin": unpin,
    "edit": edit,
    "delete": delete,
    "dismiss": dismiss,
}
