"""What App Home shows one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.actions import ActionItem
from domain.blockers import Blocker
from domain.calendars import Calendar
from domain.cards import LateCheckin
from domain.decision_pages import Draft
from domain.decisions import Decision
from domain.left_behind import LeftBehind
from domain.own_answers import OwnAnswers
from domain.people import Person
from domain.runs import Prompt, Ritual, Run


@dataclass(frozen=True)
class Facilitated:
    """A ritual that the reader facilitates, and how it stands."""

    ritual: Ritual
    place: str
    is_open: bool = False
    """Its newest run still collects."""
    answered: int = 0
    """In that run; nothing is counted of an anonymous one."""
    asked: int = 0


@dataclass(frozen=True)
class HomeCard:
    person: Person
    now: datetime
    prompts: list[tuple[Prompt, Run]]
    """What they can answer now, soonest deadline first."""
    approvals: list[Decision]
    """What waits for their verdict, or after an objection for their edit, oldest first."""
    overdue: list[ActionItem]
    """Of their own, longest first."""
    blockers: list[Blocker]
    """Of the people assigned to them, oldest first."""
    mine: list[ActionItem]
    """Their other open ones, soonest due first."""
    waiting: list[ActionItem]
    """What others owe them, soonest due first."""
    recent: list[Decision]
    """What they may see, newest first."""
    people: dict[str, Person]
    left: LeftBehind = field(default_factory=LeftBehind)
    """Of people who have left, what the reader may take or give to somebody."""
    is_partial: bool = False
    """Slack did not say who is in some private channels, so nothing of them is shown."""
    drafts: list[Draft] = field(default_factory=list)
    """Decisions that they began to record or to change, and did not send; the newest first."""
    orphans: list[ActionItem] = field(default_factory=list)
    """What they asked for and nobody has yet, soonest due first."""
    joined: list[tuple[Prompt, Run]] = field(default_factory=list)
    """What was open already when they came."""
    late: list[LateCheckin] = field(default_factory=list)
    """What they can still answer after its deadline."""
    answered: list[OwnAnswers] = field(default_factory=list)
    """What they answered last, the newest first."""
    facilitated: list[Facilitated] = field(default_factory=list)
    rituals: Mapping[str, str] = field(default_factory=dict)
    """The titles of those the person may be away from."""
    calendar: Calendar | None = None
    """The one they follow."""
    has_team: bool = False
    """Somebody is assigned to them."""
