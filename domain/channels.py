"""Channels of Slack, as Muster knows them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Channel:
    workspace_id: str
    id: str
    name: str = ""
    is_private: bool = True
    is_direct: bool = False
    is_archived: bool = False
    has_bot: bool = False
    checked_at: datetime | None = None
    doubted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether Muster can post there."""
        return self.has_bot and not self.is_archived


def is_direct(channel_id: str) -> bool:
    """Direct messages between people are not among the channels Muster reads; their ids tell them."""
    return channel_id.startswith("D")
