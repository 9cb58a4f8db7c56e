"""What a message or page shows: plain data that a service gathers and a view draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from domain.actions import ActionItem
from domain.anonymous import Unnamed
from domain.answering_time import Measured
from domain.blockers import Blocker
from domain.decision_cards import DecisionCard
from domain.deliveries import Standing
from domain.health import RunHealth
from domain.kept import Recalled
from domain.later import Later
from domain.own_answers import OwnAnswers
from domain.people import Absence, Person
from domain.run_briefs import RunBrief
from domain.runs import Prompt, Response, Ritual, Run
from domain.selectors import asks_starter


@dataclass(frozen=True)
class PromptCard:
    run: Run
    prompt: Prompt
    person: Person
    facilitator: str
    """The name of the facilitator."""
    place: str
    """Its channel, as the reader may know it: "#forecast", "a private channel"."""
    names: dict[str, str]
    """Of the people named in the answers, by id."""
    response: Response | None = None
    is_closed: bool = False
    """The person's own deadline has passed."""
    is_late: bool = False
    """It was sent later than it should have been."""
    takes_late: bool = False
    """A first answer is still welcome after the deadline."""
    late_until: datetime | None = None
    """When that ends, where the ritual was switched off; otherwise with its next run."""
    is_reopened: bool = False
    """They answered ahead, and the questions or the readers have changed since."""
    now_read_by: tuple[Person, ...] | None = None
    """Who observes, where it goes to others than when they answered ahead."""
    unnamed_places: frozenset[str] = frozenset()
    """As of the card of its run."""
    later: Mapping[Later, datetime] = field(default_factory=dict)
    """When the person may be asked again."""
    items: tuple[ActionItem, ...] = ()
    """The action items their answers made."""
    subject: DecisionCard | None = None
    """What a round is about."""

    @property
    def asked(self) -> Person:
        """With the absences that count for this ritual."""
        return self.person.seen_by(self.run.template.id)

    @property
    def is_of_starter(self) -> bool:
        """They have started it themselves, and were there, whatever the hour."""
        is_asked_by_it = self.run.is_by_hand and asks_starter(self.run.template.who)
        return is_asked_by_it and self.prompt.due_at == self.run.opened_at


@dataclass(frozen=True)
class RunCard:
    run: Run
    prompts: list[Prompt]
    responses: dict[int, Response]
    """By prompt."""
    people: dict[str, Person]
    blockers: list[Blocker] = field(default_factory=list)
    earlier: list[Blocker] = field(default_factory=list)
    """Raised in earlier runs, and not settled when this one opened; oldest first."""
    items: list[ActionItem] = field(default_factory=list)
    """The action items its answers made."""
    unnamed: list[Unnamed] = field(default_factory=list)
    """The answers to an anonymous one, once they may be shown. Then there are no responses, and no prompt says whose it
    is."""
    observers: list[Person] = field(default_factory=list)
    """Who else reads what is kept from the channel."""
    unnamed_places: frozenset[str] = frozenset()
    """Of the channels that its summary goes to, those that are not public any more, or have no Muster."""
    raised: list[Blocker] = field(default_factory=list)
    """The blockers among answers that stand alone."""
    added: list[ActionItem] = field(default_factory=list)
    """The action items that those answers made, or people made of them, as far as the reader may see them."""
    brief: RunBrief | None = None
    """What all of them come to, as it was drawn up last."""

    @property
    def names(self) -> dict[str, str]:
        return {key: each.name for key, each in self.people.items()}

    @property
    def answers_alone(self) -> "RunCard":
        """Every answer among them: none stands above or below them instead."""
        return replace(self, blockers=[], earlier=[], items=[], brief=None)


class Reason(StrEnum):
    """Why somebody gets a summary of their own."""

    FACILITATES = "facilitates"
    ASKED = "asked"
    JOINED = "joined"
    MANAGES = "manages"
    OBSERVES = "observes"


@dataclass(frozen=True)
class SentOn:
    """A summary for somebody in particular, or for another channel."""

    summary: RunCard
    place: str
    """Where it was asked."""
    why: Reason | None = None
    """None where another channel reads it."""


@dataclass(frozen=True)
class UnpostedCard:
    """For the facilitator of a run whose summary cannot be posted in its channel."""

    summary: RunCard
    place: str
    is_open: bool
    """Muster may post there, as far as it knows."""
    is_archived: bool
    standing: Standing
    """Of the summary, in its channel."""
    may_read: bool
    """Slack has confirmed lately that the facilitator may read that channel."""


