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
WHY_LIMIT = 200
"""Of why somebody passes one on."""


class BlockerState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    """Somebody has taken it up: nobody is nudged about it any more."""
    CLEARED = "cleared"


class Move(StrEnum):
    TAKE = "take"
    FORWARD = "pass on"
    """Whoever is to clear it says who else could, or that they cannot."""
    CLEAR = "clear"
    STILL = "still"
    """Whoever raised it says that it still blocks them."""


MOVES: dict[tuple[BlockerState, Move], BlockerState] = {
    (BlockerState.OPEN, Move.TAKE): BlockerState.ACKNOWLEDGED,
    (BlockerState.ACKNOWLEDGED, Move.TAKE): BlockerState.ACKNOWLEDGED,
    (BlockerState.OPEN, Move.FORWARD): BlockerState.OPEN,
    (BlockerState.ACKNOWLEDGED, Move.FORWARD): BlockerState.OPEN,
    (BlockerState.OPEN, Move.CLEAR): BlockerState.CLEARED,
    (BlockerState.ACKNOWLEDGED, Move.CLEAR): BlockerState.CLEARED,
    (BlockerState.OPEN, Move.STILL): BlockerState.OPEN,
    (BlockerState.ACKNOWLEDGED, Move.STILL): BlockerState.ACKNOWLEDGED,
    (BlockerState.CLEARED, Move.STILL): BlockerState.OPEN,
}
"""Whoever may read it takes it; whoever is to clear it passes it on; whoever raised it, its owner and those who look
after the channel clear it. An action item made of it settles it for good."""


@dataclass(frozen=True)
class Passed:
    """Somebody who was to clear a blocker has passed it on."""

    by: str
    to: str
    """Empty: they only say that they cannot clear it."""
    why: str
    form: str
    """The draft with which they said so."""


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
    """Who can clear it, as named in the answer, or by whoever passed it on; then whoever took it up."""
    clearer_id: str = ""
    """Who can clear it, as the answer says now, whoever took it up."""
    passed: tuple[Passed, ...] = ()
    """Since the answer names that person."""
    action_number: int | None = None
    """The action item made of it."""
    action_by: str = ""
    """Who made that."""
    action_owner: str = ""
    action_due: date | None = None
    is_done: bool = False
    """The action item made of it."""
    is_dropped: bool = False
    """That item, too."""
    state: BlockerState = BlockerState.OPEN
    acknowledged_at: datetime | None = None
    """When somebody first took it up."""
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
        """Those through whose hands it went stay named in it."""
        through = (each for passed in self.passed for each in (passed.by, passed.to))
        return frozenset(each for each in (self.raised_by, self.owner_id, self.clearer_id, *through) if each)

    @property
    def concerned(self) -> frozenset[str]:
        """Everybody whose name may stand beside it."""
        moved = (self.cleared_by, self.action_by, self.action_owner)
        return self.named.union(each for each in moved if each)

    @property
    def last_passed(self) -> Passed | None:
        """How it was passed on, if nothing has come of that yet."""
        return self.passed[-1] if self.passed and self.waits and not self.cleared_by else None

    def asks(self, person_id: str) -> bool:
        """Whether it waits for that person, or they have it in hand: they may pass it on."""
        if self.is_settled or not person_id:
            return False
        named = self.passed[-1].to if self.passed else self.clearer_id
        return person_id == self.owner_id or (self.waits and person_id in (named, self.cleared_by))

    @property
    def moved_by(self) -> str:
        """Who has it in hand, or has settled it; empty while nobody has done anything about it."""
        if self.action_number:
            return self.action_by
        if self.last_passed:
            return self.last_passed.by
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
            return (
                self if is_mine else replace(self, state=state, owner_id=by, acknowledged_at=self.acknowledged_at or at)
            )
        if move is Move.CLEAR:
            return replace(self, state=state, cleared_at=at, cleared_by=by)
        return replace(self, state=state, cleared_at=None)

    def passed_on(self, passed: Passed) -> "Blocker":
        """It waits for somebody else, as old as it is; `check_asked` says who may. The same form again takes the place
        of what it said before."""
        before = tuple(each for each in self.passed if each.form != passed.form)
        return replace(
            self,
            state=MOVES[self.state, Move.FORWARD],
            owner_id=passed.to,
            passed=(*before, passed),
            acknowledged_at=None,
            cleared_by="",
        )

    def check_asked(self, person_id: str, known: Mapping[str, Person], *, form: str = "") -> None:
        """Whether that person may pass it on, or say with the same form again to whom. Raises AlreadyAnAction and
        NothingToPassOn."""
        if self.action_number:
            raise AlreadyAnAction(name=f"A-{self.action_number}")
        is_edit = form and self.last_passed and (self.last_passed.by, self.last_passed.form) == (person_id, form)
        if not self.asks(person_id) and not is_edit:
            raise NothingToPassOn(why=self._why_not_asked(person_id, known))

    def _why_not_asked(self, person_id: str, known: Mapping[str, Person]) -> str:
        def name(who: str) -> str:
            return known[who].name if who in known else "somebody"

        if self.state is BlockerState.CLEARED:
            who = "you have" if self.cleared_by == person_id else f"{name(self.cleared_by)} has"
            return f"{who} said that it is cleared"
        if self.state is BlockerState.ACKNOWLEDGED:
            return f"{name(self.owner_id)} has taken it up"
        last = self.last_passed
        if last and last.by == person_id:
            to = f"passed it on to {name(last.to)}" if last.to else "said that you cannot clear it"
            return f"you have {to} already"
        return f"it is with {name(self.owner_id)} now" if self.owner_id else "nobody is named to clear it any more"

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


class NothingToPassOn(UserError):
    """There is nothing for you to pass on: {why}. Thank you all the same."""


class NotYoursToReopen(UserError):
    """Only {name} can say that this blocker still stands. If it blocks you too, say so in your next check-in."""
