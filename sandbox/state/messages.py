"""Messages: those that were written, and those that will be."""

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]


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
class ScheduledMessage:
    id: str
    channel: str
    post_at: int
    created: int
    content: Json
    """The fields of the Message it will be."""
