"""What Slack's client makes of typed text: entities, mentions and channel links."""

import re
from collections.abc import Callable

from sandbox.state import Channel, Person
from sandbox.world import World

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TOKEN = re.compile(r"(<[@#][UC][A-Z0-9]+>)")


def as_message(world: World, text: str) -> str:
    return _encode(world, text, lambda person: f"<@{person.id}>", lambda channel: f"<#{channel.id}>")


def as_command(world: World, text: str, *, should_escape: bool) -> str:
    """A command's text. Without should_escape, names stay names.

    Whether Slack turns &, < and > of a command into entities is not documented; an app must decode them anyway.
    """
    if not should_escape:
        return _entities(text)
    return _encode(
        world,
        text,
        lambda person: f"<@{person.id}|{person.handle}>",
        lambda channel: f"<#{channel.id}|{channel.name}>",
    )


def _encode(world: World, text: str, mention: Callable[[Person], str], link: Callable[[Channel], str]) -> str:
    names: dict[str, str] = {}
    for person in world.workspace.people.values():
        if person.deleted:
            continue
        for name in (f"@{person.name}", f"@{person.handle}", f"<@{person.id}>"):
            names[name.lower()] = mention(person)
    for channel in world.workspace.channels.values():
        if channel.kind == "public":
            names[f"#{channel.name}"] = names[f"<#{channel.id}>".lower()] = link(channel)
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pieces = re.split(f"({known})(?![\\w-])", text, flags=re.IGNORECASE)
    return "".join(names.get(piece.lower()) or _entities(piece) for piece in pieces)


def _entities(text: str) -> str:
    return re.sub("[&<>]", lambda found: ENTITIES[found[0]], text)
