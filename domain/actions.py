"""Action items: what, one owner, due; their states and reminders."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain import hours
from domain.cadence import moment
from domain.errors import UserError
from domain.people import Person

WHAT_LIMIT = 300


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"


MOVES: dict[tuple[ActionState, str], ActionState] = {
    (ActionState.OPEN, "done"): ActionState.DONE,
    (ActionState.OPEN, "new date"): ActionState.OPEN,
    (ActionState.OPEN, "hand over"): ActionState.OPEN,
}
"""The owner moves it, and whoever asked for it."""


@dataclass(frozen=True)
class ActionForm:
    what: str
    owner_id: str
    due: date


@dataclass(frozen=True)
class ActionItem:
    id: int
    workspace_id: str
    number: int
    channel_id: str
    what: str
    owner_id: str
    due: date
    """A day on the owner's own calendar; overdue from the day after."""
    first_due: date
    """As first agreed; a moved date keeps it."""
    state: ActionState
    asked_by: str
    created_at: datetime
    done_at: datetime | None = None
    blocker_id: int | None = None

    @property
    def name(self) -> str:
        return f"A-{self.number}"

    @property
    def named(self) -> frozenset[str]:
        return frozenset({self.owner_id, self.asked_by})

    def is_overdue(self, today: date) -> bool:
        """`today` is the owner's own."""
        return self.state is ActionState.OPEN and self.due < today


@dataclass(frozen=True)
class Blocker:
    id: int
    workspace_id: str
    run_id: int
    channel_id: str
    title: str
    raised_by: str
    owner_id: str = ""
    """Who can clear it, as named in the answer."""
    action_number: int | None = None
    """The action item made of it."""


def reminders(owner: Person, due: date) -> dict[str, datetime]:
    """When the owner hears of it: the working day before it is due, and the first working moment after that day."""
    day = moment(due, owner.hours.start, owner.zone)
    after = moment(due + timedelta(days=1), owner.hours.start, owner.zone)
    found: dict[str, datetime] = {}
    if day:
        found["soon"] = hours.subtract(owner, day, hours.Duration(days=1))
    if after:
        found["overdue"] = hours.next_working(owner, after)
    return found


class NoSuchAction(UserError):
    """There is no action item {name} that you can see. Type `/action list` to see those you can."""


class NotYourAction(UserError):
    """Only {owner}, who owns it, or {asker}, who asked for it, can change {name}."""


class AlreadyDone(UserError):
    """{name} is already done."""
