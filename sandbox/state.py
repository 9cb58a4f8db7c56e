"""Everything the workspace remembers: people, conversations, messages."""

from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.ids import Ids

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


@dataclass
class Person:
    id: str
    name: str
    title: str = ""
    tz: str = "Etc/UTC"
    color: str = "4a154b"
    is_admin: bool = False
    is_guest: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0

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
    from_app: bool = False
    thread_ts: str | None = None
    broadcast: bool = False
    subtype: str | None = None
    metadata: Json | None = None
    edited: bool = False
    only_for: str | None = None
    typed: dict[str, Json] = field(default_factory=dict)
    """What each person has entered in the message's own inputs, as of their last click."""

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Channel:
    id: str
    name: str
    kind: Literal["public", "private", "dm"]
    members: list[str]
    created: int
    creator: str = ""
    topic: str = ""
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    read_up_to: dict[str, str] = field(default_factory=dict)
    _threads: dict[str, list[Message]] = field(default_factory=dict)
    _last_micros: int = 0

    @property
    def name_for_apps(self) -> str:
        """Payloads name a conversation only where its name is public."""
        return {"public": self.name, "private": "privategroup", "dm": "directmessage"}[self.kind]

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

    def visible_to(self, user: str) -> list[Message]:
        return [m for m in self.messages.values() if m.only_for in (None, user)]


class Workspace:
    """The state behind one Slack team. `bot_user` is empty until the app has been installed for the first time."""

    def __init__(self, name: str, ids: Ids, *, app_id: str) -> None:
        self._ids = ids
        self.name = name
        self.domain = name.lower().replace(" ", "-")
        self.id = self.new_id("T")
        self.app_id = app_id
        self.bot_id = self.new_id("B")
        self.bot_user = ""
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
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

    def app_dm(self, user: str, *, now: float) -> Channel:
        return self.dm(user, self.bot_user, now=now)

    def humans(self) -> list[Person]:
        return [person for person in self.people.values() if person.is_human]
