"""A thread of messages, as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property


@dataclass(frozen=True)
class Message:
    ts: str
    """Its id in the thread."""
    by: str
    """Whose it is, by id."""
    text: str
    """Without markup: a person is `@` and their name, a channel `#` and its name, a link its address."""
    at: datetime
    mentions: tuple[str, ...] = ()
    """The ids of the people it names, in their order."""
    reactions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Who reacted to it, by the emoji's name, without colons and skin tones."""
    is_bot: bool = False
    edited_at: datetime | None = None
    is_deleted: bool = False
    """It is gone, and only stands for its place: nothing rests on it."""


@dataclass(frozen=True)
class Thread:
    messages: tuple[Message, ...]
    """The oldest first."""
    names: Mapping[str, str]
    """How each who wrote or is named in it is called, by id."""
    zone: tzinfo
    """In which its days are read."""

    @cached_property
    def by_ts(self) -> dict[str, Message]:
        return {message.ts: message for message in self.messages}
