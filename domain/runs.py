"""Rituals, runs, prompts and responses, and the states a prompt goes through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.templates import Question, Template


class PromptState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    MISSED = "missed"
    FAILED = "failed"


MOVES: dict[PromptState, frozenset[PromptState]] = {
    PromptState.PENDING: frozenset(
        {PromptState.SENT, PromptState.ANSWERED, PromptState.SKIPPED, PromptState.MISSED, PromptState.FAILED}
    ),
    PromptState.SENT: frozenset({PromptState.ANSWERED, PromptState.SKIPPED, PromptState.MISSED}),
    PromptState.SKIPPED: frozenset({PromptState.ANSWERED}),
    PromptState.MISSED: frozenset({PromptState.ANSWERED, PromptState.PENDING, PromptState.SENT}),
    PromptState.FAILED: frozenset({PromptState.ANSWERED}),
    PromptState.ANSWERED: frozenset(),
}
"""Time and Slack move pending and sent prompts; the person alone answers and skips; a late answer ends a miss, and
coming back ends one for being away."""

WAITING = frozenset({PromptState.PENDING, PromptState.SENT})
"""While any prompt of a run waits, the run is open."""


UNANSWERED = frozenset({PromptState.SKIPPED, PromptState.MISSED, PromptState.FAILED})
"""Nobody waits for it any longer, and a late answer is still welcome until the next run."""


class Missed(StrEnum):
    """Why a prompt was missed."""

    NO_ANSWER = "no answer"
    STOPPED = "stopped"
    """It was asked, and Muster was not running when its deadline passed."""
    AWAY = "away"
    DOWN = "down"
    """Muster was not running."""
    REFUSED = "refused"
    """Slack did not take the message."""
    UNANSWERED = "unanswered"
    """Slack did not answer when it was sent."""
    FAULT = "fault"
    """Muster could not send it: a mistake of its own."""
    SHUT = "shut"
    """Its channel was archived, or Muster was not in it."""
    LEFT = "left"
    NEWER = "newer"
    """The next run of the same ritual asked first."""
    ENDED = "ended"
    """The ritual was switched off first."""
    SETTLED = "settled"
    """The decision it is about was changed, or came to its end, first."""
    RELEASED = "released"
    """Before it was out, its person left the channel, was no longer meant, or got a day off."""


@dataclass(frozen=True)
class Outage:
    """A time in which Muster was not running."""

    since: datetime
    until: datetime

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment <= self.until

    def meets(self, begin: datetime, end: datetime) -> bool:
        return self.since <= end and begin <= self.until


INTERIM_AFTER = timedelta(days=1)
"""A run that is open for so long gets an interim summary."""


LATE_AFTER_END = timedelta(days=14)
"""So long after a ritual was switched off its last run takes late answers, as no next one ends them."""


@dataclass(frozen=True)
class Sequel:
    """What has become of a ritual since one of its runs, for somebody it asked: it ends their late answers."""

    newest_id: int
    """Of its runs; where each is its starter's own, of those that were to ask the same person."""
    ended_at: datetime | None = None

    @property
    def late_until(self) -> datetime | None:
        """From then on its last run takes no more answers; None while it is on, as its next run says when."""
        return self.ended_at + LATE_AFTER_END if self.ended_at else None


class Late(StrEnum):
    """Whether a first answer is taken after its deadline."""

    TAKEN = "taken"
    ASKED_ANEW = "asked anew"
    ENDED = "ended"
    NEVER = "never"
    """Without a name, and in a round, an answer is given in time."""


class RunState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Ritual:
    id: int
    workspace_id: str
    channel_id: str
    template: Template
    facilitator_id: str
    next_day: date | None
    """The local date of the occurrence to come; None when nobody is to be asked."""
    next_at: datetime | None
    """When that occurrence begins."""
    ended_at: datetime | None = None
    started_by: str = ""
    """Whoever switched it on."""
    ended_by: str = ""
    """Whoever switched it off."""
    started_at: datetime | None = None
    version: int = 1
    """Raised when its questions change."""
    questions_by: str = ""
    """Whoever changed them last; empty while nobody has."""
    paused_until: date | None = None
    """The first local day on which it asks again."""

    @property
    def next_occurrence(self) -> str | None:
        """What the run of the occurrence to come will be known by."""
        rule = self.template.cadence
        return occurrence(self.next_day, rule.at) if rule and self.next_day else None


def occurrence(day: date, at: time) -> str:
    return f"{day}T{at:%H:%M}"


