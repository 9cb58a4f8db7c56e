"""What messages and forms about blockers show: plain data that a service gathers and a view draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.blockers import Blocker, Passed
from domain.people import Person


@dataclass(frozen=True)
class BlockedCard:
    """What the facilitator of a ritual hears once a working day: blockers that nobody has taken up."""

    ritual: str
    """Its title."""
    place: str
    """Its channel, as the reader may know it."""
    reader: Person
    today: date
    waiting: tuple[Blocker, ...]
    """Oldest first; only what the reader may see."""
    people: Mapping[str, Person]


@dataclass(frozen=True)
class ClearerCard:
    """For somebody whom an answer names as able to clear blockers."""

    ritual: str
    """Its title."""
    place: str
    """Its channel, as the reader may know it."""
    reader: Person
    raised_by: str
    """Empty of an anonymous answer."""
    found: tuple[Blocker, ...]
    people: Mapping[str, Person]

    @property
    def waits(self) -> bool:
        """The reader can still do something that nobody else does."""
        return any(each.asks(self.reader.id) for each in self.found)


@dataclass(frozen=True)
class HandedCard:
    """For somebody whom a blocker came to by another's hand."""

    ritual: str
    """Its title."""
    place: str
    """Its channel, as the reader may know it."""
    reader: Person
    blocker: Blocker
    people: Mapping[str, Person]
    passed: Passed | None
    """How it was passed on to them; None where they had it in hand, and it is open again."""


@dataclass(frozen=True)
class PassSheet:
    """The form that passes a blocker on."""

    blocker: Blocker
    draft_id: str
    place: str
    given: Mapping[str, str]
    outsiders: tuple[Person, ...] = ()
    """Those it warns about."""


@dataclass(frozen=True)
class BlockerNews:
    """For whoever raised a blocker: what others do about it."""

    ritual: str
    place: str
    reader: Person
    blocker: Blocker
    people: Mapping[str, Person]
