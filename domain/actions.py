"""Action items: what, one owner, due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.action_states import ALREADY, MOVERS, MOVES, ActionState, HasDate, Move, Part
from domain.action_steps import Step
from domain.briefs import Drafted
from domain.errors import UserError
from domain.people import Person, has_left, name_of
from domain.posted import Posted
from domain.whom import Roles, may_move, who_may
from domain.words import day_text

WHAT_LIMIT = 300
MOST_HELPERS = 10


@dataclass(frozen=True)
class Source:
    """The answer that made an action item, or that somebody made one of."""

    run_id: int
    prompt_id: int
    key: str
    """The question; of a line with its words."""

    @classmethod
    def read(cls, text: str) -> "Source":
        """Of what `str` makes of it."""
        run_id, prompt_id, key = text.split(":", 2)
        return cls(int(run_id), int(prompt_id), key)

    def __str__(self) -> str:
        return f"{self.run_id}:{self.prompt_id}:{self.key}"


@dataclass(frozen=True)
class ActionItem:
    id: int
    workspace_id: str
    number: int
    """0 of one that is only tried."""
    channel_id: str
    what: str
    owner_id: str
    """Empty while nobody has it."""
    due: date | None
    """A day on the owner's own calendar; overdue from the day after."""
    first_due: date | None
    """As first agreed; a moved date keeps it."""
    state: ActionState
    asked_by: str
    created_at: datetime
    """Of one that an answer made, when its run opened: whoever may read one may read the other."""
    accepted_at: datetime | None = None
    """When its present owner said that they have it, or did it."""
    done_at: datetime | None = None
    dropped_by: str = ""
    dropped_why: str = ""
    dates_moved: int = 0
    """How often it was given another day."""
    snoozed_until: date | None = None
    """On its owner's calendar: they are not reminded before."""
    warned_on: date | None = None
    """When its owner was told who hears of it if it stays open."""
    escalated_on: date | None = None
    """When that person heard of it."""
    helpers: tuple[str, ...] = ()
    """Who helps its owner: they see it, and leave it to the owner to move it."""
    is_important: bool = False
    """First in every list."""
    every: str = ""
    """How often it comes again, if it does."""
    series_from: date | None = None
    """When the first one of these was due at first: the rhythm of all that follow."""
    follows: int | None = None
    """The number of the one before."""
    blocker_id: int | None = None
    decision_id: int | None = None
    """Which it was made of."""
    listed_with: int | None = None
    """The first of those it was recorded with at once."""
    source: Source | None = None
    """The answer that made it, and edits it."""
    answer: Source | None = None
    """The answer that somebody made it of; it stays as it is when that is edited."""
    by_hand: bool = False
    """Somebody has moved it since it was recorded, so the answer that made it no longer changes it."""
    message: Posted | None = None
    """What it was made of, in its channel."""
    drafted: Drafted | None = None
    """Where a brief filled its form."""
    steps: tuple[Step, ...] = ()
    """What was done with it by buttons, oldest first."""

    @property
    def name(self) -> str:
        return f"A-{self.number}"

    @property
    def roles(self) -> Roles:
        return self._who((Part.OWNER, Part.ASKER))

    def _who(self, parts: Sequence[Part]) -> Roles:
        people = {Part.OWNER: self.owner_id, Part.ASKER: self.asked_by}
        return tuple((people[part], part) for part in parts if people[part])

    def check_mover(
        self, move: Move, person_id: str, known: Mapping[str, Person], caretakers: Sequence[Person]
    ) -> None:
        """Raises NotYourAction."""
        roles, stand_in = self._who(MOVERS[move]), caretakers if Part.ASKER in MOVERS[move] else ()
        if not may_move(person_id, roles, stand_in):
            raise NotYourAction(name=self.name, who=who_may(roles, known, stand_in))

    def moved(self, move: Move) -> "ActionItem":
        """In its state after that move. Raises AlreadyDone, AlreadyDropped, AlreadyWithdrawn and StillOpen."""
        if (self.state, move) not in MOVES:
            raise ALREADY[self.state](name=self.name)
        return replace(self, state=MOVES[self.state, move])

    def moved_to(self, due: date) -> "ActionItem":
        """Given another day; the first one stays. Raises AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
        moved = replace(self.moved(Move.NEW_DATE), due=due, dates_moved=self.dates_moved + 1)
        return moved.unwarned()

    def unwarned(self) -> "ActionItem":
        """With all its reminders to come again."""
        return replace(self, snoozed_until=None, warned_on=None, escalated_on=None)

    def undated(self) -> "ActionItem":
        """Before it is given its first day. Raises HasDate, AlreadyDone, AlreadyDropped and AlreadyWithdrawn."""
        moved = self.moved(Move.SET_DATE)
        if self.due:
            raise HasDate(name=self.name, day=day_text(self.due))
        return moved

    def given_to(self, owner_id: str) -> "ActionItem":
        """Whoever has not owned it before has neither accepted nor snoozed it."""
        helpers = tuple(each for each in self.helpers if each != owner_id)
        given = replace(self, owner_id=owner_id, accepted_at=None, helpers=helpers)
        return self if owner_id == self.owner_id else given.unwarned()

    def after(self, step: Step) -> "ActionItem":
        """By hand, with that step kept. From then on its answer changes nothing of it."""
        return replace(self, steps=(*self.steps, step), by_hand=True)

    def last(self, move: Move) -> Step | None:
        return next((each for each in reversed(self.steps) if each.move is move), None)

    @property
    def followed_by(self) -> str:
        """The next one of its kind, once this one is over."""
        ends = [each.to for each in self.steps[-1:] if each.move in (Move.DONE, Move.DROP)]
        return ends[0] if ends and not self.is_open else ""

    @property
    def waits_to_be_accepted(self) -> bool:
        """Somebody else asked for it. Nothing stops while it waits."""
        return self.is_open and self.accepted_at is None and self.owner_id not in ("", self.asked_by)

    @property
    def is_orphan(self) -> bool:
        """Without an owner or a day nobody is reminded of it, so it is listed until it has both."""
        return self.is_open and not (self.owner_id and self.due)

    @property
    def keeper_id(self) -> str:
        """On whose calendar it is: its owner's, and while it has none that of whoever asked for it."""
        return self.owner_id or self.asked_by

    @property
    def named(self) -> frozenset[str]:
        return self.answerable | set(self.helpers)

    @property
    def answerable(self) -> frozenset[str]:
        """While one of them is here, nobody else has to look after it."""
        return frozenset(person_id for person_id, _ in self.roles)

    @property
    def shown(self) -> frozenset[str]:
        """Whose names stand in what people read of it."""
        moved_by = {each.by for each in self.steps}
        owned_by = {each.to for each in self.steps if each.move is Move.HAND_OVER}
        return self.named | moved_by | owned_by | {self.dropped_by}

    @property
    def recorded_at(self) -> datetime:
        return self.created_at

    @property
    def is_open(self) -> bool:
        return self.state is ActionState.OPEN

    @property
    def is_withdrawn(self) -> bool:
        return self.state is ActionState.WITHDRAWN

    def is_of(self, prompt_id: int) -> bool:
        """Whether that answer made it."""
        return self.source is not None and self.source.prompt_id == prompt_id

    def is_overdue(self, today: date) -> bool:
        """`today` is the owner's own."""
        return self.is_open and self.due is not None and self.due < today

    def is_put_off(self, today: date) -> bool:
        """Whether its owner has put its reminders off until a later day; nobody else is told of that."""
        return self.is_open and self.snoozed_until is not None and today < self.snoozed_until

    def needs_owner(self, today: date) -> bool:
        return self.is_overdue(today) and not self.is_put_off(today)


