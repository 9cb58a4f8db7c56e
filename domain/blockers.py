"""Blockers: what stands in somebody's way, who takes it up, and when it is out of the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from domain import hours
from domain.cadence import moment
from domain.errors import UserError
from domain.into import made_by
from domain.people import Person, has_left
from domain.runs import Run
from domain.templates import Question

ASKED_ABOUT = 3
"""At most so many older blockers stand before the questions of a form."""


class BlockerState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    """Somebody has taken it up: nobody is nudged about it any more."""
    CLEARED = "cleared"


class Move(StrEnum):
    TAKE = "take"
    CLEAR = "clear"
    STILL = "still"
    """Whoever raised it says that it still blocks them."""


MOVES: dict[tuple[BlockerState, Move], BlockerState] = {
    (BlockerState.OPEN, Move.TAKE): BlockerState.ACKNOWLEDGED,
    (BlockerState.ACKNOWLEDGED, Move.TAKE): BlockerState.ACKNOWLEDGED,
    (BlockerState.OPEN, Move.CLEAR): BlockerState.CLEARED,
    (BlockerState.ACKNOWLEDGED, Move.CLEAR): BlockerState.CLEARED,
    (BlockerState.OPEN, Move.STILL): BlockerState.OPEN,
    (BlockerState.ACKNOWLEDGED, Move.STILL): BlockerState.ACKNOWLEDGED,
    (BlockerState.CLEARED, Move.STILL): BlockerState.OPEN,
}
"""Whoever may read it takes it; whoever raised it, its owner and those who look after the channel clear it. An action
item made of it settles it for good."""


@dataclass(frozen=True)
class Blocker:
    id: int
    workspace_id: str
    run_id: int
    channel_id: str
    title: str
    raised_by: str
    recorded_at: datetime
    """When its run opened: whoever may read one may read the other."""
    owner_id: str = ""
    """Who can clear it, as named in the answer; then whoever took it up."""
    clearer_id: str = ""
    """Who can clear it, as the answer says now, whoever took it up."""
    action_number: int | None = None
    """The action item made of it."""
    action_by: str = ""
    """Who made that."""
    action_owner: str = ""
    action_due: date | None = None
    is_done: bool = False
    """The action item made of it."""
    state: BlockerState = BlockerState.OPEN
    acknowledged_at: datetime | None = None
    cleared_at: datetime | None = None
    cleared_by: str = ""
    """Who last said that it is cleared, also if whoever raised it has said since that it still blocks them."""

    @property
    def is_settled(self) -> bool:
        return self.state is BlockerState.CLEARED or self.action_number is not None

    @property
    def waits(self) -> bool:
        """Nobody has taken it up."""
        return self.state is BlockerState.OPEN and not self.is_settled

    @property
    def is_open_again(self) -> bool:
        """Somebody said that it is cleared, and whoever raised it that it still blocks them."""
        return self.waits and self.cleared_by != ""

    @property
    def named(self) -> frozenset[str]:
        return frozenset(each for each in (self.raised_by, self.owner_id, self.clearer_id) if each)

    @property
    def moved_by(self) -> str:
        """Who has it in hand, or has settled it; empty while nobody has done anything about it."""
        if self.action_number:
            return self.action_by
        return {BlockerState.ACKNOWLEDGED: self.owner_id, BlockerState.CLEARED: self.cleared_by}.get(self.state, "")

    def moved(self, move: Move, *, by: str, at: datetime) -> "Blocker":
        """In its state after that move; the same if whoever has made it does so again, or if it still stands. Raises
        AlreadyAnAction and AlreadyCleared."""
        if self.action_number:
            raise AlreadyAnAction(name=f"A-{self.action_number}")
        if move is Move.CLEAR and self.state is BlockerState.CLEARED and self.cleared_by == by:
            return self
        if (self.state, move) not in MOVES:
            raise AlreadyCleared
        state = MOVES[self.state, move]
        if move is Move.TAKE:
            is_mine = self.state is state and self.owner_id == by
            return self if is_mine else replace(self, state=state, owner_id=by, acknowledged_at=at)
        if move is Move.CLEAR:
            return replace(self, state=state, cleared_at=at, cleared_by=by)
        return replace(self, state=state, cleared_at=None)

    def check_clearer(self, person_id: str, known: Mapping[str, Person], caretakers: Sequence[Person]) -> None:
        """Raises NotYoursToClear."""
        if person_id not in self.named | {each.id for each in caretakers}:
            raise NotYoursToClear(who=" or ".join(clearers(self, known, caretakers)))

    def check_raiser(self, person_id: str, known: Mapping[str, Person]) -> None:
        """Raises NotYoursToReopen."""
        if person_id != self.raised_by:
            name = "whoever raised it" if has_left(known, self.raised_by) else known[self.raised_by].name
            raise NotYoursToReopen(name=name)

    def days_on(self, day: date, reader: Person | None) -> int:
        """For how many working days of its reader it has stood on that day; from Friday to Monday for one."""
        first = self.recorded_at.astimezone(reader.zone if reader else UTC).date()
        later = (first + timedelta(days=n) for n in range(1, (day - first).days + 1))
        return sum(reader is None or not reader.is_off(each) for each in later)


def made_of(
    run: Run, questions: Iterable[Question], answers: Mapping[str, str], *, by: str
) -> list[tuple[str, Blocker]]:
    """What answers say stands in the way, each with its key and without an id; `by` is empty of an anonymous one."""
    empty = Blocker(0, run.workspace_id, run.id, run.channel_id, title="", raised_by=by, recorded_at=run.opened_at)
    found = made_by("blocker", questions, answers)
    named = ((each, each.value("owner")) for each in found)
    return [(each.key, replace(empty, title=each.title.value, owner_id=who, clearer_id=who)) for each, who in named]


def clearers(blocker: Blocker, known: Mapping[str, Person], caretakers: Iterable[Person]) -> list[str]:
    """Names of those who can clear it and are here: whoever raised it, who is named, and the first caretaker."""
    wanted = (blocker.raised_by, blocker.owner_id, blocker.clearer_id)
    named = [known[each].name for each in wanted if not has_left(known, each)]
    first = next(iter(caretakers), None)
    return list(dict.fromkeys([*named, *([first.name] if first else [])])) or ["somebody who leads in its channel"]


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
        return any(each.waits for each in self.found)


@dataclass(frozen=True)
class BlockerNews:
    """For whoever raised a blocker: what others do about it."""

    ritual: str
    place: str
    reader: Person
    blocker: Blocker
    people: Mapping[str, Person]


def next_nudge(reader: Person, after: datetime) -> datetime:
    """The start of that person's next working day."""
    tomorrow = after.astimezone(reader.zone).date() + timedelta(days=1)
    start = moment(tomorrow, reader.hours.start, reader.zone) or after + timedelta(days=1)
    return hours.back_at_work(reader, start)


class NoBlocker(UserError):
    """There is no such blocker that you can see. Type `/action` to add an action item of your own."""


class AlreadyAnAction(UserError):
    """This blocker is action item {name} already. Type `/action {name}` to see it."""


class AlreadyCleared(UserError):
    """This blocker has been cleared already. If it is back, say so in your next check-in."""


class NotYoursToClear(UserError):
    """Only {who} can say that this blocker is cleared. Tell them, or press "I'll take it" first."""


class NotYoursToReopen(UserError):
    """Only {name} can say that this blocker still stands. If it blocks you too, say so in your next check-in."""
