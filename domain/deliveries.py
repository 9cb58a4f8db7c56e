"""What Muster owes Slack: one message or Home page by key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOGETHER = "together"
"""The part of a message about several prompts of one person."""
SETTLE = timedelta(seconds=30)
"""How long after a lease Slack may still show a message of it."""
TOO_LATE = "too late"
"""How a delivery ends that could not be posted by its `not_after`."""


NOTHING_TO_SHOW = "nothing to show"
"""How one ends whose state shows nothing, such as all of somebody who has left."""
REFUSED = "refused: "
"""How a delivery ends that Slack will never take; its name for why comes after."""


class Kind(StrEnum):
    """What a delivery shows; each kind has one loader of its state and one view."""

    PROMPT = "prompt"
    REMINDER = "reminder"
    ASKED_AGAIN = "asked_again"
    """At the moment to which somebody put it off."""
    UNASKED = "unasked"
    """To somebody who answered ahead: the ritual was ended or paused before it asked."""
    RUN = "run"
    RUN_PART = "run_part"
    INTERIM = "interim"
    """In the thread of a run that is open for more than a day: how many have answered, and what blocks them."""
    SUMMED_UP = "summed_up"
    """In the thread of a run and in its channel: its summary is there."""
    SUMMARY = "summary"
    """To whom else, or to which other channel, a ritual sends its summary."""
    NOTE = "note"
    """To the facilitator, about a run."""
    NOBODY = "nobody"
    """To the facilitator: a ritual had nobody to ask."""
    STALLED = "stalled"
    """To the facilitator: the channel of a ritual is archived, or Muster is no longer in it."""
    HEALTH = "health"
    """To the facilitator, once a month at most: a ritual no longer suits the people it asks."""
    BLOCKED = "blocked"
    """To the facilitator, once a working day: blockers of a ritual that nobody has taken up."""
    CLEARER = "clearer"
    """To somebody whom an answer names as able to clear blockers."""
    HANDED = "handed"
    """To somebody to whom a blocker was passed on, or who had it in hand when it was opened again."""
    BLOCKER_NEWS = "blocker_news"
    """To whoever raised a blocker: what others do about it."""
    UNPOSTED = "unposted"
    """To the facilitator: a summary that cannot be posted in its channel."""
    UNPOSTED_DECISION = "unposted_decision"
    """To whoever recorded it: its channel does not take its card."""
    UNPOSTED_RITUAL = "unposted_ritual"
    """To whoever switched it on: its channel does not take the message that says so."""
    ENDED = "ended"
    """To the facilitator: somebody else switched the ritual off."""
    FACILITATOR = "facilitator"
    """To somebody who facilitates a ritual from now on."""
    TURN = "turn"
    """To whoever's turn it is to facilitate a run."""
    RITUAL = "ritual"
    """To the channel: what has been switched on."""
    DECISION = "decision"
    APPROVAL = "approval"
    INFORMED = "informed"
    UNREAD = "unread"
    """To somebody who is to know of a decision and has not said that they have read it: once."""
    DRIVER = "driver"
    """To whoever drives a decision that somebody else recorded."""
    LOOK_AGAIN = "look_again"
    DECISION_NEWS = "decision_news"
    """To those who wait for a verdict: what came of it."""
    ACTION = "action"
    ACTIONS = "actions"
    """To whoever recorded several action items at once, and to those who own any of them."""
    ACTION_DUE = "action_due"
    ACTION_LATE = "action_late"
    """To the manager of its owner, or whoever asked for it: it has been late for days."""
    ACTION_NEWS = "action_news"
    """To the others concerned: what somebody did with an action item."""
    ACTIONS_NEWS = "actions_news"
    """To the others concerned: what somebody did with several action items at once."""
    LEFT = "left"
    """To the next person: what somebody who left looked after."""
    REACTED = "reacted"
    """To whoever reacted to a message with the emoji that begins a record."""
    BRIEF = "brief"
    """To whoever asked for it: how far it is, and then what it says."""
    SHARED_BRIEF = "shared_brief"
    """In the thread that it is of: what somebody shared of their draft."""
    AWAY = "away"
    """To somebody whom somebody else marked as away."""
    BACK = "back"
    """To somebody whose absence somebody else ended."""
    CALENDAR = "calendar"
    """To somebody whose calendar could not be read for days."""
    DIGEST = "digest"
    DIGEST_NOW = "digest_now"
    """To whoever asked for it."""
    DELEGATE = "delegate"
    """To somebody whom somebody else has named to read their digest while they are away."""
    TRENDS = "trends"
    """To whoever asked for them: charts of the last weeks, as their part says up to which day, and which of them."""
    HOME = "home"


