"""Reactions with which people begin a record of a message: one emoji for decisions, and one for action items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import UserError
from domain.posted import Posted

NAME = re.compile(r":?([^\s:<>`]{1,100}):?")
SAME = {"thumbsup": "+1", "thumbsdown": "-1"}
"""What people may type, and what Slack calls it in events."""
OFF = "off"


class Makes(StrEnum):
    DECISION = "decision"
    ACTION = "action"


@dataclass(frozen=True)
class Chosen:
    """The emoji of a workspace."""

    by_record: Mapping[Makes, str]
    """Empty while none is chosen."""
    may_change: bool = False

    def makes(self, emoji: str) -> Makes | None:
        """Whatever tone of skin it has."""
        name = emoji.partition("::")[0]
        return next((makes for makes, chosen in self.by_record.items() if name == chosen), None)


@dataclass(frozen=True)
class Reaction:
    """Of one person to one message; a row that stays when it is taken back."""

    id: int
    workspace_id: str
    channel_id: str
    person_id: str
    makes: Makes
    message: Posted
    at: datetime
    is_on: bool
    number: int = 0
    """Of the record that the person has made of it."""

    @property
    def record(self) -> str:
        return f"{'D' if self.makes is Makes.DECISION else 'A'}-{self.number}"


@dataclass(frozen=True)
class ReactionCard:
    reaction: Reaction
    place: str
    workspace_url: str


def read_emoji(text: str) -> str:
    """Its name as Slack's events have it. Raises NoEmoji."""
    found = NAME.fullmatch(text)
    if not found:
        raise NoEmoji
    return SAME.get(found[1], found[1])


class NoEmoji(UserError):
    """That is no emoji. Type its name as Slack shows it, such as `/muster reactions decision :scales:`."""


class SameEmoji(UserError):
    """That emoji begins the other kind of record already. Choose another one."""


class ReactionUsage(UserError):
    """`/muster reactions` does not know {typed}.
    Type `/muster reactions` to see which are chosen, `/muster reactions decision :scales:`,
    `/muster reactions action :pushpin:`, or `/muster reactions action off`.
    """


class MessageGone(UserError):
    """Muster cannot read that message any more: it was deleted, or Muster is no longer in its channel. Type `/decision`
    or `/action` in the channel instead.
    """
