"""Everything the workspace remembers: people, conversations, messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.ids import Ids

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


def are_quiet_hours(times: Sequence[Any]) -> bool:
    """Whether these are none, or a beginning and an end as local times of day."""
    right = [time for time in times if isinstance(time, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", time)]
    return len(times) == len(right) in (0, 2)


@dataclass
class Person:
    id: str
    name: str
    title: str = ""
    tz: str = "Etc/UTC"
    color: str = "4a154b"
    locale: str = "en-US"
    is_admin: bool = False
    is_guest: bool = False
    is_external: bool = False
    """Of the partner's workspace: in sight only through the shared channels they are in."""
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    dnd: Sequence[str] = ()
    """The local times of day between which this person hears no notification, such as 22:00 and 08:00."""
    is_set_away: bool = False

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")

    @property
    def is_human(self) -> bool:
        return not self.is_bot and self.id != SLACKBOT


@dataclass
class Message:
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    from_app: bool = False
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    metadata: Json | None = None
    details: Json = field(default_factory=dict)
    """What belongs to its subtype, such as a new topic."""
    edited: bool = False
    edited_ts: str = ""
    only_for: str | None = None
    username: str = ""
    icons: Json = field(default_factory=dict)
    """The name and picture under which the app wrote it, if not its own."""
    streaming: Literal["", "in_progress", "completed"] = ""
    """Whether it is, or was, written while people read it."""
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    """Who reacted, by the name of the emoji, in the order they did."""
    typed: dict[str, Json] = field(default_factory=dict)
    """What each person has entered in the message's own inputs, as of their last click."""
    offered: dict[str, dict[tuple[str, str], Json]] = field(default_factory=dict)
    """The options the app gave each person who searched in the message's external selects."""

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True)
class Pin:
    by: str
    at: int


@dataclass
class Bookmark:
    id: str
    title: str
    link: str
    by: str
    created: int
    emoji: str = ""
    updated: int = 0


@dataclass(frozen=True)
class Heading:
    """A conversation's topic or purpose, and who said so when."""

    value: str = ""
    by: str = ""
    at: int = 0


Kind = Literal["public", "private", "dm", "mpim"]


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    members: list[str]
    created: int
    creator: str = ""
    topic: Heading = Heading()
    purpose: Heading = Heading()
    archived: bool = False
    is_general: bool = False
    is_shared: bool = False
    """With the partner's workspace."""
    previous_names: list[str] = field(default_factory=list)
    pins: dict[str, Pin] = field(default_factory=dict)
    """By the ts of the message, oldest pin first."""
    bookmarks: dict[str, Bookmark] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    read_up_to: dict[str, str] = field(default_factory=dict)
    threads_read: dict[tuple[str, str], str] = field(default_factory=dict)
    """The last reply seen, by person and thread."""
    _threads: dict[str, list[Message]] = field(default_factory=dict)
    _last_micros: int = 0

    @property
    def name_for_apps(self) -> str:
        """Payloads name a conversation only where its name is public."""
        return {"public": self.name, "private": "privategroup", "dm": "directmessage", "mpim": self.name}[self.kind]

    def other(self, user: str) -> str:
        return next((member for member in self.members if member != user), user)

    def next_ts(self, now: float) -> str:
        """The name of the next message here: its moment, unique and rising."""
        self._last_micros = max(round(now * 1_000_000), self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        self.messages[message.ts] = message
        if message.thread_ts and message.only_for is None:
            self._threads.setdefault(message.thread_ts, []).append(message)

    def remove(self, message: Message) -> None:
        del self.messages[message.ts]
        thread = self._threads.get(message.thread_ts or "", [])
        if message in thread:
            thread.remove(message)

    def replies(self, ts: str) -> list[Message]:
        """What everyone can read in a thread, without its parent."""
        return self._threads.get(ts, [])

    def threads(self) -> list[str]:
        """Which messages have been answered."""
        return [ts for ts, replies in self._threads.items() if replies]

    def visible_to(self, user: str) -> list[Message]:
        return [m for m in self.messages.values() if m.only_for in (None, user)]


@dataclass
class UserGroup:
    id: str
    handle: str
    name: str
    members: list[str]
    created: int
    by: str
    description: str = ""
    channels: list[str] = field(default_factory=list)
    """Where newcomers to the group are put."""
    updated: int = 0
    deleted: int = 0
    """When it was disabled; 0 while it is not."""


@dataclass
class File:
    """`user` uploaded it; nobody else sees it until it is shared. It has no type and no shares until it is ready."""

    id: str
    name: str
    user: str
    created: int
    content: bytes = b""
    title: str = ""
    alt_txt: str = ""
    from_app: bool = False
    mimetype: str = ""
    length: int = 0
    """In bytes, as whoever uploads it said before."""
    ticket: str = ""
    """Where its content may be sent, once."""
    is_complete: bool = False
    is_ready: bool = False
    is_deleted: bool = False
    is_submitted: bool = False
    """Whether it was sent to the app in a form, which lets the app see it."""
    shares: dict[str, list[str]] = field(default_factory=dict)
    """The ts of the messages it is in, by conversation."""

    @property
    def is_image(self) -> bool:
        return self.is_ready and self.mimetype.startswith("image/")


@dataclass(frozen=True)
class ScheduledMessage:
    id: str
    channel: str
    post_at: int
    created: int
    content: Json
    """The fields of the Message it will be."""


class Workspace:
    """The state behind one Slack team. Its `bot_user` is there from the beginning, deactivated until the app comes."""

    def __init__(self, name: str, ids: Ids, *, app_id: str) -> None:
        self._ids = ids
        self.name = name
        self.domain = name.lower().replace(" ", "-")
        self.id = self.new_id("T")
        self.app_id = app_id
        self.bot_id = self.new_id("B")
        self.bot_user = ""
        self.partner_id = f"T9{self.id[2:]}"
        """The workspace that shares channels with this one, and whose people come as externals."""
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.files: dict[str, File] = {}
        self.scheduled: dict[str, ScheduledMessage] = {}
        self.emoji: dict[str, str] = {}
        self._dms: dict[frozenset[str], str] = {}

    def new_id(self, prefix: str) -> str:
        return self._ids.new(prefix)

    def dm(self, one: str, other: str, *, now: float) -> Channel:
        """The direct message of two people, made on first sight."""
        pair = frozenset((one, other))
        if pair not in self._dms:
            channel = Channel(self.new_id("D"), "", "dm", [one, other], created=int(now), creator=one)
            self.channels[channel.id] = channel
            self._dms[pair] = channel.id
        return self.channels[self._dms[pair]]

    def group_dm(self, users: list[str], *, now: float) -> Channel:
        """The direct message of several people, made on first sight."""
        everyone = frozenset(users)
        if everyone not in self._dms:
            handles = sorted(self.people[user].handle for user in users)
            name = f"mpdm-{'--'.join(handles)}-1"
            channel = Channel(self.new_id("C"), name, "mpim", users, created=int(now), creator=users[0])
            self.channels[channel.id] = channel
            self._dms[everyone] = channel.id
        return self.channels[self._dms[everyone]]

    def app_dm(self, user: str, *, now: float) -> Channel:
        return self.dm(user, self.bot_user, now=now)

    def app_knows(self, person: Person) -> bool:
        """Whether the app may know of somebody: of people from outside, only where they share a conversation."""
        return not person.is_external or any(
            {person.id, self.bot_user} <= set(c.members) for c in self.channels.values()
        )

    def team_of(self, person: Person) -> str:
        return self.partner_id if person.is_external else self.id

    def humans(self) -> list[Person]:
        return [person for person in self.people.values() if person.is_human]
