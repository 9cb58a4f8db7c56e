"""The message in Slack that a record was made of."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from domain.errors import UserError

LINK = re.compile(r"archives/(?P<channel>\w+)/p(?P<seconds>\d{10})(?P<rest>\d{6})(?:\?(?P<more>\S*))?")
"""After the address of the workspace."""
THREAD = re.compile(r"(?:^|&)thread_ts=(?P<ts>\d{10}\.\d{6})(?:&|$)")


@dataclass(frozen=True)
class Posted:
    """Where it stands in the channel of the record; never what it says."""

    ts: str
    thread_ts: str = ""
    """Of a reply in a thread."""
    author_id: str = ""
    """Empty of a bot's."""

    @classmethod
    def read(cls, text: str) -> "Posted":
        """Of what `str` makes of it."""
        return cls(*text.split(":"))

    @classmethod
    def linked(cls, link: str, workspace_url: str, channel_id: str) -> "Posted | None":
        """As Slack's *Copy link* names it; None of a link to anything but a message of that channel."""
        found = LINK.fullmatch(link.removeprefix(workspace_url)) if link.startswith(workspace_url) else None
        if not found or found["channel"] != channel_id:
            return None
        ts, thread = f"{found['seconds']}.{found['rest']}", THREAD.search(found["more"] or "")
        return cls(ts, thread["ts"] if thread and thread["ts"] != ts else "")

    @property
    def place(self) -> str:
        """Without whose it is, which no link says."""
        return str(replace(self, author_id=""))

    def __str__(self) -> str:
        return f"{self.ts}:{self.thread_ts}:{self.author_id}"


class Linked(NamedTuple):
    channel_id: str
    thread_ts: str
    """Of the message itself, if it is not a reply."""


def link_in(link: str, workspace_url: str) -> Linked | None:
    """Which thread a link to a message leads to; None of a link to anything else."""
    found = LINK.fullmatch(link.removeprefix(workspace_url)) if link.startswith(workspace_url) else None
    if found is None:
        return None
    thread = THREAD.search(found["more"] or "")
    return Linked(found["channel"], thread["ts"] if thread else f"{found['seconds']}.{found['rest']}")


class InDirectMessage(UserError):
    """A direct message belongs to those who are in it, so its messages are not recorded. Type `/decision` or `/action`
    here instead: what you write then is kept for the people named in it alone."""


def moment_of(ts: str) -> datetime:
    """When a message was posted, of how Slack names it."""
    return datetime.fromtimestamp(float(ts), UTC)