@dataclass(frozen=True)
class NoteCard:
    """For the facilitator of a run in which nobody answered."""

    run: Run
    ritual: Ritual
    """As it is now."""
    place: str
    since: Run | None = None
    """The newest run, if that is another."""
    has_answers: bool = False
    """They came late."""

    @property
    def is_changed(self) -> bool:
        return changed_since(self.ritual, self.run)


def changed_since(ritual: Ritual, run: Run) -> bool:
    """Whether it asks otherwise than it did in that run. One by hand has no date of its own."""
    now, then = ritual.template, run.template
    return now != (replace(then, when=now.when, cadence=now.cadence) if run.is_by_hand else then)


@dataclass(frozen=True)
class UnaskedCard:
    """For somebody who answered ahead for an occurrence that does not come."""

    ritual: Ritual
    day: date
    place: str
    reader: Person
    ender: str
    """The name of whoever ended it, where it was ended."""
    lines: tuple[tuple[str, str], ...]
    """Questions and answers, as people read them."""
    asked_others: bool = False
    """It has come, without them."""


@dataclass(frozen=True)
class RitualCard:
    """What is on in a channel, or was."""

    ritual: Ritual
    place: str
    facilitator: Person | None
    starter: Person | None
    asked: list[Person]
    ender: Person | None = None
    predecessor: Person | None = None
    """Who facilitated it before, where the message is about that."""
    successor: Person | None = None
    """Who is next to facilitate it, where the message lets it be handed over."""
    has_run: bool = False
    waits: bool = False
    """A run of it is open."""
    is_open: bool = True
    """Muster can post in the channel."""
    is_archived: bool = False
    unreached: tuple[str, ...] = ()
    """Who was not asked in time in the newest run, by reason."""
    observers: tuple[Person, ...] = ()
    """Who reads along without being asked."""
    unnamed: frozenset[str] = frozenset()
    """Of the channels that its summary goes to, those that are not public any more, or have no Muster."""


@dataclass(frozen=True)
class TurnCard:
    """For whoever's turn it is to facilitate a run."""

    ritual: RitualCard
    """With whoever had the turn before."""
    run: Run
    reader: Person


@dataclass(frozen=True)
class RitualDesk:
    """One ritual, and what its reader may do with it."""

    card: RitualCard
    draft_id: str
    today: date
    """On the reader's calendar."""
    may_change: bool
    last: tuple[RunHealth, ...]
    """The newest runs first."""
    away: tuple[tuple[str, Absence], ...] = ()
    """For the facilitator alone: who is not asked for a while, soonest first, and why."""
    took: Measured | None = None
    """To answer what it asks now."""
    is_behind: bool = False
    """Its template in the library asks something else by now."""
    asker: str = ""
    """The name of whoever changed its questions last."""


@dataclass(frozen=True)
class LateCheckin:
    """What somebody can still answer after its deadline."""

    prompt: Prompt
    run: Run
    until: datetime | None
    """Of a ritual that was switched off; otherwise until its next run."""


@dataclass(frozen=True)
class OpenCheckins:
    """What one person can answer, soonest deadline first, what they answered last, and their settings."""

    in_time: list[tuple[Prompt, Run]]
    late: list[LateCheckin]
    person: Person
    coming: list[tuple[Prompt, Run, bool]] = field(default_factory=list)
    """Soon, and whether they have answered it already. What has not begun has no ids."""
    joined: list[tuple[Prompt, Run]] = field(default_factory=list)
    """What was open already when they came, until it closes."""
    last: list[OwnAnswers] = field(default_factory=list)
    """The newest first."""


@dataclass(frozen=True)
class CheckinForm:
    """A form about to be opened for one person."""

    prompt: Prompt
    run: Run
    draft_id: str
    answers: dict[str, str]
    """What the person answered before, or typed since."""
    person: Person
    is_late: bool = False
    kept_at: datetime | None = None
    """When the answers were typed, if they have not been sent."""
    page: int = 0
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """By question; only where Slack cannot mark them on their fields itself."""
    recalled: Mapping[str, Recalled] = field(default_factory=dict)
    """By question."""
    again: Mapping[str, int] = field(default_factory=dict)
    """How often each question has been filled in on a click."""
    still: tuple[tuple[str, Blocker], ...] = ()
    """What the person was blocked by before, each with the name of the field that asks about it."""
    opened_at: datetime | None = None
    """When it was opened, if nothing of it had been filled in before; never of an anonymous one."""
