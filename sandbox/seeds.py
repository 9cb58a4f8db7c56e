"""Workspaces from files: people, channels, members."""

import dataclasses
from functools import cache
from pathlib import Path
from typing import Any

from sandbox import documents
from sandbox.state import SLACKBOT, Channel, Heading, Json, Person, UserGroup, Workspace, are_quiet_hours
from sandbox.zones import zones

FOLDER = Path(__file__).parent / "seeds"
PERSON_KEYS = {field.name for field in dataclasses.fields(Person)} - {"id", "color", "updated", "is_bot"}
CHANNEL_KEYS = {"name", "topic", "members", "private", "app", "general"}
GROUP_KEYS = {"handle", "name", "members"}
COLORS = ("2f6f8f", "b5533c", "5b7f3a", "7a4fa3", "8a6414", "3d6b63", "a23b6b", "4b5fb0")


def read(source: str | Path | Json) -> Json:
    """The name of a seed, a file, or what would stand in one; ValueError says what is wrong with it."""
    seed = source if isinstance(source, dict) else _from_file(source)
    missing = {"workspace", "people", "channels"} - set(seed if isinstance(seed, dict) else ())
    if missing:
        raise ValueError(f"A workspace needs {', '.join(sorted(missing))}.")
    _check_names(seed)
    return seed


def _from_file(source: str | Path) -> Any:
    known = sorted(file.stem for file in FOLDER.glob("*.yaml"))
    if source in known:
        return _shipped(str(source))
    if Path(source).is_file():
        return documents.load(Path(source))
    raise ValueError(f"There is no seed and no file {str(source)!r}; the seeds are: {', '.join(known)}.")


@cache
def _shipped(name: str) -> Any:
    """As a part of the program it is read once."""
    return documents.load(FOLDER / f"{name}.yaml")


def _check_names(seed: Json) -> None:
    people = documents.entries(seed, "people", needs=("name",), knows=PERSON_KEYS)
    names = [person["name"] for person in people]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Channels name their members, so no two people may be called {', '.join(sorted(twice))}.")
    for person in people:
        if person.get("tz", "Etc/UTC") not in zones():
            raise ValueError(f"{person['name']} has the zone {person['tz']!r}, which does not exist.")
        # Without quotes, YAML takes 22:00 for a number.
        if not are_quiet_hours(person.get("dnd", ())):
            raise ValueError(f"{person['name']} wants quiet at no time of day; write dnd: ['22:00', '08:00'].")
    for channel in documents.entries(seed, "channels", needs=("name",), knows=CHANNEL_KEYS):
        members = channel.get("members", "everyone")
        _check_members(f"#{channel['name']}", members if members != "everyone" else [], names)
    for group in documents.entries(seed, "groups", needs=("handle", "name"), knows=GROUP_KEYS):
        if not group.get("members"):
            raise ValueError(f"@{group['handle']} needs members.")
        _check_members(f"@{group['handle']}", group["members"], names)


def _check_members(where: str, members: str | list[str], names: list[str]) -> None:
    if unknown := set([members] if isinstance(members, str) else members) - set(names):
        raise ValueError(f"{where} has members who are not among the people: {sorted(unknown)}.")


def settle(workspace: Workspace, seed: Json, *, now: float) -> None:
    """Fill a new workspace."""
    for index, fields in enumerate(seed["people"]):
        person = Person(workspace.new_id("U"), color=COLORS[index % len(COLORS)], updated=int(now), **fields)
        workspace.people[person.id] = person
    # Slack's own helper counts as a person in every list: apps have to leave it out by its id.
    workspace.people[SLACKBOT] = Person(SLACKBOT, "Slackbot", tz="America/Los_Angeles")
    for fields in seed["channels"]:
        _add_channel(workspace, fields, now=now)
    for fields in seed.get("groups", ()):
        _add_group(workspace, fields, now=now)
    workspace.emoji |= seed.get("emoji", {})


def _add_channel(workspace: Workspace, fields: Json, *, now: float) -> None:
    humans = {person.name: person.id for person in workspace.humans()}
    named = fields.get("members", "everyone")
    own = [person.id for person in workspace.humans() if not person.is_external]
    members = own if named == "everyone" else [humans[name] for name in named]
    channel = Channel(
        workspace.new_id("C"),
        fields["name"],
        "private" if fields.get("private") else "public",
        members,
        created=int(now),
        creator=members[0] if members else "",
        topic=Heading(fields.get("topic", ""), members[0] if members else "", int(now)),
        is_general=fields.get("general", False),
        is_shared=any(workspace.people[member].is_external for member in members),
    )
    workspace.channels[channel.id] = channel


def _add_group(workspace: Workspace, fields: Json, *, now: float) -> None:
    humans = {person.name: person.id for person in workspace.humans()}
    members = [humans[name] for name in fields["members"]]
    group_id, by = workspace.new_id("S"), members[0]
    workspace.groups[group_id] = UserGroup(group_id, fields["handle"], fields["name"], members, int(now), by)
