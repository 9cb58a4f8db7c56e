"""Lists of open action items: whose, and which page of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.actions import ActionCard

PAGE = 10
"""As many of a list at once."""


class Which(StrEnum):
    ALL = "all"
    """What concerns the reader, a little of each."""
    MINE = "mine"
    WAITING = "waiting"
    """What others owe the reader."""
    HELPING = "helping"
    """What the reader helps others with."""
    TEAM = "team"
    """Of the people assigned to the reader."""
    LEAD = "lead"
    """Of whoever the reader is assigned to."""
    LEFT = "left"
    """What waits for somebody since its owner has left."""
    PERSON = "person"
    ORPHANS = "orphans"
    """Without owner or day, around the reader."""
    LATE = "late"
    """What is overdue around the reader."""


@dataclass(frozen=True)
class Asked:
    which: Which = Which.ALL
    page: int = 0
    person_id: str = ""
    """Whose, if one person's."""

    @classmethod
    def read(cls, text: str) -> "Asked":
        which, page, person_id = text.split("-")
        return cls(Which(which), int(page), person_id)

    def __str__(self) -> str:
        return f"{self.which}-{self.page}-{self.person_id}"

    def turned(self, step: int) -> "Asked":
        return replace(self, page=self.page + step)


WORDS = {
    "": Which.ALL,
    "mine": Which.MINE,
    "waiting": Which.WAITING,
    "helping": Which.HELPING,
    "left": Which.LEFT,
    "team": Which.TEAM,
    "my team": Which.TEAM,
    "lead": Which.LEAD,
    "my lead": Which.LEAD,
    "orphans": Which.ORPHANS,
    "late": Which.LATE,
}
"""What follows `/action list`."""


@dataclass(frozen=True)
class Part:
    """A page of one list."""

    which: Which
    cards: tuple[ActionCard, ...]
    total: int
    name: str = ""
    """Of the one person whose list it is, if not the reader's."""


@dataclass(frozen=True)
class ActionLists:
    asked: Asked
    reader_id: str
    parts: Sequence[Part] = field(default_factory=tuple)
    """Those that hold anything."""

    @property
    def movable(self) -> list[ActionCard]:
        """What the reader may change, each once."""
        cards = {card.item.id: card for part in self.parts for card in part.cards}
        return [card for card in cards.values() if card.may_move(self.reader_id)]

    @property
    def has_more(self) -> bool:
        """After this page, of a list by itself."""
        return any(part.total > (self.asked.page + 1) * PAGE for part in self.parts)