@dataclass(frozen=True)
class Run:
    id: int
    workspace_id: str
    ritual_id: int
    channel_id: str
    occurrence: str
    """The rule's local date and time, such as 2026-11-23T09:30; of one started by hand, with # and an id after it."""
    template: Template
    """As it was when the run opened."""
    facilitator_id: str
    state: RunState
    opened_at: datetime
    closed_at: datetime | None = None
    skipped: int = 0
    """Earlier occurrences that were not asked because Muster was not running."""
    skipped_since: date | None = None
    version: int = 1
    """Of the ritual's questions."""
    subject_id: int | None = None
    """The decision that a round is about."""
    forgotten_at: datetime | None = None
    """When its answers were deleted, having been kept long enough; what it counts stays."""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.occurrence[:10])

    @property
    def subject_version(self) -> str:
        """Which text of that decision."""
        return self.occurrence.partition("#")[2]

    @property
    def is_over(self) -> bool:
        """What a round said has counted, and is changed no more."""
        return self.subject_id is not None and self.state is RunState.CLOSED

    @property
    def is_by_hand(self) -> bool:
        """Somebody started it: its occurrence ends with the id of the click."""
        return "#" in self.occurrence

    @property
    def shows_answers(self) -> bool:
        """While it is open only where the ritual says so."""
        return self.state is RunState.CLOSED or (self.template.post.early and self.template.post.is_in_channel)

    @property
    def takes_items(self) -> bool:
        """Of its answers people make action items: of no anonymous one, and of a round at its decision."""
        return self.shows_answers and not self.template.anonymous and self.subject_id is None

    @property
    def is_quiet(self) -> bool:
        """Its channel reads nothing of it, or not yet."""
        post = self.template.post
        return post.quiet and (self.state is RunState.OPEN or not post.is_in_channel)

    @property
    def recorded_at(self) -> datetime:
        """Whoever may read it may read all its answers, whenever they came."""
        return self.opened_at


@dataclass(frozen=True)
class Prompt:
    id: int
    workspace_id: str
    run_id: int
    person_id: str
    function: str | None
    state: PromptState
    due_at: datetime
    deadline: datetime
    reminders: tuple[datetime, ...] = ()
    """Those still to come."""
    missed: Missed | None = None
    asked_at: datetime | None = None
    """Its message is owed since then; it may not have been sent yet."""
    sent_at: datetime | None = None
    skip_reason: str = ""
    later_at: datetime | None = None
    """When its person wants to be asked again; None once that has come."""
    laters: int = 0
    """How often they have been asked again."""
    with_id: int | None = None
    """Where several came as one message, the prompt by which they are known; it is one of them, or was."""
    meant_by: tuple[str, ...] = ()
    """The selectors that questions are for and that meant its person when they were asked; functions are not among
    them."""
    reminded_together: bool = False
    """The one reminder of that message lists it."""
    joined: bool = False
    """Its person came when the run was open already, and answered all the same: one more than were asked."""

    @property
    def asked(self) -> bool:
        return self.asked_at is not None


@dataclass(frozen=True)
class Response:
    prompt_id: int
    answers: dict[str, str]
    """By question id: what was typed or chosen; a person as a Slack id, a date as 2026-01-31, a scale as 1 to 5."""
    submitted_at: datetime
    edited_at: datetime | None = None
    late: bool = False
    waited: int = 0
    """Seconds from the invitation to the first sending; 0 of what was sent before it."""
    seconds: int | None = None
    """That its person spent at the form before they first sent it, where that was measured."""


UNREACHED = {
    Missed.REFUSED: "Slack did not take the message",
    Missed.UNANSWERED: "Slack did not answer",
    Missed.FAULT: "Muster could not send it",
    Missed.DOWN: "Muster was not running",
    Missed.SHUT: "the channel was archived or Muster was not in it",
    Missed.STOPPED: "Muster was not running until the deadline",
}
"""Why somebody was not asked in time, or could not be heard, as people read it."""


def unreached(prompt: Prompt) -> Missed | None:
    """Why its person never got the message before the deadline, or could not answer it by then; None if they could, or
    were not to be asked."""
    if prompt.state is PromptState.FAILED:
        return Missed.REFUSED
    return prompt.missed if prompt.missed in UNREACHED else None


NOT_COUNTED = (Missed.AWAY, Missed.LEFT, Missed.NEWER, Missed.ENDED, Missed.SETTLED, Missed.RELEASED)


def counts(prompt: Prompt) -> bool:
    """Whether the prompt belongs to the denominator: those away, leavers, those asked by the next run, those a ritual
    that was switched off no longer asked, those no longer meant, and those who joined when it was open do not."""
    return not prompt.joined and prompt.missed not in NOT_COUNTED


def counted(run: Run, prompts: Iterable[Prompt]) -> list[Prompt]:
    """The denominator. In that of an anonymous run whoever was asked stays: that somebody who is away or gone was taken
    out would tell that they had not answered."""
    return [each for each in prompts if counts(each) or (run.template.anonymous and each.asked)]


def late(run: Run, since: Sequel, now: datetime) -> Late:
    """Until the next run of the ritual, or the next own one of whoever started it, or for a while after the ritual was
    switched off."""
    if run.template.anonymous or run.subject_id:
        return Late.NEVER
    if since.newest_id > run.id:
        return Late.ASKED_ANEW
    return Late.ENDED if since.late_until and now >= since.late_until else Late.TAKEN


def shown(questions: tuple[Question, ...], answers: dict[str, str]) -> tuple[Question, ...]:
    """The questions a form shows, given what has been chosen so far."""
    return tuple(question for question in questions if question.appears(answers))
