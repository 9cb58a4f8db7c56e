"""A brief that somebody asked for: of which thread, and how far it is."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.briefs import Brief
from domain.errors import UserError
from domain.zones import zone

UTC = zone("UTC")
MOST_MESSAGES = 1000
"""So many of a thread are read, the oldest first."""
TRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
"""After each failure it is read again so much later; after the last, its person is told."""
KEPT = timedelta(days=30)
"""A draft is deleted so long after it was drawn up: what was recorded stays."""


class Progress(StrEnum):
    READING = "reading"
    WRITING = "writing"
    """All is read, and a language model has been asked."""
    DRAFTED = "drafted"
    FAILED = "failed"
    DISCARDED = "discarded"


GOING_ON = (Progress.READING, Progress.WRITING)


class Trouble(StrEnum):
    """Why there is none."""

    NOT_READABLE = "not readable"
    """Slack does not let Muster read it."""
    NO_ANSWER = "no answer"
    """Slack did not answer."""
    EMPTY = "empty"
    """Nothing stands in it."""
    BROKEN = "broken"
    """Muster made a mistake."""


PASSING = frozenset({Trouble.NO_ANSWER, Trouble.BROKEN})
"""What may be over the next time."""


@dataclass(frozen=True)
class Asked:
    """Who asks for a brief of which thread."""

    workspace_id: str
    person_id: str
    channel_id: str
    thread_ts: str


@dataclass(frozen=True)
class Shared:
    """What of a draft its thread is shown: it stays as it was then."""

    brief: Brief
    read: int
    total: int


@dataclass(frozen=True)
class Briefing:
    id: int
    workspace_id: str
    channel_id: str
    thread_ts: str
    person_id: str
    """Who asked for it: the draft is theirs alone."""
    at: datetime
    """When they asked for it last."""
    turn: int
    """How often they have asked for it; each time has a message of its own."""
    progress: Progress
    read: int = 0
    """How many messages have been read so far, of `total`."""
    total: int = 0
    tries: int = 0
    """That have failed, one after another."""
    brief: Brief | None = None
    trouble: Trouble | None = None
    last_ts: str = ""
    """Of the newest message that was read."""
    shared: Shared | None = None
    """None unless it stands in its thread."""

    @property
    def recorded_at(self) -> datetime:
        return self.at

    @property
    def named(self) -> frozenset[str]:
        """Nobody sees it for being named in it."""
        return frozenset()

    @property
    def asked(self) -> Asked:
        return Asked(self.workspace_id, self.person_id, self.channel_id, self.thread_ts)


@dataclass(frozen=True)
class BriefingCard:
    briefing: Briefing
    place: str
    workspace_url: str
    names: dict[str, str] = field(default_factory=dict)
    """How the people in it are called, by id."""
    zone: ZoneInfo = UTC
    """Of whoever asked for it."""

    @property
    def brief(self) -> Brief:
        return self.briefing.brief or Brief()

    @property
    def is_shared_as_it_is(self) -> bool:
        return self.briefing.shared is not None and self.briefing.shared.brief == self.briefing.brief


class NoThread(UserError):
    """That is no link to a message that you can read. Type `/brief` and what *Copy link* gives, in the menu of a
    message of the thread."""


class BetweenPeople(UserError):
    """A direct message belongs to those who are in it, so Muster reads no thread there. Choose one in a channel."""


class NotYours(UserError):
    """This draft is no longer there. Choose *Brief this thread* in the menu of a message to ask for another."""
