"""Channels of Slack, as Muster knows them."""

from collections.abc import Mapping
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
    private_until: datetime | None = None
    """When Muster heard that it is public now; what was recorded until then stays with its members."""

    @property
    def is_open(self) -> bool:
        """Whether Muster can post there."""
        return self.has_bot and not self.is_archived

    @property
    def is_known(self) -> bool:
        """Slack has said what it is; of others Muster has only heard."""
        return bool(self.name)

    def is_for_members(self, recorded_at: datetime) -> bool:
        """Whether what was recorded there at that moment is for its members, and not for the whole workspace."""
        return self.is_private or (self.private_until is not None and recorded_at <= self.private_until)


@dataclass(frozen=True)
class Readable:
    """The channels whose records one person may read now."""

    after: Mapping[str, datetime | None]
    """By channel: only what was recorded after that moment, or everything."""

    def shows(self, channel_id: str, recorded_at: datetime) -> bool:
        after = self.after.get(channel_id)
        return channel_id in self.after and (after is None or recorded_at > after)


def is_direct(channel_id: str) -> bool:
    """Direct messages between people are not among the channels Muster reads; their ids tell them."""
    return channel_id.startswith("D")
