"""Changing several action items at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.action_states import Move
from domain.actions import ActionCard
from domain.errors import UserError
from domain.people import Person

MOVES = (Move.DONE, Move.NEW_DATE, Move.HAND_OVER, Move.DROP)
"""What can be done with several."""


@dataclass(frozen=True)
class BulkNews:
    """What those concerned are told, in one message."""

    move: Move
    actor_id: str
    draft_id: str

    @classmethod
    def read(cls, part: str) -> "BulkNews":
        move, actor_id, draft_id = part.split(":")
        return cls(Move(move), actor_id, draft_id)

    def __str__(self) -> str:
        return f"{self.move}:{self.actor_id}:{self.draft_id}"


@dataclass(frozen=True)
class BulkTold:
    """What it says to one reader."""

    news: BulkNews
    reader_id: str
    actor: str
    why: str
    cards: Sequence[ActionCard]
    """Those that concern the reader."""


@dataclass(frozen=True)
class BulkSheet:
    """The form for several, once it is chosen which."""

    draft_id: str
    move: Move
    cards: Sequence[ActionCard]
    outsiders: tuple[Person, ...] = ()
    why: str = ""


class NothingChanged(UserError):
    """Nothing was changed, because not all of them can be. {why}"""
