"""What Slack's client makes of typed text: entities, mentions and channel links."""

import re
from collections.abc import Callable

from sandbox.state import Channel, Person
from sandbox.world import World

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TO_ALL = ("channel", "here", "everyone")


def as_message(world: World, text: str) -> str:
    names = _names(world, lambda person: f"<@{person.id}>", lambda channel: f"<#{channel.id}>")
    groups = (group for group in world.workspace.groups.values() if not group.deleted)
    names |= {f"@{group.handle}".lower(): f"<!subteam^{group.id}>" for group in groups}
    return _encode(text, names | {f"@{word}": f"<!{word}>" for word in TO_ALL})


def as_command(world: World, text: str, *, should_escape: bool) -> str:
    """A command's text. Without should_escape, names stay names.

    Whether Slack turns &, < and > of a command into entities is not documented; an app must decode them anyway.
    """
    if not should_escape:
        return _entities(text)
    mention = "<@{0.id}|{0.handle}>".format
    return _encode(text, _names(world, mention, "<#{0.id}|{0.name}>".format))


def _names(world: World, mention: Callable[[Person], str], link: Callable[[Channel], str]) -> dict[str, str]:
    """What may be typed, in small letters, and what it stands for."""
    names: dict[str, str] = {}
    for person in world.workspace.people.values():
        if person.deleted:
            continue
        for name in (f"@{person.name}", f"@{person.handle}", f"<@{person.id}>"):
            names[name.lower()] = mention(person)
    for channel in world.workspace.channels.values():
        if channel.kind == "public":
            names[f"#{channel.name}"] = names[f"<#{channel.id}>".lower()] = link(channel)
    return names


def _encode(text: str, names: dict[str, str]) -> str:
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pieces = re.split(f"({known})(?![\\w-])", text, flags=re.IGNORECASE)
    return "".join(names.get(piece.lower()) or _entities(piece) for piece in pieces)


def _entities(text: str) -> str:
    return re.sub("[&<>]", lambda found: ENTITIES[found[0]], text)
