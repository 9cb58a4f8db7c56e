"""The weekly digest: what it lists, and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.decisions import Decision
from domain.deliveries import Kind, Subject
from domain.digest_choices import Shape
from domain.digest_numbers import Numbers
from domain.digest_times import DAY, WEEK, monday
from domain.due import EAST
from domain.heard import Heard, NotAsked
from domain.people import Person
from domain.runs import Run

FIRST_WORDS = 12


@dataclass(frozen=True)
class Listed:
    """The records a digest lists, by id and in order. It is written once; what is shown is their present state."""

    approvals: tuple[int, ...] = ()
    """Decisions that waited for the reader: for their verdict, or after an objection for their edit."""
    own: tuple[int, ...] = ()
    """The reader's overdue action items."""
    blockers: tuple[int, ...] = ()
    """Raised in the runs below, and no action item yet."""
    slipped: tuple[int, ...] = ()
    """Overdue action items of others."""
    decided: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    """Runs that closed in the week."""
    open: tuple[int, ...] = ()
    """Runs that began before the week ended, and were still open then."""
    is_late: bool = False
    """It was written after the grace, because Muster was not running."""
    missed: int = 0
    """Digests before it that were never written, for the same reason."""
    caught_up: tuple[int, ...] = ()
    """Runs that began only when Muster was running again: what was to be asked before, in that week, was not."""

    @property
    def asks_something(self) -> bool:
        """Whether there is anything that may need the reader or slips."""
        return bool(self.approvals or self.own or self.blockers or self.slipped)

    @property
    def runs(self) -> frozenset[int]:
        return frozenset({*self.closed, *self.open})


def may_list(run: Run, now: datetime) -> bool:
    """Whether any digest can list the run by now: each tells of a week that is over, and this one has begun in it."""
    return monday((run.opened_at + EAST).date()) < monday((now + EAST).date())


@dataclass(frozen=True)
class Digest:
    id: int
    workspace_id: str
    person_id: str
    week: date
    """The Monday of the newest week it tells about; of one that was asked for, the first of the last seven days."""
    listed: Listed
    written_at: datetime
    weeks: int = 1
    """How many it tells about; `week` is the last."""
    shape: Shape = Shape.TEAM
    about_id: str = ""
    """Whose people it is about: the reader's, or for a delegate the manager's."""
    is_asked: bool = False
    """Its reader asked for it, about the seven days up to then."""
    only_if_needed: bool = False
    """It is sent only if something needs the reader or slips."""

    @property
    def first_day(self) -> date:
        return self.week - (self.weeks - 1) * WEEK

    @property
    def last_day(self) -> date:
        return self.week + WEEK - DAY

    @property
    def message(self) -> Subject:
        return message_of(self.id, self.person_id, is_asked=self.is_asked)

    @property
    def is_for_delegate(self) -> bool:
        return self.about_id not in ("", self.person_id)


def message_of(digest_id: int, person_id: str, *, is_asked: bool = False) -> Subject:
    """What shows a digest to its reader."""
    return Subject(Kind.DIGEST_NOW if is_asked else Kind.DIGEST, digest_id, person_id=person_id)


@dataclass(frozen=True)
class DigestCard:
    """What a digest shows: only what its reader may see now."""

    digest: Digest
    reader: Person
    now: datetime
    approvals: list[Decision]
    own: list[ActionItem]
    blockers: list[Blocker]
    slipped: list[ActionItem]
    decided: list[Decision]
    closed: list[Heard]
    open: list[Heard]
    """Of runs that are still open."""
    closed_since: list[Heard]
    """Of runs that were still open when the week ended."""
    people: dict[str, Person]
    to_hand_over: frozenset[int] = frozenset()
    """Of the action items that slip, those that the reader may give to somebody else."""
    not_asked: tuple[NotAsked, ...] = ()
    started_on: date | None = None
    """The day of the first ritual of the reader's channels, on the reader's calendar."""
    numbers: Numbers = field(default_factory=Numbers)
    workspace_url: str = ""
    cards: Mapping[int, str] = field(default_factory=dict)
    """Where the cards of decisions stand in their channels."""
    runs: Mapping[int, str] = field(default_factory=dict)
    """The same of summaries."""
    manager: Person | None = None
    """Whose delegate reads it."""
    is_partial: bool = False
    """Slack did not say who is in some private channels, so nothing of them is shown."""

    @property
    def asks_something(self) -> bool:
        """Whether anything needs the reader or slips, as far as they may see it."""
        return bool(self.approvals or self.own or self.blockers or self.slipped)


def first_words(text: str) -> str:
    """The first words of a text, with an ellipsis if there are more."""
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
