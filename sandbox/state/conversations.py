"""Channels and direct messages, and what is fastened to them."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.state.messages import Message


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
