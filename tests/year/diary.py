"""What happened in the year, as whoever lived it wrote it down: a plain list, from which everything is recounted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar


@dataclass(frozen=True)
class Event:
    at: datetime


@dataclass(frozen=True)
class Came(Event):
    """Slack says that somebody is in a channel now."""

    channel: str
    person: str


@dataclass(frozen=True)
class Went(Event):
    """Slack says that somebody is in a channel no more."""

    channel: str
    person: str


@dataclass(frozen=True)
class Quit(Event):
    """Somebody left the workspace."""

    person: str


@dataclass(frozen=True)
class Away(Event):
    """Somebody said that they would be away, both days included."""

    person: str
    first: date
    last: date


@dataclass(frozen=True)
class Stopped(Event):
    """Muster was not running until then."""

    until: datetime


@dataclass(frozen=True)
class Asked(Event):
    """Somebody got the message with which a check-in asks."""

    checkin: str
    day: date
    person: str


@dataclass(frozen=True)
class Answered(Event):
    checkin: str
    day: date
    person: str
    scores: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Blocked(Event):
    """What somebody answered stands in their way."""

    checkin: str
    day: date
    person: str
    title: str
    clearer: str


@dataclass(frozen=True)
class Took(Event):
    title: str
    person: str


@dataclass(frozen=True)
class Cleared(Event):
    title: str
    person: str


@dataclass(frozen=True)
class Proposed(Event):
    """A decision as it was recorded; whoever approves their own has decided."""

    number: int
    channel: str
    person: str
    given: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return dict(self.given).get(name, "")


@dataclass(frozen=True)
class Approved(Event):
    number: int


@dataclass(frozen=True)
class Rejected(Event):
    number: int


@dataclass(frozen=True)
class Withdrawn(Event):
    number: int


@dataclass(frozen=True)
class Objected(Event):
    number: int
    person: str


@dataclass(frozen=True)
class Settled(Event):
    """Whoever objected does so no more."""

    number: int
    person: str


@dataclass(frozen=True)
class Looked(Event):
    """Somebody said what came of a decision, and when to look at it again, if ever."""

    number: int
    result: str
    learned: str
    again: date | None


@dataclass(frozen=True)
class Agreed(Event):
    """An action item."""

    number: int
    channel: str
    what: str
    owner: str
    due: date | None
    person: str
    decision: int = 0
    blocker: str = ""


@dataclass(frozen=True)
class Done(Event):
    number: int


@dataclass(frozen=True)
class Dropped(Event):
    """With a reason; without one nobody can."""

    number: int


@dataclass(frozen=True)
class Moved(Event):
    number: int
    due: date


@dataclass(frozen=True)
class Passed(Event):
    """An action item went to somebody else."""

    number: int
    owner: str


@dataclass(frozen=True)
class Measured(Event):
    channel: str
    name: str
    value: float


@dataclass(frozen=True)
class Read(Event):
    """A digest as it stood when it came."""

    reader: str
    text: str


E = TypeVar("E", bound=Event)


@dataclass
class Diary:
    events: list[Event] = field(default_factory=list)
    _kinds: dict[type[Event], list[Event]] = field(default_factory=dict)

    def write(self, event: Event) -> None:
        self.events.append(event)
        self._kinds.setdefault(type(event), []).append(event)

    def of(self, kind: type[E], until: datetime | None = None) -> Iterator[E]:
        """Those of a kind, up to a moment, in their order."""
        found = self._kinds.get(kind, [])
        return (each for each in found if isinstance(each, kind) and (until is None or each.at <= until))
