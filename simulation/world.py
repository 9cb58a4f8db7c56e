"""Who and what was there when: people, channels and their members, replayed from the trace."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from simulation.timeline import Timeline
from simulation.trace import Json, Line, Trace

PUBLIC, PRIVATE, DIRECT = "public", "private", "dm"
KIND_AFTER = {"became_private": PRIVATE, "became_public": PUBLIC}


@dataclass(frozen=True)
class Profile:
    name: str
    tz: str = "UTC"
    is_guest: bool = False
    is_bot: bool = False
    deleted: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)


@dataclass
class Channel:
    id: str
    name: Timeline[str]
    kind: Timeline[str]
    archived: Timeline[bool]
    members: Timeline[frozenset[str]]


@dataclass
class World:
    workspace: str
    bot: str
    people: dict[str, Timeline[Profile]]
    channels: dict[str, Channel]

    def profile(self, user: str, at: datetime) -> Profile:
        return self.people[user].at(at)

    def is_member(self, user: str, channel: str, at: datetime) -> bool:
        return channel in self.channels and user in self.channels[channel].members.at(at)

    def is_here(self, user: str, at: datetime) -> bool:
        """In the workspace, as a person."""
        if user not in self.people:
            return False
        profile = self.profile(user, at)
        return not (profile.deleted or profile.is_bot)

    def came_back(self, user: str) -> list[datetime]:
        """When they were let into the workspace again."""
        changes = pairwise(self.people[user].changes())
        return [at for (_, before), (at, after) in changes if before.deleted and not after.deleted]

    def stays(self, user: str, channel: str, since: datetime, until: datetime) -> bool:
        """In the workspace and in the channel all the time."""
        is_inside = all(user in members for members in self.channels[channel].members.within(since, until))
        return is_inside and not any(profile.deleted for profile in self.people[user].within(since, until))

    def reads(self, user: str, channel: str, at: datetime) -> bool:
        """Whether Slack shows the channel to them: members, and of a public one everybody but guests."""
        found = self.channels.get(channel)
        if found is None or not self.is_here(user, at):
            return False
        is_open = found.kind.at(at) == PUBLIC and not self.profile(user, at).is_guest
        return is_open or user in found.members.at(at)

    def name_of(self, user: str) -> str:
        return self.people[user].last.name if user in self.people else user

    @cached_property
    def by_name(self) -> dict[str, str]:
        return {profile.last.name: user for user, profile in self.people.items()}

    def channel_named(self, name: str) -> Channel | None:
        return next((each for each in self.channels.values() if each.name.first == name), None)

    def partner(self, channel: str) -> str | None:
        """The person whose direct message with the app it is; None of any other conversation."""
        found = self.channels.get(channel)
        if found is None or found.kind.first != DIRECT or self.bot not in found.members.last:
            return None
        return next((user for user in found.members.last if user != self.bot), None)


def replay(trace: Trace) -> World:
    first = next(trace.of("workspace"))
    world = World(
        workspace=str(first.get("workspace", "")),
        bot=first["bot_user"],
        people={each["id"]: Timeline(_profile(each)) for each in first["people"]},
        channels={},
    )
    for each in first["channels"]:
        _add(world, each["id"], each["name"], each["kind"], each["members"], archived=bool(each.get("archived")))
    for line in trace.of("membership", "channel", "person", "call"):
        if line.get("workspace", world.workspace) == world.workspace:
            _CHANGES[line.kind](world, line)
    return world


def _profile(given: Json) -> Profile:
    names = ("is_guest", "is_bot", "deleted")
    return Profile(given["name"], given.get("tz") or "UTC", **{name: bool(given.get(name)) for name in names})


def _add(world: World, channel: str, name: str, kind: str, members: list[str], *, archived: bool = False) -> None:
    people = frozenset(members)
    world.channels[channel] = Channel(channel, Timeline(name), Timeline(kind), Timeline(archived), Timeline(people))


def _membership(world: World, line: Line) -> None:
    if line["channel"] not in world.channels:
        return
    members = world.channels[line["channel"]].members
    user = frozenset({line["user"]})
    members.change(line.at, members.last | user if line["act"] == "joined" else members.last - user)


def _channel(world: World, line: Line) -> None:
    act, channel = line["act"], world.channels.get(line["channel"])
    if channel is None:
        kind = line.get("channel_kind") or PUBLIC
        _add(world, line["channel"], line.get("name") or "", kind, line.get("members") or [])
    elif act in ("archived", "unarchived"):
        channel.archived.change(line.at, act == "archived")
    elif act == "renamed":
        channel.name.change(line.at, line["name"])
    elif act in KIND_AFTER:
        channel.kind.change(line.at, KIND_AFTER[act])


def _person(world: World, line: Line) -> None:
    user, changed = line["user"], line["changed"]
    if user not in world.people:
        world.people[user] = Timeline(Profile(changed.get("name", user), deleted=True))
    profile = world.people[user]
    known = {name: value for name, value in changed.items() if name in Profile.__dataclass_fields__}
    profile.change(line.at, replace(profile.last, **known))


def _call(world: World, line: Line) -> None:
    """Direct messages begin when the app opens them, whether or not the trace tells of it by itself."""
    if line["method"] != "conversations.open" or not (line.get("answer") or {}).get("ok"):
        return
    channel, users = line["answer"]["channel"]["id"], str(line["args"].get("users", ""))
    if channel not in world.channels:
        _add(world, channel, "", DIRECT, [world.bot, *users.split(",")])


_CHANGES = {"membership": _membership, "channel": _channel, "person": _person, "call": _call}