OF_DECISIONS = (
    Kind.DECISION, Kind.APPROVAL, Kind.INFORMED, Kind.UNREAD, Kind.DRIVER, Kind.LOOK_AGAIN, Kind.DECISION_NEWS,
)  # fmt: skip
OF_RUNS = (Kind.INTERIM, Kind.SUMMARY)
OF_RITUALS = (Kind.FACILITATOR, Kind.HEALTH)
OF_ACTIONS = (Kind.ACTION, Kind.ACTIONS, Kind.ACTION_DUE, Kind.ACTION_LATE, Kind.ACTION_NEWS)


class Method(StrEnum):
    """How Slack is called; each has a pace of its own."""

    POST = "post"
    UPDATE = "update"
    HOME = "home"


@dataclass(frozen=True)
class Subject:
    """What a delivery is about and whom it is for. `key` is unique within a workspace."""

    kind: Kind
    id: int = 0
    """The row it is about."""
    part: str = ""
    """Tells several deliveries of one kind about one row apart."""
    person_id: str = ""
    """The person who gets it in a direct message, or whose Home it is."""
    channel_id: str = ""
    """The channel it is posted in; exactly one of person and channel is set."""

    @property
    def is_joint(self) -> bool:
        return self.part == TOGETHER

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}:{self.part}:{self.person_id or self.channel_id}"


@dataclass(frozen=True)
class Delivery:
    id: str
    """Opaque; travels in the message's metadata, by which a lost answer from Slack is found again."""
    workspace_id: str
    subject: Subject
    wanted: int
    shown: int
    attempts: int
    """Raised by each claim: a result counts only for the claim that made it."""
    uncertain: bool
    """An earlier attempt may have been posted without our knowing."""
    claimed_at: datetime
    lease_until: datetime
    failures: int = 0
    """Failed tries since the last success."""
    channel: str | None = None
    """The conversation it was posted in (a direct message's own id)."""
    ts: str | None = None
    thread_ts: str | None = None
    """The message it replies to."""
    not_after: datetime | None = None
    anew: bool = False
    """What it says next is something new: if its message was deleted, it is posted again."""

    @property
    def is_broadcast(self) -> bool:
        """Its reply is shown in the channel as well."""
        return self.subject.kind is Kind.SUMMED_UP

    @property
    def method(self) -> Method:
        if self.subject.kind is Kind.HOME:
            return Method.HOME
        return Method.UPDATE if self.ts else Method.POST


@dataclass(frozen=True)
class Standing:
    """How a message stands in Slack. Neither is so while it is still to be tried."""

    is_shown: bool
    """Slack has taken what it says by now."""
    refusal: str
    """Slack's name for why it will never take it, or nothing."""


@dataclass(frozen=True)
class Outcome:
    """What came of one claim. Exactly one of sent, retry_at and ended says how it goes on."""

    delivery: Delivery
    sent: bool = False
    shown: int = 0
    channel: str | None = None
    ts: str | None = None
    knew_channel: bool = True
    """False when a direct message had to be opened first."""
    unchecked: bool = False
    """Posted although an earlier try may have been, because the history could not be read."""
    retry_at: datetime | None = None
    uncertain: bool = False
    ended: str | None = None
    deleted: bool = False
    """Its message is no longer there, and it is posted again."""
    refused: bool = False
    """Ended because Slack will never take it as it is."""
    why: str = ""
    """For the log: what Slack said. Without it, a try at `retry_at` is no failure: it was too early."""
    refused_charts: bool = False
    """It was refused with charts of Slack's own; what is drawn anew has pictures in their place."""
    limited_seconds: int = 0
    """Slack asked to wait so long: then this was no failure."""
    limited_until: datetime | None = None
    """Slack asked not to be called with this method before then."""