@dataclass(frozen=True)
class Escalation:
    """Who hears of what stays open after that day, on its owner's calendar."""

    person: Person
    after: date


@dataclass(frozen=True)
class ActionCard:
    """An action item with what is needed to show it."""

    item: ActionItem
    people: Mapping[str, Person]
    place: str
    """Where it was recorded, as the reader may know it: "#forecast", "a private channel"."""
    today: date
    """On the owner's calendar."""
    caretakers: tuple[Person, ...] = ()
    """Who may move it when its owner and whoever asked for it have left."""
    workspace_url: str = ""
    """Where Slack shows the message it was made of; empty for those who may not read that."""
    escalation: Escalation | None = None
    """Of one whose owner has been told of that, until it comes to it."""
    decision: str = ""
    """The one it comes of: "D-12"; empty for those who may not see that."""
    answer: str = ""
    """The check-in whose answer it was made of: "Weekly sync, Mon 23 Nov 2026"; empty for those who may not read it."""

    def name_of(self, person_id: str) -> str:
        return name_of(self.people, person_id)

    @property
    def is_overdue(self) -> bool:
        return self.item.is_overdue(self.today)

    @property
    def owner_left(self) -> bool:
        return bool(self.item.owner_id) and has_left(self.people, self.item.owner_id)

    def may_move(self, reader_id: str) -> bool:
        return self.item.is_open and may_move(reader_id, self.item.roles, self.caretakers)

    def is_put_off(self, reader_id: str) -> bool:
        return reader_id == self.item.owner_id and self.item.is_put_off(self.today)

    def may_reopen(self, reader_id: str) -> bool:
        is_last = self.item.state is ActionState.DONE and not self.item.followed_by
        return is_last and may_move(reader_id, self.item.roles, ())


@dataclass(frozen=True)
class ActionSheet:
    """The form for a new action item, as it is opened or shown again."""

    draft_id: str
    channel_id: str
    place: str
    given: Mapping[str, str]
    """By field, as typed."""
    blocker_id: int | None = None
    outsiders: tuple[Person, ...] = ()
    """Named, but not in the private channel; sending the form again confirms them."""
    meant: str = ""
    """A word of the command that it may have been opened by instead."""
    unsure: str = ""
    """Words that may say when it is due, and may mean another day."""
    unknown: str = ""
    """A name that is nobody's here, or of several people: "@Ben"."""
    message: Posted | None = None
    """What it was opened from."""
    decision_id: int | None = None
    """The decision it comes of."""
    answer: Source | None = None
    """The answer it is made of."""


@dataclass(frozen=True)
class ActionChange:
    """The small form for a new date, a new owner, or why it is dropped."""

    item: ActionItem
    draft_id: str
    place: str
    outsiders: tuple[Person, ...] = ()
    why: str = ""
    """As typed before a warning."""
    needs_why: bool = True
    """False where it is plain: its owner has left."""


class NoSuchAction(UserError):
    """There is no action item {name} that you can see. Type `/action list` to see those you can."""


class NotYourAction(UserError):
    """Only {who} can change {name}. Ask them."""
